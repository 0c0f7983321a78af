"""A home is asked whether it takes its turn, in one message; whoever said yes hears when the gathering is planned."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from networks.models import Turn
from networks.notices.letters import names_of, page_of
from networks.notices.people import still_organises, the_helper
from networks.rota.queries import asked_of
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.models import GuardianRelation, Person, SchoolClass


def the_home(event):
    turn = Turn.objects.filter(pk=event.subject_id).first()
    if turn is None:
        return []
    classes = SchoolClass.objects.current().filter(cohort=turn.cohort_id)
    here = GuardianRelation.objects.live().in_classes(classes)
    return Person.objects.filter(household=turn.household_id, pk__in=here.values("guardian"))


def still_asks_home(notice):
    return notice.subject in asked_of(notice.recipient)


@notice("networks.turn_asked", on="networks.turn_asked", to=the_home, category="tasks", wanted=still_asks_home)
def turn_asked(notice):
    turn, school_class = notice.subject, notice.subject.class_today
    said = {"when": turn.half_in_words, "class": school_class.name}
    page = reverse("people:class_show", args=[school_class.pk])
    return Letter(
        subject=_("Your turn in %(class)s, %(when)s?") % said,
        lines=[
            _("Every home of %(class)s helps once with a gathering, together with one or two others.") % said,
            _(
                "In %(when)s it would be your turn. Say yes, or pass once without a reason. The class does not read who passed."
            )
            % said,
        ],
        buttons=(Button(_("Answer on the page of the class"), f"{settings.SITE_URL}{page}#rota"),),
    )


def still_helps(notice):
    return still_organises(notice) and not notice.subject.is_over()


@notice("networks.turn_begun", on="networks.turn_begun", to=the_helper, category="tasks", wanted=still_helps)
def turn_begun(notice):
    gathering = notice.subject
    return Letter(
        subject=_("It is your turn: %(title)s with %(class)s") % names_of(gathering),
        lines=[_("You have said yes to helping in this half of the year. You can see the answers now.")],
        buttons=(Button(_("Open the gathering"), page_of("networks:gathering_organise", gathering)),),
    )
