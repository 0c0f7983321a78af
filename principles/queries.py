"""What the pages on principles read, each in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchVector
from django.db.models import Case, F, Prefetch, Q, TextField, Value, When
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.clauses import done_of
from portal.people.models import Enrolment, Municipality, Role, School
from portal.people.models.roles import LEADER_KINDS
from principles.models import COMMON, Clause, Principle, PrincipleSection, PrincipleVersion
from principles.moves import ENDS
from principles.wording import Run, runs

HIT, TIH = "\x02", "\x03"  # never part of a text, so what stands between them may be marked after escaping


def place_of(key):
    if key == COMMON:
        place = Municipality.objects.first()
    else:
        place = School.objects.select_related("municipality").filter(number=key).first()
    if place is None:
        raise Http404
    return place


def key_of(place):
    return place.number if isinstance(place, School) else COMMON


def address_of(place):
    return reverse("principles:principle_list", args=[key_of(place)])


def places_with_principles(person):
    seen = Principle.objects.visible_to(person)
    schools = School.objects.filter(pk__in=seen.filter(school__isnull=False).values("school"))
    return [*schools, *Municipality.objects.filter(pk__in=seen.filter(school=None).values("municipality"))]


def own_places(person, hat):
    if hat and hat.role:
        return [hat.school or hat.scope]
    places = Enrolment.objects.current().of_children_of(person)
    return list(School.objects.filter(pk__in=places.values("school_class__school")))


def language_of(place):
    return getattr(place, "language_form", PrincipleVersion.Language.BOKMAAL)


@dataclass(frozen=True)
class Row:
    principle: Principle
    version: PrincipleVersion
    standing: str
    is_overdue: bool
    newer: PrincipleVersion | None = None  # on its way, where this reader may see it


def principles_at(place, person, day=None):
    day = day or timezone.localdate()
    found = (
        Principle.objects.of(place)
        .visible_to(person)
        .select_related("school", "municipality")
        .prefetch_related(Prefetch("versions", PrincipleVersion.objects.visible_to(person), to_attr="seen"))
    )
    return [_row(principle, day) for principle in found]


def common_to(place, person, day=None):
    return principles_at(place.municipality, person, day) if isinstance(place, School) else []


def _row(principle, day):
    version = current_of(principle.seen, day)
    overdue = bool(principle.review_on and principle.review_on < day and not version.is_draft)
    newer = next((one for one in principle.seen if one.number > version.number and one.state not in ENDS), None)
    return Row(principle, version, version.standing(day), overdue, newer)


def current_of(versions, day=None):
    order = {"in_force": 0, "coming": 1, "replaced": 2, "draft": 3}
    return min(versions, key=lambda version: (order[version.standing(day)], -version.number), default=None)


@dataclass
class Part:
    section: PrincipleSection
    clauses: list[Clause]

    @property
    def kind(self):
        return self.section.kind


@dataclass
class Page:
    principle: Principle
    version: PrincipleVersion
    versions: list[PrincipleVersion]
    draft: PrincipleVersion = None
    parts: list[Part] = field(default_factory=list)
    changes: list["Change"] = field(default_factory=list)
    today: date = None

    @property
    def standing(self):
        return self.version.standing(self.today)

    @property
    def is_overdue(self):
        return bool(self.principle.review_on and self.principle.review_on < self.today)

    @property
    def current(self):
        current = current_of(self.versions, self.today)
        return current if current and current.pk != self.version.pk else None

    @property
    def before(self):
        return next((version for version in self.versions if version.number < self.version.number), None)

    @property
    def opening(self):
        return [part for part in self.parts if part.kind in ("purpose", "goals")]

    @property
    def parties(self):
        return [part for part in self.parts if part.kind in ("school", "parents", "pupil", "management")]

    @property
    def others(self):
        return [part for part in self.parts if part.kind == "other"]

    @property
    def ending(self):
        return [part for part in self.parts if part.kind in ("next_steps", "formal_frame")]


def read_page(principle, reader, number=None):
    """Of the version of that number, else of the one that applies; None where no such version is public. With each point
    of a version in force the places where this reader finds what is done of it."""
    seen = principle.versions.visible_to(reader).select_related("adoption").annotate(digest=F("printed__digest"))
    versions = [version for version in seen if version.state == PrincipleVersion.State.PUBLISHED]
    version = current_of(version for version in versions if number in (None, version.number))
    if version is None:
        return None
    page = Page(principle, version, versions, today=timezone.localdate())
    page.draft = next((one for one in seen if one.is_draft), None)
    parts = _parts_by_version([version, page.before] if page.before else [version])
    page.parts = parts[version.pk]
    page.changes = changes_between(page.before, version, parts) if page.before else []
    if page.standing == "in_force" and reader.is_authenticated:
        keys = dict(version.principle.lineages.values_list("number", "pk"))
        done = done_of(keys.values(), reader)
        for clause in (clause for part in page.parts for clause in part.clauses):
            clause.done = done.get(keys.get(clause.number), [])
    return page


def parts_of(version):
    return _parts_by_version([version])[version.pk]


def _parts_by_version(versions):
    """{key of a version: its parts}, in two queries."""
    found = defaultdict(list)
    for section in PrincipleSection.objects.filter(version__in=versions).prefetch_related("clauses"):
        found[section.version_id].append(Part(section, list(section.clauses.all())))
    return found


def named(place, slug):
    return Principle.objects.of(place).filter(slug=slug).first()


def newest_of(place, slug):
    return PrincipleVersion.objects.filter(principle__in=Principle.objects.of(place), principle__slug=slug).first()


def says_the_same(version, outline):
    """Whether the version holds exactly what was read, so that reading a file twice changes nothing."""
    said = [
        (part.kind, part.section.heading, part.section.lead, part.section.closing, [each.text for each in part.clauses])
        for part in parts_of(version)
    ]
    read = [(each.kind, each.heading, each.lead, each.closing, each.clauses) for each in outline.sections]
    return (version.title, version.introduction, said) == (outline.title, outline.introduction, read)


@dataclass(frozen=True)
class Change:
    kind: str
    label: str
    runs: list[Run]
    before: str
    after: str

    @property
    def left(self):
        return [run for run in self.runs if run.kind != "new"]

    @property
    def right(self):
        return [run for run in self.runs if run.kind != "gone"]


def changes_between(old, new, parts=None):
    """`parts` of both, by version, where they are read already."""
    parts = parts or _parts_by_version([old, new])
    return changes_among(texts_of(old, parts[old.pk]), texts_of(new, parts[new.pk]))


def changes_among(before, after):
    """Of two wordings as `texts_of` gives them."""
    found = []
    for key, (label, text) in after.items():
        was = before.get(key, ("", ""))[1]
        if was != text:
            found.append(Change("changed" if was else "new", label, runs(was, text), was, text))
    for key, (label, text) in before.items():
        if key not in after:
            found.append(Change("gone", label, runs(text, ""), text, ""))
    return found


def texts_of(version, parts):
    """{key: (label, text)}. Clauses are keyed by number; the texts around them by kind of section, since a copied
    section is a new row."""
    texts = {("title",): (_("Title"), version.title), ("introduction",): (_("Introduction"), version.introduction)}
    seen = {}
    for part in parts:
        section = part.section
        nth = seen[section.kind] = seen.get(section.kind, 0) + 1
        texts["heading", section.kind, nth] = (_("Heading"), section.heading)
        texts["lead", section.kind, nth] = (
            _("Above the points, %(heading)s") % {"heading": section.heading},
            section.lead,
        )
        for clause in part.clauses:
            texts["clause", clause.number] = (_("Point %(number)s") % {"number": clause.number}, clause.text)
        texts["closing", section.kind, nth] = (
            _("Below the points, %(heading)s") % {"heading": section.heading},
            section.closing,
        )
    return {key: (label, text) for key, (label, text) in texts.items() if text}


@dataclass(frozen=True)
class Hit:
    principle: Principle
    language: str
    label: str
    anchor: str
    pieces: list[tuple[str, bool]]


def _config(language):
    return Case(
        When(**{language: "da"}, then=Value("danish")),
        When(**{language: "en"}, then=Value("english")),
        default=Value("norwegian"),
        output_field=TextField(),
    )


def search(place, person, words, day=None):
    day = day or timezone.localdate()
    readable = (
        PrincipleVersion.objects.visible_to(person).in_force(day).filter(principle__in=Principle.objects.of(place))
    )
    return [
        *_hits(
            readable,
            "language",
            words,
            SearchVector("title", "introduction", config=_config("language")),
            "introduction",
            lambda version: (version.principle, version.language, _("Introduction"), ""),
        ),
        *_hits(
            PrincipleSection.objects.filter(version__in=readable).select_related("version"),
            "version__language",
            words,
            SearchVector("heading", "lead", "closing", config=_config("version__language")),
            "closing",
            lambda section: (section.version.principle, section.version.language, section.heading, section.anchor),
        ),
        *_hits(
            Clause.objects.filter(version__in=readable).select_related("version"),
            "version__language",
            words,
            SearchVector("text", config=_config("version__language")),
            "text",
            lambda clause: (
                clause.version.principle,
                clause.version.language,
                _("Point %(number)s") % {"number": clause.number},
                clause.anchor,
            ),
        ),
    ]


def _hits(rows, language, words, vector, shown, described):
    query = SearchQuery(words, config=_config(language), search_type="websearch")
    path = "principle" if language == "language" else "version__principle"
    found = rows.annotate(vector=vector).filter(vector=query).select_related(f"{path}__school", f"{path}__municipality")
    marked = SearchHeadline(shown, query, config=_config(language), start_sel=HIT, stop_sel=TIH, highlight_all=True)
    return [Hit(*described(row), _pieces(row.marked)) for row in found.annotate(marked=marked)]


def _pieces(marked):
    pieces = []
    for part in marked.split(HIT):
        hit, _end, rest = part.rpartition(TIH)
        if hit:
            pieces.append((hit, True))
        if rest:
            pieces.append((rest, False))
    return pieces


def reviews_due(hat, until):
    """Principles in force that the person in this role looks after, due for review on or before `until`. What all
    schools share is looked after by the municipality."""
    in_force = PrincipleVersion.objects.in_force().values("principle")
    return (
        Principle.objects.filter(looked_after_by(hat), pk__in=in_force)
        .due_for_review(until)
        .select_related("school", "municipality")
    )


def looked_after_by(hat):
    """Which principles the person in this role looks after. The leaders of a school look after what is left to a role that
    nobody has there."""
    officer = Principle.Owner.MUNICIPALITY_OFFICER
    if not hat.school:
        return Q(Q(school=None) | Q(owner_role=officer), municipality=hat.scope)
    if hat.kind not in LEADER_KINDS:
        return Q(school=hat.school, owner_role=hat.kind)
    filled = Role.objects.live().filter(school=hat.school).values("kind")
    left = ~Q(owner_role__in=filled) & ~Q(owner_role=officer)
    return Q(Q(owner_role=Principle.Owner.PRINCIPAL) | left, school=hat.school)
