"""The local page: lists, the log form, participants and pictures in a browser, served from this machine to itself.

A room after the command line: it opens workspaces, judges and writes the log with the very same functions, and has no
rules of its own about follow-up. ``ruter.py`` is the table of pages, ``app.py`` makes them into a server's
application, ``vern.py`` and ``okt.py`` say who may ask for them.
"""
