"""What class contacts are told when they begin, and before their time runs out."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from networks.cohort.handing import CONTACT, ending_terms, keys_of_ending
from networks.cohort.links import link_to_confirm, not_yet_confirmed
from networks.cohort.newcomers import guardians_of_newcomers, has_buddy, what_is_on
from networks.models import NetworkStart
from portal.clauses import clauses_at
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import Due, notice, reminder
from portal.people.models import Person, Role, SchoolClass
from portal.speech import day, when


def whoever_begins(event):
    """Nobody is told what the demo and commands do."""
    contacts = Role.objects.live(kinds=[CONTACT]).filter(pk=event.subject_id)
    by_a_person = Person.objects.filter(pk=event.by, is_portal=False).exists()
    return Person.objects.filter(roles__in=contacts) if by_a_person else []


def still_contact(notice):
    return Role.objects.live(kinds=[CONTACT]).filter(pk=notice.subject.pk).exists()


@notice(
    "networks.contact_begins",
    on=("people.role_given", "people.role_confirmed", "people.role_taken_up"),
    to=whoever_begins,
    category="decisions",
    duty=True,
    wanted=still_contact,
)
def contact_begins(notice):
    """All that they are told: that they have the role, and how things stand."""
    role = notice.subject
    names = {"class": role.school_class.name}
    return Letter(
        subject=_("You are class contact of %(class)s: this is how it stands") % names,
        lines=[
            _("From today your role at the school is: %(role)s.")
            % {"role": f"{role.get_kind_display()}, {role.scope}"},
            _("What is planned, what has been held, drafts, agreements and proposals stand on one page for you."),
            _("You also find there, in a few words, what the job is. You need not do it alone."),
            _("What waits for you is on the first page when you have signed in."),
        ],
        buttons=(_to_hand_over(role), Button(_("Go to your page"), settings.SITE_URL + reverse("home"))),
    )


def at_the_meeting(event):
    """Nobody is told of a code that is tried before the day of the meeting, and has run out by then."""
    start = NetworkStart.objects.open().select_related("school_class__school").filter(pk=event.subject_id).first()
    return not_yet_confirmed(start) if start and not start.closes_before_the_meeting else []


def asked_still(notice):
    return notice.subject.is_open and not_yet_confirmed(notice.subject).filter(pk=notice.recipient_id).exists()


@notice(
    "networks.start_opened", on="networks.start_opened", to=at_the_meeting, category="invitations", wanted=asked_still
)
def start_opened(notice):
    """Whoever is at the meeting opens it on their phone, and need not sign in."""
    start = notice.subject
    names = {"class": start.school_class.name}
    return Letter(
        subject=_("Parents' meeting of %(class)s: can the class reach you?") % names,
        lines=[
            _(
                "Look whether it is right, and choose what the other families may read. You can leave all of it unticked."
            )
        ],
        buttons=[Button(_("Look and confirm"), link_to_confirm(notice.recipient, start))],
    )


def ends_soon(notice):
    return ending_terms().filter(pk=notice.subject.pk).exists()


@reminder("networks.term_runs_out", category="tasks", wanted=ends_soon)
def term_runs_out(notice):
    role = ending_terms().select_related("school_class").get(pk=notice.subject.pk)
    return Letter(
        subject=_("Will you go on as class contact of %(class)s?") % {"class": role.school_class.name},
        lines=[
            _("Your time as class contact runs out on %(day)s.") % {"day": day(role.ends)},
            _("Tell the contact teacher whether you are glad to go on, or ask another parent to take over."),
            _("Everything that you have planned stays with the class."),
        ],
        buttons=(_to_hand_over(role),),
    )


@term_runs_out.due
def terms_ending(now):
    ending = ending_terms().filter(pk__in=keys_of_ending(timezone.localdate(now)))
    for role in ending.exclude(term_runs_out.told(Role, "pk", "person")).select_related("person"):
        yield Due(role, role.person)


def _to_hand_over(role):
    page = reverse("networks:hand_over", args=[role.school_class_id])
    return Button(_("See what is handed over"), settings.SITE_URL + page)


def is_still_new(notice):
    new = guardians_of_newcomers().filter(guardian=notice.recipient.pk, school_class=notice.subject.pk)
    return new.exists()


@reminder("networks.newcomer", category="news", wanted=is_still_new)
def newcomer(notice):
    """Names no family: whoever is glad to help is found by the class contact."""
    school_class = notice.subject
    planned, held = what_is_on(school_class)
    lines = [_("On the page of the class you find whom you can ask, what is planned and what the families agree.")]
    if held:
        lines.append(_("This year the class has had: %(what)s.") % {"what": titles_of(held)})
    if has_buddy(school_class):
        lines.append(_("Another family is glad to help you find your way. The class contact brings you together."))
    agreed = clauses_at(school_class.school)
    if agreed:
        lines.append(_("What the school and its homes expect of each other is written down, for everybody to read."))
    return Letter(
        subject=_("Welcome to the parents of %(class)s") % {"class": school_class.name},
        lines=lines,
        facts=tuple((gathering.title, when(gathering.starts_at, school_class.school)) for gathering in planned),
        buttons=(
            Button(
                _("Open the page of the class"),
                settings.SITE_URL + reverse("people:class_show", args=[school_class.pk]),
            ),
            *([_to_principles(school_class.school)] if agreed else []),
        ),
    )


def _to_principles(school):
    page = reverse("principles:principle_list", args=[school.number])
    return Button(_("What we have agreed"), settings.SITE_URL + page)


@newcomer.due
def families_that_are_new(now):
    rows = guardians_of_newcomers(timezone.localdate(now)).select_related("guardian")
    rows = list(rows.order_by("school_class", "guardian"))
    classes = SchoolClass.objects.in_bulk({row.school_class for row in rows})
    for row in rows:
        yield Due(classes[row.school_class], row.guardian, f"since {row.since}")


def titles_of(gatherings):
    return get_text_list(list(dict.fromkeys(gathering.title for gathering in gatherings)), _("and"))
