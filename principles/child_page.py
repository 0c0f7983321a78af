"""What the wings show on the page of a child."""

from principles.inquiries.child_page import way_to_ask
from principles.matrix.child_page import places_of_child

__all__ = ["places_of_child", "way_to_ask"]
