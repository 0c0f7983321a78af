"""What a law says when it is broken: each fault on a line of its own, uncut, and what to do about it."""

import pytest


def allow_none(wrong, say="{}"):
    """Fail with a line for each of what is wrong. `say` is the line; a tuple fills its places one by one."""
    items = sorted(wrong) if isinstance(wrong, set) else list(wrong)
    lines = [say.format(*item) if isinstance(item, tuple) else say.format(item) for item in items]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)
