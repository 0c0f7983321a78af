"""What the pages of a class's agreements read."""

from dataclasses import dataclass, field

from django.utils.dates import WEEKDAYS

from networks.agreements.topics import TOPICS, AgreementTopic
from networks.models import SharedNormAgreement
from portal.people.models import SchoolClass
from portal.speech import capital, clock
from portal.surveys.queries import (
    Distribution,
    Standing,
    home_has_answered,
    lines_for_children,
    results_of,
    standing_of,
)


@dataclass(frozen=True)
class AgreementList:
    school_class: SchoolClass
    under_way: list[SharedNormAgreement]
    adopted: list[SharedNormAgreement]
    ended: list[SharedNormAgreement]
    to_start: list[AgreementTopic]


def agreements_of(school_class, person, *, manages):
    """`manages` is whether the reader is the class contact, who is offered the topics that nothing is under way on."""
    classes = SchoolClass.objects.filter(pk=school_class.pk)
    found = list(
        SharedNormAgreement.objects.visible_to(person)
        .of_classes(classes)
        .select_related("school_class__school", "survey")
    )
    under_way = [one for one in found if one.is_asking or one.is_talking]
    taken = {one.topic for one in under_way}
    return AgreementList(
        school_class=school_class,
        under_way=under_way,
        adopted=[one for one in found if one.is_adopted],
        ended=[one for one in found if one.is_ended and one.was_adopted],
        to_start=[topic for key, topic in TOPICS.items() if key not in taken] if manages else [],
    )


@dataclass(frozen=True)
class AgreementPage:
    """`may_see_result` is not for the school: a survey is between the families."""

    agreement: SharedNormAgreement
    topic: AgreementTopic
    manages: bool
    may_see_result: bool
    may_answer: bool = False
    has_answered: bool = False
    standing: Standing | None = None
    results: list[Distribution] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    times: list[dict] = field(default_factory=list)

    @property
    def is_withheld(self):
        """There was a survey, and too few answered it."""
        survey = self.agreement.survey
        return bool(survey) and not survey.is_open and not survey.is_shown


def agreement_page(agreement, person):
    own, survey = SharedNormAgreement.objects.filter(pk=agreement.pk), agreement.survey
    is_guardian, manages = own.for_guardian(person).exists(), own.managed_by(person).exists()
    results = results_of(survey) if survey else []
    asking = agreement.is_asking and survey.is_open
    return AgreementPage(
        agreement=agreement,
        topic=TOPICS[agreement.topic],
        manages=manages,
        may_see_result=is_guardian or manages,
        may_answer=asking and is_guardian and bool(person.household_id) and survey.takes_answers(),
        has_answered=asking and home_has_answered(survey, person),
        standing=standing_of(survey, agreement.homes_asked()) if asking else None,
        results=results,
        lines=lines_for_children(results),
        times=times_of(agreement),
    )


def times_of(agreement):
    return [
        {"label": capital(WEEKDAYS[number]), "value": clock(at)}
        for number, at in enumerate(agreement.out_until)
        if at is not None
    ]
