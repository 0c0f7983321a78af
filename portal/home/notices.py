"""Who hears what the ground floor does to people. Nobody ever hears of a restriction."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from portal.home.morning import morning
from portal.messaging.letters import Button, Letter
from portal.messaging.links import link_for
from portal.messaging.models import PersonalLink
from portal.messaging.notices import notice
from portal.people import protection
from portal.people.models import GuardianRelation, Person, Role
from portal.speech import day

__all__ = ["morning"]  # registered by being there


def by_a_person(event):
    """Nobody is told what the demo and commands do."""
    return Person.objects.filter(pk=event.by, is_portal=False).exists()


def guardian_of_relation(event):
    live = GuardianRelation.objects.live().filter(pk=event.subject_id)
    return Person.objects.filter(pupil_relations__in=live) if by_a_person(event) else []


def still_live(notice):
    return GuardianRelation.objects.live().filter(pk=notice.subject.pk).exists()


@notice(
    "home.relation_confirmed",
    on="people.relation_confirmed",
    to=guardian_of_relation,
    category="decisions",
    duty=True,
    wanted=still_live,
)
def relation_confirmed(notice):
    return _may_sign_in(notice.subject.pupil.given_name)


def _may_sign_in(child):
    return Letter(
        subject=_("You can now sign in for %(child)s") % {"child": child},
        lines=[
            _("The school has confirmed that you are a guardian of %(child)s.") % {"child": child},
            _("Sign in with this e-mail address. We send you a code; you need no password."),
        ],
        buttons=[_to_first_page(_("Sign in"))],
    )


def _to_first_page(label):
    return Button(label, urljoin(settings.SITE_URL, reverse("home")))


def guardians_of_list(event):
    live = GuardianRelation.objects.live().filter(pk__in=event.details["relations"])
    return Person.objects.filter(pupil_relations__in=live).distinct() if by_a_person(event) else []


def children_in(notice):
    own = notice.recipient.pupil_relations.live().filter(pupil__enrolments__in=notice.subject.enrolments.open())
    return [relation.pupil.given_name for relation in own.select_related("pupil").order_by("pupil__sort_name")]


@notice(
    "home.relations_confirmed",
    on="people.relations_confirmed",
    to=guardians_of_list,
    category="decisions",
    duty=True,
    wanted=children_in,
)
def relations_confirmed(notice):
    return _may_sign_in(get_text_list(children_in(notice), _("and")))


def who_has_it(event):
    """A class contact has one letter, with this and more, from the room in which they work."""
    live = Role.objects.live().filter(pk=event.subject_id).exclude(kind=Role.Kind.CLASS_CONTACT)
    return Person.objects.filter(roles__in=live) if by_a_person(event) else []


def role_counts(notice):
    return Role.objects.live().filter(pk=notice.subject.pk).exists()


@notice(
    "home.role_given",
    on=("people.role_given", "people.role_confirmed", "people.role_taken_up"),
    to=who_has_it,
    category="decisions",
    duty=True,
    wanted=role_counts,
)
def role_given(notice):
    role = notice.subject
    what = _("%(role)s, %(scope)s") % {"role": role.get_kind_display(), "scope": role.scope}
    return Letter(
        subject=_("You have a new role: %(role)s") % {"role": what},
        lines=[
            _("From today your role at the school is: %(role)s.") % {"role": what},
            _("What waits for you is on the first page when you have signed in."),
        ],
        buttons=[_to_first_page(_("Go to your page"))],
    )


def who_stands_in(event):
    return Person.objects.active().filter(pk=event.details.get("stand_in"))


def stands_in_still(notice):
    away = notice.subject.away_until
    return away is not None and notice.subject.availability.stand_in_id == notice.recipient_id


@notice(
    "home.stand_in_named",
    on="people.absence_said",
    to=who_stands_in,
    category="tasks",
    wanted=stands_in_still,
)
def stand_in_named(notice):
    away = notice.subject
    name = _("A colleague") if protection.covered_among([away.pk]) else away.full_name
    return Letter(
        subject=_("You stand in for a colleague"),
        lines=[
            _("%(name)s is away until %(day)s, and has said that you stand in.")
            % {"name": name, "day": day(away.away_until)},
            _("Families read your name, and the school's number where you do not work with their child yourself."),
            _("If it does not suit, tell your colleague: only they can change it."),
        ],
        buttons=[_to_first_page(_("Go to your page"))],
    )


def written_to_with_it(event):
    """Everyone at home whom a message about the same has reached with a link; whoever is kept from a child has none. A
    link that has run out since does not keep it from them."""
    links = PersonalLink.objects.in_right_hands()
    link = links.filter(pk=event.subject_id).first()
    return Person.objects.active().filter(pk__in=links.of_same(link).values("person")) if link else []


def has_it_still(notice):
    links, used = PersonalLink.objects.in_right_hands(), notice.subject
    own = links.of_same(used).filter(person=notice.recipient_id)
    return used.subject is not None and links.filter(pk=used.pk).exists() and own.exists()


@notice(
    "home.link_lent",
    on="messaging.link_lent",
    to=written_to_with_it,
    category="news",
    duty=True,
    wanted=has_it_still,
)
def link_lent(notice):
    link = notice.subject
    return Letter(
        subject=_("Somebody else used a link of your family"),
        lines=[
            _(
                "It was used where somebody of another home was signed in. If you did not ask them to, look at what it "
                "says now. What is not yours, you can change back there."
            )
        ],
        buttons=[_to_see(notice.recipient, link)],
    )


def _to_see(recipient, link):
    """It opens no longer than the link that was used: nobody gets in by this letter who no longer does by that one."""
    if not link.is_live:
        return _to_first_page(_("Go to your page"))
    own = link_for(recipient, link.subject, purpose=link.purpose, expires_at=link.expires_at)
    return Button(_("See what it says"), own.url())
