"""What a survey has come to: how many are heard while it is open, and distributions when it is closed and enough have
answered. Nothing else about answers is ever read."""

from dataclasses import dataclass

from django.utils.translation import gettext

from portal.figures import SMALLEST
from portal.speech import capital
from portal.surveys.models import Answered, Survey
from portal.surveys.questions import in_this_language


@dataclass(frozen=True)
class Bar:
    """`value` is how many, `share` in whole percent of those who answered the question."""

    label: str
    value: int
    share: int
    card: str = ""


@dataclass(frozen=True)
class Distribution:
    """No bars where fewer than five have answered."""

    text: str
    said: int
    bars: list[Bar]

    @property
    def most(self):
        return max(self.bars, key=lambda bar: bar.value, default=None)


@dataclass(frozen=True)
class Standing:
    """How many of those asked have answered, and how many it takes."""

    asked: int
    answered: int
    needed: int

    @property
    def missing(self):
        return max(0, self.needed - self.answered)


def home_has_answered(survey: Survey, person):
    """For their own page alone: nobody else is told, and nothing that is sent depends on it."""
    return Answered.objects.filter(survey=survey, household=person.household_id, household__isnull=False).exists()


def standing_of(survey: Survey, asked):
    """`asked` are the keys of those asked today, as `close_survey` takes them."""
    answered = {home or person for home, person in survey.answered_by.values_list("household", "person")}
    count = len(answered | set(asked))
    return Standing(count, len(answered), survey.needed_of(count))


def results_of(survey: Survey):
    """A distribution for each question; none before it is closed, nor when too few have answered."""
    return [_distribution(question) for question in survey.questions.all()] if survey.is_shown else []


def _distribution(question):
    if question.said < SMALLEST:
        return Distribution(in_this_language(question.words), 0, [])
    bars = [
        Bar(
            in_this_language(option["text"]),
            count,
            round(100 * count / question.said),
            _card(option["card"], count, question.said) if option["card"] else "",
        )
        for option, count in zip(question.options, question.counts, strict=True)
    ]
    return Distribution(in_this_language(question.words), question.said, bars)


def _card(card, count, said):
    """Where fewer than five homes are the others, it says "most": with "9 of 10" somebody could ask who is the tenth."""
    others = said - count
    many = gettext("most") if 0 < others < SMALLEST else count
    return capital(in_this_language(card) % {"n": many, "all": said})


def lines_for_children(results):
    """What many do, in words that children read. What fewer than five homes have said is left out: nobody shall stand
    alone on the wall."""
    bars = [bar for result in results for bar in result.bars if bar.card and bar.value >= SMALLEST]
    return [bar.card for bar in sorted(bars, key=lambda bar: -bar.value)]
