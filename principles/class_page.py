"""What the wings show on the page of a class."""

from principles.guide.class_page import when_children_disagree
from principles.matrix.class_page import places_on_class_page

__all__ = ["places_on_class_page", "when_children_disagree"]
