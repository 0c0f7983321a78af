"""What people ask of the principles, and of the adults around a child."""

from principles.help import texts
from principles.help.adults import DISAGREEING, DOING, FINDING

__all__ = ["DISAGREEING", "DOING", "FINDING", "texts"]
