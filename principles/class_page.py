"""What stands of the principles on the page of a class."""

from principles.guide.class_page import when_children_disagree

__all__ = ["when_children_disagree"]
