"""Personal links: one task, one person of one household, no login. Signed, expiring, revocable, rate limited.

path("a/<str:token>/", views.gathering_answer, name="gathering_answer")

@page(open_to=link_holders)
@personal_link("networks.answer")
def gathering_answer(request, link): ...
"""

import logging
from contextlib import suppress
from functools import partial, wraps

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from redis.exceptions import RedisError

from portal.actions import Gone, noting_done
from portal.messaging import tokens
from portal.messaging.actions import lend_link, open_link
from portal.messaging.holders import asked_first, is_asked, is_lent
from portal.messaging.models import PersonalLink, naming

log = logging.getLogger(__name__)

MAKE = """INSERT INTO messaging_personallink
        (purpose, rotation, made_at, expires_at, person_id, household_id, subject_type, subject_id)
    SELECT %s, 1, %s, %s, * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[])
    ON CONFLICT DO NOTHING RETURNING *
"""
MINUTE = 60
OPENINGS_A_MINUTE = 60  # of one link: enough for a family, too few for a machine
FORGERIES_AN_HOUR = 30  # from one address


def link_for(person, subject, *, purpose, expires_at=None):
    return links_for([(person, subject)], purpose=purpose, expires_at=expires_at)[person.pk]


def links_for(pairs, *, purpose, expires_at=None):
    """{person's key: link} for several (person, subject). One query when all exist, two when
    some are created or must live longer."""
    now = timezone.now()
    wanted = {person.pk: (person, naming(subject)) for person, subject in pairs}
    expires_at = expires_at or now + PersonalLink.LIFE
    found = _found(wanted, purpose)
    missing = [key for key in wanted if key not in found]
    if missing:
        made = _made([wanted[key] for key in missing], purpose, expires_at, now)
        found = found | made if len(made) == len(missing) else _found(wanted, purpose)
    for link in found.values():
        _renew(link, wanted[link.person_id][0], expires_at, now)
    earlier = [link for link in found.values() if link.expires_at < expires_at]
    PersonalLink.objects.filter(pk__in=[link.pk for link in earlier], expires_at__lt=expires_at).update(
        expires_at=expires_at
    )
    for link in earlier:
        link.expires_at = expires_at
    return found


def _made(wanted, purpose, expires_at, now):
    """In one statement: a batch of first letters would wait for as many models. Without those that another has made."""
    rows = [(person.pk, person.household_id, names["subject_type"], names["subject_id"]) for person, names in wanted]
    made = PersonalLink.objects.raw(MAKE, [purpose, now, expires_at, *map(list, zip(*rows, strict=True))])
    return {link.person_id: link for link in made}


def _found(wanted, purpose):
    links = PersonalLink.objects.filter(
        purpose=purpose,
        person__in=wanted,
        subject_type__in={names["subject_type"] for _person, names in wanted.values()},
        subject_id__in={names["subject_id"] for _person, names in wanted.values()},
    )
    return {link.person_id: link for link in links if link.subject_id == wanted[link.person_id][1]["subject_id"]}


def _renew(link, person, expires_at, now):
    """A worn-out link gets a new signature: what was revoked, or sent to another home, stays dead."""
    link.person = person
    is_foreign = link.household_id not in (None, person.household_id)
    if link.revoked_at or is_foreign or link.expires_at <= now:
        PersonalLink.objects.filter(pk=link.pk, rotation=link.rotation).update(
            rotation=F("rotation") + 1,
            revoked_at=None,
            household=person.household_id,
            expires_at=expires_at,
            opened_at=None,
        )
        link.refresh_from_db(fields=["rotation", "revoked_at", "household", "expires_at", "opened_at"])


def prolong(link, life):
    """A link in use lives on, and an unused one expires. Writes at most twice in a lifetime."""
    now = timezone.now()
    if link.expires_at < now + life / 2:
        PersonalLink.objects.live(now).filter(pk=link.pk, rotation=link.rotation).update(expires_at=now + life)


def personal_link(purpose, *, about=None, further=False):
    """Open a view by personal link: view(request, link). A forged token gives 404, a worn-out one a calm page with 410,
    too many requests 429. The page speaks the language of the link's person, unless this device was told another. A
    POST counts as opened by a human. A reader signed in as somebody of another home is asked first: `about(link)` gives
    the children the link is about; without it the link is for its person alone. Of what they then do the home is told. A
    `further` page has an address below the first page's, which is where the link itself leads.

    The token is the proof, so the page needs no CSRF cookie.
    """

    def declare(view):
        @wraps(view)
        def opened(request, token, **keys):
            return _open(request, token, purpose, lambda link: _shown(partial(view, **keys), request, link, about))

        opened.csrf_exempt = True
        opened.tells_home = True
        if not further:
            tokens.register(purpose, view)
        return opened

    return declare


def any_personal_link(view):
    """Open a view by a link of any purpose, only to record that it was opened. In somebody else's browser nothing is
    recorded."""

    def shown(request, link):
        if is_asked(request, link, of_family=True):
            return HttpResponse(status=204)
        link.is_told = True  # nothing is done by it
        return _shown(view, request, link, about=list)

    @wraps(view)
    def opened(request, token):
        return _open(request, token, None, lambda link: shown(request, link))

    return opened


def _open(request, token, purpose, show):
    link = PersonalLink.objects.filter(pk=tokens.key_of(token)).select_related("person", "household").first()
    if link is None or purpose not in (link.purpose, None) or not tokens.is_signed(link, token):
        if link is not None and _was_signed(link, token):
            return worn_out(request, link)  # an old letter or a calendar that still polls: no forgery
        return forged(request)
    if _count(f"opened:{link.pk}") > OPENINGS_A_MINUTE:
        return render(request, "429.html", status=429)
    if not link.is_live or link.subject is None:
        return worn_out(request, link)
    link.token = token
    return show(link)


def forged(request):
    """404, and 429 for whoever keeps trying. Only forgeries are counted, so an attacker shuts out nobody else behind
    the same address."""
    who = get_adapter().get_client_ip(request)
    if _count(f"forged:{who}", hour=True) > FORGERIES_AN_HOUR:
        return render(request, "429.html", status=429)
    raise Http404


def _was_signed(link, token):
    earlier = range(max(1, link.rotation - 5), link.rotation)
    return any(tokens.is_signed(_at(link, rotation), token) for rotation in earlier)


def _at(link, rotation):
    return PersonalLink(pk=link.pk, purpose=link.purpose, rotation=rotation)


def _language(request, link):
    return translation.get_language() if settings.LANGUAGE_COOKIE_NAME in request.COOKIES else link.person.language


def _shown(view, request, link, about):
    request.personal_link = link
    asked = asked_first(request, link, about)  # in the reader's own language: the family's language is private
    with translation.override(_language(request, link)):
        if asked is None and request.method == "POST" and link.opened_at is None:
            open_link(link, by=link.person)
        with noting_done() as done:
            response = view(request, link) if asked is None else asked
        if done and request.method == "POST" and is_lent(request, link) and not link.is_told:
            with suppress(Gone):
                lend_link(link, by=request.user)
        if hasattr(response, "render") and not response.is_rendered:
            response.render()
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def worn_out(request, link):
    with translation.override(_language(request, link)):
        response = render(request, "messaging/link_worn_out.html", status=410)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _count(name, *, hour=False, add=1):
    """How many in this minute or hour. Without the cache nothing is counted: a fault of ours must not lock a family
    out."""
    key = f"personal_link:{name}"
    try:
        cache.add(key, 0, timeout=60 * MINUTE if hour else MINUTE)
        return cache.incr(key, add) if add else cache.get(key, 0)
    except (RedisError, ValueError):
        log.warning("the cache is away: personal links are not counted")
        return 0
