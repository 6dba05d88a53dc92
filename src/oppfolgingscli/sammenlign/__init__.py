"""Routine sets beside each other, and what changed: from the expansion of their typical classes. Pure.

``dose``: what one set plans for one kind of contact, per school year. ``side``: several sets side by side.
``forskjell``: what differs between two versions. ``endringer``: a set over time, and two sets.
"""
