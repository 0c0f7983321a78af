"""The register of what else people choose about messages, on pages of the rooms: the page of one's choices leads to them."""

from django.urls import reverse

_ELSEWHERE: list[tuple] = []


def stands_among_choices(label, page, *, open_to):
    """`open_to` is the rule of the page: nobody else is led there."""
    _ELSEWHERE.append((label, page, open_to))


def choices_elsewhere(person):
    """(label, address) of each page that this person may open."""
    return [(label, reverse(page)) for label, page, open_to in _ELSEWHERE if open_to(person)]
