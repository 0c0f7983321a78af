"""What a person may read of the preparation for one talk. Only the pupil ever reads here what the pupil has kept."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.before.queries.plans import plans_to_read
from conferences.models import Conference, FocusPoint, LearningPlanRef, Preparation, PupilTalk
from conferences.queries.settings import plan_label_of

Part = Preparation.Part
ANSWERS = ("proud", "hard", "goal", "ask")
LAST_STEP = 4
TOGETHER = {
    "proud": gettext_lazy("What are we proud of?"),
    "hard": gettext_lazy("What is hard?"),
    "goal": gettext_lazy("What do we want to work on?"),
    "ask": gettext_lazy("What do we want to ask?"),
}
ALONE = {
    "proud": gettext_lazy("What am I proud of?"),
    "hard": gettext_lazy("What is hard for me?"),
    "goal": gettext_lazy("My goal"),
    "ask": gettext_lazy("What do I want to ask?"),
}


@dataclass(frozen=True)
class Answer:
    name: str
    question: str
    text: str


@dataclass(frozen=True)
class Told:
    """What somebody has shared, as another may read it: the chosen answers only. Whether a home went through it with
    the child is that home's business, and is left out."""

    who: str
    is_pupil: bool
    home: int | None
    answers: list[Answer]


@dataclass(frozen=True)
class PreparePage:
    conference: Conference
    label: str
    plans: list[LearningPlanRef]
    own: Preparation | None
    goals: list[FocusPoint]

    @property
    def child(self):
        return self.conference.pupil.given_name

    @property
    def is_ahead(self):
        return is_ahead(self.conference)


def is_ahead(conference):
    return conference.is_open and not conference.is_over


def has_been_prepared(conference, person):
    kinds = (LearningPlanRef, Preparation, PupilTalk)
    return any(kind.objects.visible_to(person).filter(conference=conference).exists() for kind in kinds)


def prepare_page(conference, person):
    return PreparePage(
        conference=conference,
        label=plan_label_of(conference.school_class.school),
        plans=plans_to_read(conference, person),
        own=of_own_home(conference, person),
        goals=last_goals(conference),
    )


def of_own_home(conference, person):
    own = Preparation.objects.visible_to(person).filter(conference=conference, part=Part.GUARDIAN)
    return own.filter(household=person.household_id).defer("kept").first()


def last_goals(conference):
    shared = FocusPoint.objects.filter(
        summary__conference__pupil=conference.pupil_id,
        summary__conference__home=None,
        summary__shared_at__isnull=False,
        summary__conference__school_class__school=conference.school_class.school_id,
    ).exclude(summary__conference=conference)
    latest = shared.order_by("-summary__shared_at").values_list("summary", flat=True).first()
    return list(shared.filter(summary=latest)) if latest else []


def own_part(conference, person):
    return Preparation.objects.filter(conference=conference, part=Part.PUPIL, conference__pupil=person).first()


def pupil_part(conference, person):
    part = Preparation.objects.filter(conference=conference, part=Part.PUPIL).values("by", "shared_at").first()
    return part, next((told for told in told_of(conference, person) if told.is_pupil), None)


def told_of(conference, person):
    return told_of_many([conference], person)[conference.pk]


def told_of_many(conferences, person):
    """{talk's key: [what others have shared with this person]}, the pupil before the homes. One query."""
    parts = (
        Preparation.objects.visible_to(person)
        .shared()
        .filter(conference__in=[conference.pk for conference in conferences])
        .exclude(part=Part.GUARDIAN, household=person.household_id, household__isnull=False)
        .defer("kept")
        .select_related("conference__pupil", "by")
        .order_by("-part", "pk")
    )
    found = {conference.pk: [] for conference in conferences}
    for part in parts:
        found[part.conference_id].append(_told(part))
    return found


def chosen(preparation, questions):
    return [
        Answer(name, str(questions[name]), getattr(preparation, name))
        for name in ANSWERS
        if name in preparation.shares and getattr(preparation, name)
    ]


def answers_written(preparation, questions):
    if preparation is None:
        return []
    texts = [(name, getattr(preparation, name)) for name in ANSWERS]
    return [Answer(name, str(questions[name]), text) for name, text in texts if text]


def talk_of(conference, person):
    return PupilTalk.objects.visible_to(person).filter(conference=conference).first()


def own_words_of(conference, person):
    words = PupilTalk.objects.visible_to(person).filter(conference=conference).values_list("own_words", flat=True)
    return words.first() or ""


def _told(part):
    is_pupil = part.part == Part.PUPIL
    name = part.conference.pupil.given_name if is_pupil else part.by.full_name
    return Told(
        who=name if is_pupil else _("Home: %(name)s") % {"name": name},
        is_pupil=is_pupil,
        home=part.household_id,
        answers=chosen(part, ALONE if is_pupil else TOGETHER),
    )
