"""The conferences of the demo: what has been, what is on today, what families are in the middle of, what is to be
planned."""

from conferences.demo import talks

__all__ = ["talks"]
