"""What the wings show on the page of a class."""

from principles.matrix.class_page import places_on_class_page

__all__ = ["places_on_class_page"]
