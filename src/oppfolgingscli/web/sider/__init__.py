"""The pages, one module each; a page is a function from ``Kontekst`` to an answer, named in ``web/ruter.py``."""
