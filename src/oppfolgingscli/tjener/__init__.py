"""Calendars on a server: what is there, what we put there, and how to bring it up to date (CalDAV, RFC 4791)."""
