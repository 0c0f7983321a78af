"""What a checkout has and production never does: servers of its own, the demo that runs on them with its mailbox,
benchmarks.

Settings name it where nobody is real (DEMO), and nothing else in the portal imports it.
"""
