"""The door of the desk lives in core.door; this name is kept while its importers move."""

from core.door import DeskRequest, desk_page

__all__ = ["DeskRequest", "desk_page"]
