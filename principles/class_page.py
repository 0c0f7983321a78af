"""What the wings show on the page of a class."""

from principles.confided.class_page import confided
from principles.guide.class_page import when_children_disagree
from principles.matrix.class_page import places_on_class_page

__all__ = ["confided", "places_on_class_page", "when_children_disagree"]
