"""What the wings hand over when the class contact changes, on one page."""

from networks.digests.handing import digest_to_hand_over
from networks.fund.handing import fund_to_hand_over
from networks.rota.handing import rota_to_hand_over


def to_hand_over(school_class, person):
    """The same number of queries at any size."""
    return [hand(school_class, person) for hand in (fund_to_hand_over, rota_to_hand_over, digest_to_hand_over)]
