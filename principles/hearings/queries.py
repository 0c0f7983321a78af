"""What the pages of a hearing read, each in a fixed number of queries."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.figures import SMALLEST, in_fives
from principles.hearings.asked import Voices, contacts_at, guardians_at, staff_at
from principles.hearings.models import WRITTEN, Answer, Hearing, Theme
from principles.hearings.voices import Voice, council_of, voices_of
from principles.models import Clause
from principles.wording import runs

PER_PAGE = 20
Verdict = Answer.Verdict


@dataclass
class AskedPoint:
    """A point as it stands, and what this voice has said of it."""

    number: int
    text: str
    heading: str
    other: str = ""
    may_answer: bool = False
    asked: list[str] = field(default_factory=list)
    answer: Answer | None = None
    begins: bool = False  # a section
    is_struck: bool = False

    @property
    def anchor(self):
        return f"clause-{self.number}"

    @property
    def choices(self):
        """(what is sent, what the button says, its sign)"""
        if self.other:
            wordings = [("A", _("Wording A"), "Checkmark"), ("B", _("Wording B"), "Checkmark")]
            neither = ("change", _("Neither"), "PencilWriting")
            return [*wordings, ("unsure", Verdict.UNSURE.label, "QuestionmarkCircle"), neither]
        signs = ("Checkmark", "QuestionmarkCircle", "PencilWriting")
        return [(one.value, one.label, sign) for one, sign in zip(Verdict, signs, strict=True)]

    @property
    def chosen(self):
        return self.answer and (self.answer.choice or self.answer.verdict)

    @property
    def reworded(self):
        """What has become of the words since they were answered."""
        if self.answer and self.answer.words != self.text:
            return runs(self.answer.words, self.text)
        return []


@dataclass
class HearingPage:
    hearing: Hearing
    voices: list[Voice]
    voice: Voice | None
    points: list[AskedPoint]
    struck: list[Answer]
    may_answer: bool
    page: object = None
    families: int | None = None

    @property
    def asks_families(self):
        """A class contact has not said yet how many were asked."""
        return bool(self.voice and self.voice.school_class) and self.families is None

    @property
    def total(self):
        return sum(point.may_answer for point in self.points)

    @property
    def done(self):
        return sum(bool(point.answer) for point in self.points if point.may_answer)

    @property
    def percent(self):
        return round(100 * self.done / self.total) if self.total else 0

    def point(self, number):
        return next((point for point in self.points if point.number == number), None)

    def struck_point(self, number, words):
        """What is not in the text any more, with the words that were read."""
        own = next((one for one in self.struck if one.lineage.number == number), None)
        return AskedPoint(number, own.words if own else words, own.stood if own else "", answer=own, is_struck=True)

    def address_of(self, number):
        place = next((at for at, point in enumerate(self.points) if point.number == number), 0)
        chosen = f"&as={self.voice.word}" if self.voice else ""
        shown = reverse("principles:hearing_show", args=[self.hearing.pk])
        return f"{shown}?page={place // PER_PAGE + 1}{chosen}#clause-{number}"


def hearing_page(hearing, person, wanted="", page=None):
    """`wanted` names the voice; without it the first that the person has."""
    voices = voices_of(person, hearing)
    voice = next((one for one in voices if one.word == wanted), voices[0] if voices else None)
    asked = {part.section_id: part.voices for part in hearing.parts.all()}
    own = _own(hearing, voice)
    points, before = [], None
    for clause in _clauses_of(hearing):
        kinds = asked.get(clause.section_id, [])
        points.append(
            AskedPoint(
                number=clause.number,
                text=clause.text,
                heading=clause.section.heading,
                other=clause.other or "",
                may_answer=bool(voice) and voice.kind in kinds,
                asked=[kind.label for kind in Voices if kind in kinds],
                answer=own.pop(clause.number, None),
                begins=clause.section_id != before,
            )
        )
        before = clause.section_id
    return HearingPage(
        hearing=hearing,
        voices=voices,
        voice=voice,
        points=points,
        struck=list(own.values()),
        may_answer=bool(voice) and hearing.takes_answers,
        page=Paginator(points, PER_PAGE).get_page(page),
        families=_families(voice, hearing),
    )


def _own(hearing, voice):
    if voice is None:
        return {}
    return {one.lineage.number: one for one in hearing.answers.of(voice).select_related("lineage")}


def _families(voice, hearing):
    """What the class contact has said before, so that it is said once."""
    if voice is None or not voice.school_class:
        return None
    return hearing.answers.of(voice).order_by("-pk").values_list("families", flat=True).first()


@dataclass(frozen=True)
class Heard:
    """How many of those asked have answered. Fewer than five are not told apart."""

    label: str
    answered: int
    asked: int

    @property
    def is_few(self):
        return 0 < self.answered < SMALLEST

    @property
    def is_one(self):
        return self.asked == 1

    @property
    def of_one(self):
        return _("has answered") if self.answered else _("has not answered")


def counts_of(hearing, answers=None):
    """`answers` as `_counted_answers` has counted them, where it has."""
    asked = {voice for part in hearing.parts.all() for voice in part.voices}
    answers = answers or _counted_answers(hearing)
    if hearing.closed_at:
        answers[Voices.HOME] = hearing.homes_answered
        if hearing.answers.filter(forgotten=True).exists():
            asked -= {Voices.STAFF}  # whose answers those were is not known any more
    school = hearing.school
    whole = {
        Voices.HOME: lambda: hearing.homes_asked or guardians_at(school).homes().distinct().count(),
        Voices.STAFF: lambda: staff_at(school).order_by().values("person").distinct().count(),
        Voices.COUNCIL: lambda: 1,
        Voices.CLASS: lambda: contacts_at(school).order_by().values("school_class").distinct().count(),
    }
    return [Heard(voice.label, answers[voice], whole[voice]()) for voice in Voices if voice in asked]


def _counted_answers(hearing):
    """By voice; and those with words under no theme."""
    return hearing.answers.aggregate(
        loose=Count("pk", filter=WRITTEN & Q(theme=None)),
        home=Count("household", distinct=True, filter=Q(voice=Voices.HOME)),
        staff=Count("by", distinct=True, filter=Q(voice=Voices.STAFF)),
        council=Count("hearing", distinct=True, filter=Q(voice=Voices.COUNCIL)),
        **{"class": Count("school_class", distinct=True, filter=Q(voice=Voices.CLASS))},
    )


@dataclass
class Arranged:
    hearing: Hearing
    counts: list[Heard]
    points: list[AskedPoint]
    themes: list[Theme] = field(default_factory=list)
    loose: int = 0
    named: int | None = None  # to the pupil council, which answers as one; none where it is not asked

    @property
    def unanswered(self):
        return [theme for theme in self.themes if not theme.is_replied]

    @property
    def may_close(self):
        return self.hearing.is_answered and not self.loose and not self.unanswered


def arranged(hearing):
    answers = _counted_answers(hearing)
    page = Arranged(hearing, counts_of(hearing, answers), _plain_points(hearing))
    if any(Voices.COUNCIL in part.voices for part in hearing.parts.all()):
        page.named = council_of(hearing).count()
    if not hearing.is_coming and not hearing.takes_answers:
        page.themes = list(hearing.themes.annotate(now=Count("answers")))
        page.loose = answers["loose"]
    return page


def _plain_points(hearing):
    clauses = _clauses_of(hearing)
    return [AskedPoint(one.number, one.text, one.section.heading, other=one.other or "") for one in clauses]


def _clauses_of(hearing):
    """Each with its wording B, or None."""
    other = hearing.alternatives.filter(lineage__number=OuterRef("number")).values("text")
    return hearing.version.clauses.select_related("section").annotate(other=Subquery(other))


ALL, LOOSE = "all", "none"


def answers_shown(hearing, under, page):
    """Those with words, a page of them, each beside what the point says now."""
    rows = hearing.answers.written().select_related("lineage", "school_class", "theme")
    if under == LOOSE:
        rows = rows.filter(theme=None)
    elif under != ALL:
        rows = rows.filter(theme=under)
    shown = Paginator(rows, PER_PAGE).get_page(page)
    compare(shown.object_list, hearing)
    return shown


def compare(answers, hearing):
    """Give each answer what has become of its words: `fate` (same, changed, moved or struck), `since` and `suggested`."""
    version = hearing.version
    newer = version.principle.versions.published().filter(number__gt=version.number).values("pk")[:1]
    clauses = Clause.objects.filter(version=Coalesce(Subquery(newer), version.pk)).select_related("section")
    now = {clause.number: clause for clause in clauses}
    for answer in answers:
        clause = now.get(answer.lineage.number)
        answer.fate, answer.since = _fate(answer, clause)
        answer.suggested = runs(answer.words, answer.suggestion) if answer.suggestion else []
        answer.now_under = clause.section.heading if clause else ""


def _fate(answer, clause: Clause | None):
    if clause is None:
        return "struck", []
    if clause.text != answer.words:
        return "changed", runs(answer.words, clause.text)
    return ("same" if clause.section.heading == answer.stood else "moved"), []


@dataclass(frozen=True)
class Tally:
    """Of one point. Shares are of numbers in fives, so that what one has answered is not to be told from them."""

    number: int
    fine: int
    unsure: int
    change: int
    a: int
    b: int

    @property
    def total(self):
        return self.fine + self.unsure + self.change

    @property
    def is_shown(self):
        return self.total >= SMALLEST

    def percent(self, part):
        total = in_fives(self.total)
        return min(100, round(100 * in_fives(part) / total)) if total else 0

    @property
    def share(self):
        return self.percent(self.fine)

    @property
    def second(self):
        return self.percent(self.fine + self.unsure)

    @property
    def between(self):
        """Where there were two wordings."""
        if not (self.a or self.b):
            return ""
        return _("A: %(a)s per cent, B: %(b)s") % {"a": self.percent(self.a), "b": self.percent(self.b)}

    @property
    def label(self):
        said = {
            "fine": self.share,
            "unsure": self.percent(self.unsure),
            "change": self.percent(self.change),
        }
        return _("%(fine)s per cent fine, %(unsure)s unsure, %(change)s should be changed") % said


def tallies_of(hearing):
    counted = (
        hearing.answers.order_by()
        .values("lineage__number")
        .annotate(
            fine=Count("pk", filter=Q(verdict=Verdict.FINE)),
            unsure=Count("pk", filter=Q(verdict=Verdict.UNSURE)),
            change=Count("pk", filter=Q(verdict=Verdict.CHANGE)),
            a=Count("pk", filter=Q(choice="A")),
            b=Count("pk", filter=Q(choice="B")),
        )
        .order_by("lineage__number")
    )
    return [Tally(number=row.pop("lineage__number"), **row) for row in counted]


@dataclass
class HearingResult:
    hearing: Hearing
    themes: list[Theme]
    tallies: list[Tally]
    written: int
    own: Page
    answered: int | None  # homes, in fives; none where they are fewer
    asked: int | None

    @property
    def taken(self):
        return sum(theme.outcome != Theme.Outcome.NOT for theme in self.themes)

    @property
    def shown(self):
        return [tally for tally in self.tallies if tally.is_shown]

    @property
    def has_few(self):
        return len(self.shown) < len(self.tallies)


def result_of(hearing, person, page=None):
    own = []
    for voice in voices_of(person, hearing) if person.is_authenticated else ():
        own += hearing.answers.of(voice).select_related("lineage", "theme")
    shown = Paginator(own, PER_PAGE).get_page(page)
    if own:
        compare(shown.object_list, hearing)
    themes = list(hearing.themes.all())
    for theme in themes:
        theme.shown = _counted(theme.heard)
    written = sum(theme.heard or 0 for theme in themes)
    return HearingResult(
        hearing=hearing,
        themes=themes,
        tallies=tallies_of(hearing),
        written=written,
        own=shown,
        answered=_counted(hearing.homes_answered),
        asked=_counted(hearing.homes_asked),
    )


def _counted(number):
    return in_fives(number) if number and number >= SMALLEST else None


def hearings_at(school, person):
    """The public register: what is open, and what was replied to. What is coming is nobody's yet. One that the reader is
    not asked in has no link."""
    rows = list(Hearing.objects.opened().filter(school=school).select_related("version", "school"))
    seen = set(Hearing.objects.visible_to(person).filter(school=school).values_list("pk", flat=True))
    for row in rows:
        row.is_linked = row.pk in seen or not person.is_authenticated
    return [row for row in rows if not row.closed_at], [row for row in rows if row.closed_at]
