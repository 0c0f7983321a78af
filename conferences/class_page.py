"""What stands of the talks on the page of a class: the way to what it was promised."""

from conferences.taking.class_page import promised

__all__ = ["promised"]
