"""The letter of the morning: what waits for somebody at work, as their first page says it, once on a school day."""

from collections import Counter
from datetime import datetime, time, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.messaging.letters import Button, Letter
from portal.messaging.links import link_for
from portal.messaging.models import Channel, Notice, PersonalLink, Preference
from portal.messaging.notices import Due, reminder
from portal.messaging.queries import wants_morning
from portal.messaging.timing import after_quiet
from portal.people.hats import hats_of
from portal.people.models import Person, Role
from portal.people.models.roles import REACHED_KINDS
from portal.schoolyear.days import schools_open
from portal.speech import day
from portal.todos import todos_of_each

KIND = "home.morning"
AHEAD = timedelta(hours=2)  # laid ready so long before its hour, it travels with what else comes at that hour
AFTER = timedelta(hours=3)  # and so long after its hour, when the clock has stood
MOST = 12  # lines
KEPT = timedelta(days=14)


def hour_of(choices, today):
    return timezone.make_aware(datetime.combine(today, choices.morning_at))


def at_its_hour(ready_at, choices):
    """The hour that its receiver chose, or the end of their quiet hours. Not the hour of the digest: whoever has all their
    messages once a day gets both as one, when the hours are the same."""
    return after_quiet(max(ready_at, hour_of(choices, timezone.localdate(ready_at))), choices)


def still_this_morning(notice):
    """On its own day, to whoever still wants it and is at work, when something is open."""
    person, today = notice.recipient, timezone.localdate()
    is_today = notice.occasion == today.isoformat()
    return is_today and person.away_until is None and wants_morning(person) and any(open_for(person, today).values())


def open_for(person, today):
    """{hat: todos} of the hats in which somebody works at a school that is open today: what their first page says."""
    schools = set(
        schools_open(today).filter(pk__in=person.roles.at_work().values("workplace")).values_list("pk", flat=True)
    )
    hats = [hat for hat in hats_of(person) if hat.kind in REACHED_KINDS and hat.school and hat.school.pk in schools]
    return dict(zip(hats, todos_of_each(hats), strict=True))


@reminder(KIND, category="tasks", wanted=still_this_morning, only=Channel.EMAIL, at=at_its_hour)
def morning(notice):
    """Neither the subject nor a line names a child. What reads alike is one line."""
    found = open_for(notice.recipient, timezone.localdate())
    todos = [(hat, todo) for hat, waiting in found.items() for todo in waiting]
    said = Counter((str(hat.scope), _said(todo)) for hat, todo in todos)
    lines = [(scope, f"{text} ({n})" if n > 1 else text) for (scope, text), n in said.items()]
    rest = len(lines) - MOST
    subject = ngettext("%(n)s thing waits for you at school", "%(n)s things wait for you at school", len(todos))
    more = ngettext("%(n)s more stands on your first page.", "%(n)s more stand on your first page.", rest)
    return Letter(
        subject=subject % {"n": len(todos)},
        lines=[_("This is open for you this morning."), *([more % {"n": rest}] if rest > 0 else [])],
        facts=tuple(lines[:MOST]),
        buttons=(Button(_("Go to your first page"), urljoin(settings.SITE_URL, reverse("home"))),),
        mute=link_for(notice.recipient, notice.recipient, purpose=PersonalLink.MORNING).url(),
        mute_words=_("No more letters in the morning"),
        kept_as=_("What was open that morning stood on your first page."),
    )


def _said(todo):
    said = todo.said_in_letter
    return _("%(what)s, by %(day)s") % {"what": said, "day": day(todo.due)} if todo.due else said


@morning.due
def this_morning(now):
    """Whoever works at a school that is open today and wants it, around their hour, once. Whether anything is open is asked
    when it is sent. What a task that runs twice finds again is laid ready already."""
    today, local = timezone.localdate(now), timezone.localtime(now)
    if not schools_open(today).exists():
        return
    between = _clock(local - AFTER, today), _clock(local + AHEAD, today)
    chosen = Preference.objects.filter(person=OuterRef("pk"))
    wants = Q(Exists(chosen.filter(morning=True, morning_at__range=between)))
    if between[0] <= Preference().morning_at <= between[1]:
        wants |= ~Exists(chosen)
    at_work = Role.objects.at_work().filter(workplace__in=schools_open(today))
    staff = Person.objects.active().filter(wants, ~morning.told(Person, "pk", "pk", today.isoformat()))
    for person in staff.filter(pk__in=at_work.values("person")).exclude(email=""):
        yield Due(person, person, today.isoformat())


def _clock(moment, today):
    """Within the day: what lies before its beginning is its beginning, and what lies after its end is its end."""
    on = timezone.localdate(moment)
    return moment.time() if on == today else time.min if on < today else time.max


def to_forget(now):
    """What was laid ready for a morning, sent or not: of no use to anybody a fortnight later."""
    return Notice.objects.filter(kind=KIND, made_at__lt=now - KEPT)
