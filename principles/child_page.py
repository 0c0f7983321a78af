"""What the wings show on the page of a child."""

from principles.matrix.child_page import places_of_child

__all__ = ["places_of_child"]
