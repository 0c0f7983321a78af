"""The pages of a family behind a personal link, as when signed in. Each has its own address below the link's."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from conferences.models import Conference
from conferences.notices.rounds import BOOK
from conferences.queries.family import children_of_link
from conferences.views.family import calendar, cancel, choose, none, separate, show
from conferences.views.swaps import ask
from conferences.views.ways import SIGNED_IN, Ways, own
from conferences.views.wishes import say
from portal.access import WRITES, link_holders, page
from portal.messaging.links import personal_link
from portal.paths import key_in

further = personal_link(BOOK, about=children_of_link, further=True)


@page(open_to=link_holders)
@personal_link(BOOK, about=children_of_link)
@WRITES
def book_link(request, link):
    moved = _moved(link, request.GET)
    if moved:
        return redirect(moved, permanent=True, preserve_request=True)
    round = _round(link)
    scope = {"round": round} if round else {"conference": link.subject.pk}
    return choose(request, link.person, link=link, **scope)


def _moved(link, query):
    """Letters used to name a page by ?do=. Returns its address today, "" if none is named."""
    do, talk = query.get("do"), key_in(query.get("talk")) or 0
    if do == "wish":
        return reverse("conferences:wish_link", args=[link.token])
    return reverse(f"conferences:{do}_link", args=[link.token, talk]) if do in SIGNED_IN else ""


def _round(link):
    return link.subject.round_id if isinstance(link.subject, Conference) else link.subject.pk


@page(open_to=link_holders)
@further
@WRITES
def wish_link(request, link):
    if _round(link) is None:
        raise Http404
    return say(request, link.person, _round(link), link)


def _talk(link, pk):
    talk, round = own(link.person, pk), _round(link)
    if talk.round_id != round or (round is None and talk.pk != link.subject.pk):
        raise Http404
    return Ways(talk, link)


@page(open_to=link_holders)
@further
@WRITES
def show_link(request, link, pk):
    return show(request, link.person, _talk(link, pk))


@page(open_to=link_holders)
@further
@require_safe
def calendar_link(request, link, pk):
    return calendar(request, link.person, _talk(link, pk))


@page(open_to=link_holders)
@further
@WRITES
def cancel_link(request, link, pk):
    return cancel(request, link.person, _talk(link, pk))


@page(open_to=link_holders)
@further
@WRITES
def none_link(request, link, pk):
    return none(request, link.person, _talk(link, pk))


@page(open_to=link_holders)
@further
@WRITES
def separate_link(request, link, pk):
    return separate(request, link.person, _talk(link, pk))


@page(open_to=link_holders)
@further
@WRITES
def swap_link(request, link, pk):
    return ask(request, link.person, _talk(link, pk))
