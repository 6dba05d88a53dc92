"""Pages as HTML: one file each, with nothing to fetch, for the screen and for paper."""
