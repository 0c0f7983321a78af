"""Whose link it is and who is holding it: links are forwarded, and opened in other people's browsers.

A link is its own proof, so anybody who holds it may answer. But the page says for whom before anything is saved; a
reader signed in as somebody of another home is asked first; and what a family has written about its health is shown
again only where it was written. Whatever somebody of another home does by it, the home is told.
"""

from dataclasses import dataclass

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare, salted_hmac
from django_htmx.http import HttpResponseClientRedirect

from portal.messaging.models import PersonalLink
from portal.people import protection
from portal.people.models import Person
from portal.speech import in_words

GO_ON, GONE_ON = "go_on", "goes_on_with"
NOT_CARRIED = {GO_ON, "csrfmiddlewaretoken"}
MOST = 20  # links that one session goes on with, and texts that one browser is remembered to have written
SALT, KNOWN = "portal.messaging.typed_here", "portal.messaging.known_here"


@dataclass(frozen=True)
class Child:
    pupil: Person
    school_class: str


def family_in_words(children):
    classes = {child.school_class for child in children}
    if len(classes) == 1:
        return f"{in_words([child.pupil.given_name for child in children])} ({classes.pop()})"
    return in_words([f"{child.pupil.given_name} ({child.school_class})" for child in children])


def is_asked(request, link, *, of_family):
    reader = request.user
    if link.purpose == PersonalLink.CALENDAR or not reader.is_authenticated:
        return False
    return not _is_own(reader, link, of_family) and _key(link) not in request.session.get(GONE_ON, [])


def asked_first(request, link, about):
    """A page that asks whether the reader means to go on for somebody else, carrying what was just sent; None when
    nobody need be asked or they have said yes. Until then nothing is saved and the link does not count as opened."""
    if not is_asked(request, link, of_family=about is not None):
        return None
    if request.method == "POST" and GO_ON in request.POST:
        gone = request.session.get(GONE_ON, [])
        request.session[GONE_ON] = [*gone, _key(link)][-MOST:]
        return None if set(request.POST) - NOT_CARRIED else redirect(request.get_full_path())
    if request.htmx:
        return HttpResponseClientRedirect(request.get_full_path())
    family = _family_for(request.user, about(link) if about else [])
    shown = {"family": family, "carried": carried_in(request.POST), "go_on": GO_ON}
    return render(request, "messaging/link_of_others.html", shown)


def is_known_here(request, link):
    """Whether the reader has been told for whom they answer, and has gone on: in this press, in this session, or before
    in this very browser. Somebody of the home who is signed in knows it."""
    if GO_ON in request.POST or _is_own(request.user, link, of_family=True):
        return True
    if request.user.is_authenticated and _key(link) in request.session.get(GONE_ON, []):
        return True
    known = request.COOKIES.get(_cookie(link, "known"), "")
    return constant_time_compare(known, _digest(link, [], KNOWN))


def waiting_here(request, link):
    """What a device sends that has not gone on by this link before: it waits for one more press."""
    return [] if is_known_here(request, link) else carried_in(request.POST)


def know_here(request, answer, link):
    _remember(request, answer, link, _cookie(link, "known"), _digest(link, [], KNOWN))


def is_lent(request, link):
    """Whether somebody of another home is signed in, and goes on for those who got the link."""
    return request.user.is_authenticated and not _is_own(request.user, link, of_family=True)


def lends_and_tells(request, link, *, is_news=True):
    """Whether it is lent, for an act whose own message tells the home if it `is_news`, so that it is told once."""
    lent = link is not None and is_lent(request, link)
    if lent:
        link.is_told = is_news
    return lent


def carried_in(values):
    return [(name, value) for name, several in values.lists() if name not in NOT_CARRIED for value in several]


def is_written_here(request, link, *texts):
    """Whether these texts may be shown again: somebody of their home is signed in, or this very browser wrote them."""
    if _is_own(request.user, link, of_family=True):
        return True
    written = request.COOKIES.get(_cookie(link), "").split(".")
    return any(constant_time_compare(one, _digest(link, texts)) for one in written)


def remember_written(request, answer, link, *texts):
    """The cookie goes only to the pages of this link, and tells whoever reads it nothing about the texts."""
    name = _cookie(link)
    written = [one for one in request.COOKIES.get(name, "").split(".") if one]
    _remember(request, answer, link, name, ".".join([*written, _digest(link, texts)][-MOST:]))


def _remember(request, answer, link, name, value):
    answer.set_cookie(
        name,
        value,
        expires=link.expires_at,
        path=f"{request.path.partition(link.token)[0]}{link.token}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_neutral(link):
    """The page of a link names nobody when its person has a protected address. Signed-in pages have no link."""
    return link is not None and bool(protection.sheltered_among([link.person_id]))


def _is_own(reader, link, of_family):
    if not reader.is_authenticated:
        return False
    at_home = of_family and link.household_id is not None and reader.household_id == link.household_id
    return reader.pk == link.person_id or at_home


def _family_for(reader, children):
    hidden = protection.hidden_from(reader, [child.pupil.pk for child in children])
    return "" if hidden or not children else family_in_words(children)


def _key(link):
    return f"{link.pk}.{link.rotation}"


def _cookie(link, what="written"):
    return f"{what}_{link.pk}"


def _digest(link, texts, salt=SALT):
    return salted_hmac(salt, "\0".join([_key(link), *texts]), algorithm="sha256").hexdigest()[:32]
