"""What waits for a home that is asked, and for the class contact who takes an agreement further."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models import SharedNormAgreement
from portal.people.models import Role, SchoolClass
from portal.surveys.models import Answered
from portal.todos import Todo, waits_for

AHEAD = timedelta(days=14)  # a review is planned before its day


def _todo(agreement, title, page, due, detail):
    return Todo(
        title=title % {"topic": agreement.get_topic_display(), "class": agreement.class_today.name},
        url=reverse(f"networks:{page}", args=[agreement.pk]),
        due=due,
        detail=detail,
        icon="HandShakeHeart",
        hue="gatherings",
    )


def _asking(hat):
    home = hat.person.household_id
    if home is None:
        return SharedNormAgreement.objects.none()
    answered = Answered.objects.filter(household=home).values("survey")
    asking = SharedNormAgreement.objects.asking().for_guardian(hat.person).exclude(survey__in=answered)
    return asking.filter(survey__closes_at__gt=timezone.now())


def _talking(hat):
    return _own(hat).talking()


def _soon_reviewed(hat):
    return _own(hat).adopted().filter(review_on__lte=timezone.localdate() + AHEAD)


def _own(hat):
    return SharedNormAgreement.objects.of_classes(SchoolClass.objects.filter(pk=hat.scope.pk))


@waits_for("parent", among=_asking)
def surveys_to_answer(hat):
    return [
        _todo(
            one,
            _("Answer without a name: %(topic)s in %(class)s"),
            "survey_answer",
            timezone.localdate(one.survey.closes_at),
            _("It takes two minutes. Nobody sees what your home answers."),
        )
        for one in _asking(hat).select_related("survey", "school_class")
    ]


@waits_for(Role.Kind.CLASS_CONTACT, among=_talking)
def agreements_to_take_further(hat):
    return [
        _todo(
            one,
            _("Talk about it when you meet: %(topic)s in %(class)s"),
            "agreement_show",
            None,
            _("Write down what you agree, and when you look at it again."),
        )
        for one in _talking(hat).select_related("school_class")
    ]


@waits_for(Role.Kind.CLASS_CONTACT, among=_soon_reviewed)
def agreements_to_review(hat):
    return [
        _todo(
            one,
            _("Look at it again: %(topic)s in %(class)s"),
            "agreement_review",
            one.review_on,
            _("Does it still fit your children’s age? Go on with it, ask anew or end it."),
        )
        for one in _soon_reviewed(hat).select_related("school_class")
    ]
