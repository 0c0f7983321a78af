"""What stands of this room on the page of a class."""

from principles.confided.class_page import confided

__all__ = ["confided"]
