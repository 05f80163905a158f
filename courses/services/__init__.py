"""Writing the course tree."""

from courses.services.tree import ensure_catalog, load_tree

__all__ = ["ensure_catalog", "load_tree"]
