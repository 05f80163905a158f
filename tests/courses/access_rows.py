"""Courses have no addresses of their own: people read them under /learn/, see `learning`."""

ROWS = []
