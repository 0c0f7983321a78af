"""Who hears of a hearing. No subject says what anybody thinks of it, and no letter what anybody else wrote."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.messaging.letters import Button, Letter
from portal.messaging.notices import Due, notice, reminder
from portal.people.models import Person, Role
from portal.speech import day
from principles.hearings.asked import Voices, contacts_at, guardians_at, staff_at
from principles.hearings.models import Hearing
from principles.hearings.voices import council_of, voices_of

BEFORE = timedelta(days=2)
LATE = timedelta(days=3)  # for whoever moves in after the first day; nobody hears twice


def _page(name, hearing):
    return settings.SITE_URL + reverse(f"principles:{name}", args=[hearing.pk])


def the_board(event):
    roles = Role.objects.live(kinds=[Role.Kind.BOARD_MEMBER]).filter(school=event.school)
    return Person.objects.filter(pk__in=roles.values("person")).exclude(pk=event.by)


def still_coming(notice):
    return notice.subject.is_coming and _leads(notice)


def _leads(notice):
    return Hearing.objects.led_by(notice.recipient).filter(pk=notice.subject.pk).exists()


@notice(
    "principles.hearing_prepared",
    on="principles.hearing_prepared",
    to=the_board,
    category="tasks",
    wanted=still_coming,
)
def hearing_prepared(notice):
    hearing = notice.subject
    return Letter(
        subject=_("Look at the hearing before it opens: %(title)s") % {"title": hearing.version.title},
        lines=[_("This is what people will see. Until it opens the board can call it off or put in a second wording.")],
        facts=((_("Opens"), day(hearing.opens_on)), (_("Last day to answer"), day(hearing.closes_on))),
        buttons=(Button(_("See it as they will"), _page("hearing_show", hearing)),),
    )


def _voices_asked(hearing):
    return {voice for part in hearing.parts.all() for voice in part.voices}


def those_asked(hearing):
    """Everybody who may answer for themselves, their home, class or council."""
    asked = _voices_asked(hearing)
    school, found = hearing.school, Q(pk=None)
    if Voices.HOME in asked:
        found |= Q(pk__in=guardians_at(school).values("guardian"))
    if Voices.STAFF in asked:
        found |= Q(pk__in=staff_at(school).values("person"))
    if Voices.CLASS in asked:
        found |= Q(pk__in=contacts_at(school).values("person"))
    if Voices.COUNCIL in asked:
        found |= Q(pk__in=council_of(hearing).values("pk"))
    return Person.objects.filter(found)


def still_open(notice):
    hearing = notice.subject
    return hearing.takes_answers and bool(voices_of(notice.recipient, hearing))


def still_silent(notice):
    """Asked again when it is sent: whoever has answered for one of those they speak for is not reminded."""
    hearing = notice.subject
    if not hearing.takes_answers:
        return False
    voices = voices_of(notice.recipient, hearing)
    return bool(voices) and not any(hearing.answers.of(voice).exists() for voice in voices)


def _asking(notice, subject, lines):
    hearing = notice.subject
    return Letter(
        subject=subject % {"title": hearing.version.title},
        lines=lines,
        facts=(
            (_("Last day to answer"), day(hearing.closes_on)),
            (_("The board replies by"), day(hearing.reply_on)),
        ),
        buttons=(Button(_("Read the points and answer"), _page("hearing_show", hearing)),),
    )


@reminder("principles.hearing_opened", category="invitations", wanted=still_open)
def hearing_opened(notice):
    hearing = notice.subject
    return _asking(
        notice,
        _("What do you think? %(title)s"),
        [
            *([hearing.lead] if hearing.lead else []),
            _("One tap a point is enough, and you can stop at any time."),
            _("Who answers gets a reply, as long as they have a place at the school."),
        ],
    )


@hearing_opened.due
def hearings_open(now):
    """The pupil council also when it is named later: until then nobody could answer for it."""
    first = timezone.localdate(now) - LATE
    for hearing in Hearing.objects.taking_answers().select_related("school").prefetch_related("parts"):
        if hearing.opens_on >= first:
            people = those_asked(hearing)
        else:
            people = council_of(hearing) if Voices.COUNCIL in _voices_asked(hearing) else []
        for person in people:
            yield Due(hearing, person)


@reminder("principles.hearing_closes", category="reminders", wanted=still_silent)
def hearing_closes(notice):
    return _asking(
        notice,
        _("Two days left to answer: %(title)s"),
        [_("Your answer is still missing. One tap a point is enough.")],
    )


@hearing_closes.due
def hearings_close(now):
    closing = timezone.localdate(now) + BEFORE
    rows = Hearing.objects.taking_answers().filter(closes_on=closing)
    for hearing in rows.select_related("school").prefetch_related("parts"):
        homes = hearing.answers.filter(voice=Voices.HOME).values("household")
        told = hearing.answers.values("by")
        for person in those_asked(hearing).exclude(household__in=homes).exclude(pk__in=told):
            yield Due(hearing, person)


def those_who_answered(event):
    """Also whoever shares the answer: it keeps who of a home, a class or the council changed it last, and not who began."""
    hearing = Hearing.objects.closed().filter(pk=event.subject_id).select_related("school").first()
    return _sharing(hearing) if hearing else []


def _sharing(hearing):
    answers, school = hearing.answers, hearing.school
    homes, classes = answers.filter(voice=Voices.HOME), answers.filter(voice=Voices.CLASS)
    at_home = guardians_at(school).filter(guardian__household__in=homes.values("household"))
    contacts = contacts_at(school).filter(school_class__in=classes.values("school_class"))
    found = Q(pk__in=answers.values("by")) | Q(pk__in=at_home.values("guardian")) | Q(pk__in=contacts.values("person"))
    if answers.filter(voice=Voices.COUNCIL).exists():
        found |= Q(pk__in=council_of(hearing).values("pk"))
    return Person.objects.filter(found)


def themes_of(hearing, person):
    """Those under which something stands that this person wrote, or that was written for whom they speak."""
    own = Q(by=person.pk)
    for voice in voices_of(person, hearing):
        own |= Q(**voice.key)
    return hearing.themes.filter(pk__in=hearing.answers.filter(own).values("theme"))


def still_speaks(notice):
    """Whoever has no place at the school any more, or is kept from the child, gets no letter; the replies are public."""
    hearing = notice.subject
    return hearing.closed_at is not None and bool(voices_of(notice.recipient, hearing))


@notice(
    "principles.hearing_replied",
    on="principles.hearing_closed",
    to=those_who_answered,
    category="decisions",
    wanted=still_speaks,
)
def hearing_replied(notice):
    """One letter, with the replies to what its reader wrote."""
    hearing = notice.subject
    replies = []
    for theme in themes_of(hearing, notice.recipient):
        replies.append(f"{theme.title}: {theme.get_outcome_display()}. {theme.reply}")
        if theme.wording:
            replies.append(_("It reads now: “%(wording)s”") % {"wording": theme.wording})
    return Letter(
        subject=_("The board has replied: %(title)s") % {"title": hearing.version.title},
        lines=[
            _("Thank you for answering. This is what became of what you wrote.")
            if replies
            else _("Thank you for answering. You can read what others said, and what became of it."),
            *replies,
        ],
        buttons=(Button(_("We asked, you said, we did"), _page("hearing_result", hearing)),),
    )
