"""Renderers, one a file: the same result for people and for machines, never mixed."""
