"""A class that may apply, plans a gathering and has not applied is told once in the period: never after an application,
and never when the money is gone. And a class with a draft is told on the last day, also when that comes early."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import GrantApplication, GrantScheme
from grants.notices import url, words_of, writers
from grants.queries import budget_of, eligibility
from networks.models import Gathering, Mute
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import Due, reminder
from portal.messaging.timing import after_quiet
from portal.people.models import Role, SchoolClass
from portal.speech import day, money, when

FIRST_BY_THEMSELVES = timedelta(days=2)
PLANNED = (Gathering.State.DRAFT, Gathering.State.PUBLISHED)


def planned_without_support(scheme: GrantScheme, now: datetime):
    """The gatherings that a class of the scheme plans in its period, where nobody has begun to apply."""
    applied = GrantApplication.objects.filter(scheme=scheme, school_class=OuterRef("school_class"))
    found = Gathering.objects.filter(
        state__in=PLANNED,
        made_at__lte=now - FIRST_BY_THEMSELVES,
        starts_at__gt=now,
        starts_at__date__range=(scheme.starts_on, scheme.ends_on),
        school_class__grades__overlap=scheme.grades,
        school_class__school__municipality=scheme.municipality_id,
        school_class__school__country=scheme.country,
    ).exclude(Exists(applied))
    if not scheme.themes_allowed:
        found = found.exclude(kind=Gathering.Kind.THEME)
    return found.order_by("starts_at", "pk")


def _gathering_of(notice):
    """The first that the class contact has not muted, and that the class could apply for now."""
    if not _elected(notice.subject).filter(person=notice.recipient_id).exists():
        return None, None
    muted = Mute.objects.filter(person=notice.recipient_id).values("gathering")
    now, school = timezone.now(), notice.subject.school
    for scheme in GrantScheme.objects.covering(school).filter(pk=_scheme_of(notice)):
        planned = planned_without_support(scheme, now).filter(school_class=notice.subject.pk)
        for gathering in planned.exclude(pk__in=muted).select_related("school_class__school"):
            found = eligibility(gathering.school_class, gathering)
            if found.is_eligible and found.has_money:
                return scheme, gathering
    return None, None


def _scheme_of(notice):
    return int(notice.occasion.removeprefix("scheme "))


def _elected(school_class):
    return Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(school_class=school_class)


def still_silent(notice):
    return _gathering_of(notice)[1] is not None


@reminder("grants.class_may_apply", category="reminders", wanted=still_silent)
def class_may_apply(notice):
    scheme, gathering = _gathering_of(notice)
    said = {
        "class": notice.subject.name,
        "title": gathering.title,
        "amount": money(scheme.amount),
        "day": day(scheme.closes_on),
    }
    return Letter(
        subject=_("%(class)s can get support for its gathering") % said,
        lines=[
            _("You plan “%(title)s”. The class can get up to %(amount)s for it, and nobody has applied yet.") % said,
            _("It takes two minutes: most of the form is filled in already. You can apply to %(day)s.") % said,
            _("You hear of this once. Nobody has to apply."),
        ],
        facts=((_("When"), when(gathering.starts_at, gathering.school_class.school)),),
        buttons=(Button(_("Apply for gathering support"), url("application_start", gathering.pk)),),
    )


@class_may_apply.due
def silent_classes(now):
    today = timezone.localdate(now)
    for scheme in GrantScheme.objects.filter(opens_on__lte=today, closes_on__gte=today):
        planned = defaultdict(set)
        for gathering in planned_without_support(scheme, now).select_related("school_class__school"):
            planned[gathering.school_class].add(gathering.pk)
        schools = {school_class.school for school_class in planned}
        rich = {school.pk for school in schools if budget_of(scheme, school).left != 0}
        yield from _untold(scheme, {one: keys for one, keys in planned.items() if one.school_id in rich})


def _untold(scheme, planned):
    occasion = f"scheme {scheme.pk}"
    roles = Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(school_class__in=planned)
    untold = roles.exclude(class_may_apply.told(SchoolClass, "school_class", "person", occasion))
    muted = defaultdict(set)
    for person, gathering in Mute.objects.filter(person__in=roles.values("person")).values_list("person", "gathering"):
        muted[person].add(gathering)
    classes = {one.pk: one for one in planned}
    for role in untold.select_related("person").order_by("school_class", "person"):
        school_class = classes[role.school_class_id]
        if planned[school_class] - muted[role.person_id]:
            yield Due(school_class, role.person, occasion)


A_DAY = timedelta(days=1)


def today_if_it_can(ready_at, choices):
    """Outside of the quiet hours, if that is still on the last day; else at once."""
    calm = after_quiet(ready_at, choices)
    return calm if timezone.localdate(calm) == timezone.localdate(ready_at) else ready_at


def is_closing(notice):
    """Not any more when it is sent, or when the municipality has kept it open."""
    application = notice.subject
    closes = application.scheme.closes_on
    is_theirs = writers(application).filter(pk=notice.recipient_id).exists()
    return application.is_draft and is_theirs and notice.occasion == f"closes {closes}"


@reminder("grants.draft_closes", category="reminders", duty=True, wanted=is_closing, at=today_if_it_can)
def draft_closes(notice):
    application = notice.subject
    scheme = application.scheme
    words = words_of(application) | {"day": day(scheme.closes_on)}
    if scheme.has_closed:
        return Letter(
            subject=_("Your draft cannot be sent any more"),
            lines=[_("The last day to apply was %(day)s, and your application for “%(title)s” was not sent.") % words],
            buttons=(Button(_("See the draft"), url("application_show", application.pk)),),
        )
    return Letter(
        subject=_("Today is the last day to apply"),
        lines=[
            _("Your application for “%(title)s” is not sent yet. Today, %(day)s, is the last day.") % words,
            _("Send it before midnight. After that it cannot be sent any more."),
        ],
        buttons=(Button(_("Go on with the draft"), url("application_edit", application.pk)),),
    )


@draft_closes.due
def closing_drafts(now):
    """On the last day, and on the day after for what was closed too late in the evening to be told of."""
    today = timezone.localdate(now)
    drafts = GrantApplication.objects.drafts().with_names()
    for application in drafts.filter(scheme__closes_on__range=(today - A_DAY, today)).order_by("pk"):
        for person in writers(application):
            yield Due(application, person, f"closes {application.scheme.closes_on}")
