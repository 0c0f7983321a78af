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


@waits_for("parent")
def surveys_to_answer(hat):
    home = hat.person.household_id
    if home is None:
        return []
    answered = Answered.objects.filter(household=home).values("survey")
    asking = SharedNormAgreement.objects.asking().for_guardian(hat.person).exclude(survey__in=answered)
    return [
        _todo(
            one,
            _("Answer without a name: %(topic)s in %(class)s"),
            "survey_answer",
            timezone.localdate(one.survey.closes_at),
            _("It takes two minutes. Nobody sees what your home answers."),
        )
        for one in asking.filter(survey__closes_at__gt=timezone.now()).select_related("survey", "school_class")
    ]


@waits_for(Role.Kind.CLASS_CONTACT)
def agreements_to_take_further(hat):
    own = SharedNormAgreement.objects.of_classes(SchoolClass.objects.filter(pk=hat.scope.pk))
    return [
        _todo(
            one,
            _("Talk about it when you meet: %(topic)s in %(class)s"),
            "agreement_show",
            None,
            _("Write down what you agree, and when you look at it again."),
        )
        for one in own.talking().select_related("school_class")
    ]


@waits_for(Role.Kind.CLASS_CONTACT)
def agreements_to_review(hat):
    own = SharedNormAgreement.objects.of_classes(SchoolClass.objects.filter(pk=hat.scope.pk))
    soon = own.adopted().filter(review_on__lte=timezone.localdate() + AHEAD)
    return [
        _todo(
            one,
            _("Look at it again: %(topic)s in %(class)s"),
            "agreement_review",
            one.review_on,
            _("Does it still fit your children’s age? Go on with it, ask anew or end it."),
        )
        for one in soon.select_related("school_class")
    ]
