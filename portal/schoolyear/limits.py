"""How long a holiday is, what it is called, and how far from today it lies."""

from datetime import timedelta

LONGEST = timedelta(days=100)
LONGEST_NAME = 80
FURTHEST = timedelta(days=731)
MOST = 300  # holidays of one file
