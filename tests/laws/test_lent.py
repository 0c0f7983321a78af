"""Law: what somebody of another home does by a family's link, the family hears of. So each page that a link opens is opened
by `personal_link`, which sees to it."""

from django.urls import URLResolver, get_resolver

from portal.access import link_holders
from tests.laws.verdict import allow_none

DOES_NOTHING = {"link_opened": "records only that a message was opened, and that by its own home"}
OTHER_PROOF = {"move_answer": "proved by a code of its own, which only the address gets"}


def pages(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern)
        else:
            yield pattern


def test_each_page_that_a_link_opens_tells_the_home_what_was_done_by_it():
    opened = [page for page in pages() if getattr(page.callback, "open_to", None) is link_holders]
    wrong = [page.name for page in opened if not getattr(page.callback, "tells_home", False)]

    assert len(opened) > 10
    allow_none(
        [name for name in wrong if name not in {**DOES_NOTHING, **OTHER_PROOF}],
        "{} is opened by a link and not by @personal_link, so that nobody hears when others use it",
    )
    assert not {*DOES_NOTHING, *OTHER_PROOF} - set(wrong), "an exception that is none any more"
