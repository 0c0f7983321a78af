"""What the pages about doubtful pairs show: what agrees, what tells the two apart, and what a yes would do."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.people import protection
from portal.people.models import (
    AccessRestriction,
    Doubt,
    Enrolment,
    GuardianRelation,
    Person,
    Role,
    SchoolClass,
)
from portal.rosters.faces import face
from portal.rosters.judging import who_stays
from portal.rosters.rules import judgeable
from portal.speech import dated

SIGN_WORDS = {
    "name": gettext_lazy("the same name"),
    "close": gettext_lazy("nearly the same name"),
    "given": gettext_lazy("the same first name"),
    "born": gettext_lazy("the same date of birth"),
    "email": gettext_lazy("the same e-mail"),
    "phone": gettext_lazy("the same phone"),
    "number": gettext_lazy("the same national number"),
    "kin": gettext_lazy("the same family"),
    "class": gettext_lazy("the same class"),
    "key": gettext_lazy("the file says that one key has replaced the other"),
}
APART_WORDS = {
    "name": gettext_lazy("different names"),
    "born": gettext_lazy("different dates of birth"),
    "email": gettext_lazy("different e-mails"),
    "phone": gettext_lazy("different phones"),
    "kin": gettext_lazy("different families"),
    "class": gettext_lazy("different classes"),
}
SHOWN = 100


@dataclass(frozen=True)
class Side:
    """One of the two, reduced to name and date of birth where this reader may not see the person."""

    name: str
    words: list[str]
    url: str
    face: object

    @property
    def line(self):
        return f"{self.name} ({', '.join(self.words)})" if self.words else self.name


@dataclass(frozen=True)
class DoubtRow:
    """`waits` when one of them is a row of the file that was not imported; `in_file` when both are in the file."""

    doubt: Doubt
    here: Side
    other: Side
    waits: bool
    in_file: bool
    signs: list
    apart: list
    may_judge: bool


def doubts_of(person):
    return Doubt.objects.open().visible_to(person).count()


def doubts_page(viewer):
    doubts = Doubt.objects.open().visible_to(viewer).select_related("person", "other", "school", "roster")
    return doubt_rows(list(doubts[:SHOWN]), viewer)


def doubt_rows(doubts, viewer):
    sides, may = Sides(doubts, viewer), judgeable(viewer, doubts)
    return [_row(doubt, sides, doubt.pk in may) for doubt in doubts]


def _row(doubt, sides, may_judge):
    here, other = sides.of(doubt.person), sides.of(doubt.other) if doubt.other else sides.of_row(doubt)
    apart = _apart(here.face, other.face)
    signs = ({*doubt.signs} | here.face.signs(other.face)) - apart
    signs -= {"close", "given"} if "name" in signs else set()
    return DoubtRow(
        doubt=doubt,
        here=here,
        other=other,
        waits=doubt.other is None,
        in_file=doubt.other is not None and doubt.source_id != f"#{doubt.other_id}",
        signs=[word for sign, word in SIGN_WORDS.items() if sign in signs],
        apart=[word for sign, word in APART_WORDS.items() if sign in apart],
        may_judge=may_judge,
    )


def _apart(one, other):
    pairs = {sign: (getattr(one, sign), getattr(other, sign)) for sign in ("name", "email", "phone")}
    apart = {sign for sign, (mine, theirs) in pairs.items() if mine and theirs and mine != theirs}
    apart |= {"born"} if one.born_apart(other) else set()
    sets = {"kin": (one.kin, other.kin), "class": (one.classes, other.classes)}
    return apart | {sign for sign, (mine, theirs) in sets.items() if mine and theirs and not mine & theirs}


class Sides:
    """What the viewer may know of everybody in these pairs, in a constant number of queries."""

    def __init__(self, doubts, viewer):
        people = {pk for doubt in doubts for pk in (doubt.person_id, doubt.other_id) if pk}
        self.viewer, self.known = viewer, set(Person.objects.visible_to(viewer).values_list("pk", flat=True))
        linked = Person.objects.known_to(viewer).filter(pk__in=people)
        self.linked = set(linked.values_list("pk", flat=True))
        shy = protection.out_of_reach_of(viewer).filter(pk__in=people)
        self.shy = set(shy.values_list("pk", flat=True))
        self._read_rows(doubts)
        self._read_families(people & self.known)
        self._read_places(doubts, people & self.known)
        self.roles = defaultdict(list)
        roles = Role.objects.visible_to(viewer).exclude(state=Role.State.ENDED).filter(person__in=people & self.known)
        for role in roles.select_related("school", "school_class__school", "municipality"):
            self.roles[role.person_id].append(f"{role.get_kind_display()}, {role.scope}")

    def _read_rows(self, doubts):
        told = [(doubt.source, one["other"]) for doubt in doubts for one in doubt.row.get("relations", ())]
        named = Person.objects.filter(source__in={one[0] for one in told}, source_id__in={one[1] for one in told})
        self.keys = {(one.source, one.source_id): one for one in named}
        restricted = AccessRestriction.objects.against(self.viewer).values_list("pupil", flat=True)
        self.restricted = {*restricted}

    def _read_families(self, people):
        self.children, self.guardians = defaultdict(dict), defaultdict(set)
        relations = GuardianRelation.objects.exclude(state=GuardianRelation.State.ENDED).select_related("pupil")
        for relation in relations.filter(guardian__in=people).order_by("pupil__sort_name"):
            if relation.pupil_id in self.known:
                self.children[relation.guardian_id][relation.pupil_id] = relation.pupil
        of_pupils = GuardianRelation.objects.exclude(state=GuardianRelation.State.ENDED).filter(pupil__in=people)
        for pupil, guardian in of_pupils.values_list("pupil", "guardian"):
            if guardian in self.known:
                self.guardians[pupil].add(guardian)

    def _read_places(self, doubts, people):
        self.places = defaultdict(list)
        pupils = {pk for children in self.children.values() for pk in children}
        pupils |= people | {one.pk for one in self.keys.values() if one.pk in self.known}
        seen = SchoolClass.objects.visible_to(self.viewer)
        for place in (
            Enrolment.objects.open().filter(pupil__in=pupils, school_class__in=seen).select_related("school_class")
        ):
            self.places[place.pupil_id].append(place.school_class)
        wanted = {told["school_class"] for doubt in doubts for told in doubt.row.get("places", ())}
        self.classes = SchoolClass.objects.in_bulk(wanted)

    def of(self, person):
        seen = person.pk in self.known
        reached = seen and person.pk not in self.shy
        children, classes = self.children[person.pk], self.places[person.pk]
        words = [*map(str, classes), *(self._child(child) for child in children.values()), *self.roles[person.pk]]
        url = reverse("people:person_detail", args=[person.key]) if person.pk in self.linked else ""
        told = (person.email, person.phone) if reached else ("", "")
        kin = {*children} | self.guardians[person.pk]
        return _side((person.given_name, person.family_name), told, person.born_on, words, url, kin, classes)

    def of_row(self, doubt):
        """A row of the file, not imported. Contact details are hidden also for a family that is protected, or that the
        viewer must know nothing about."""
        row, born = doubt.row, doubt.row.get("born_on")
        family = [self.keys.get((doubt.source, one["other"])) for one in row.get("relations", ())]
        family = [(one, told["side"]) for one, told in zip(family, row.get("relations", ()), strict=True) if one]
        kin = {one.pk for one, _side in family if one.pk in self.known}
        children = [one for one, side in family if side == "guardian" and one.pk in self.known]
        closed = doubt.person_id in self.shy or any(one.pk in self.restricted for one, _side in family)
        places = row.get("places", ())
        classes = [self.classes[told["school_class"]] for told in places if told["school_class"] in self.classes]
        kinds = dict(Role.Kind.choices)
        roles = [str(kinds[told["kind"]]) for told in row.get("roles", ()) if told["kind"] in kinds]
        told = ("", "") if closed else (row["email"], row["phone"])
        names, words = (
            (row["given_name"], row["family_name"]),
            [*map(str, classes), *map(self._child, children), *roles],
        )
        return _side(names, told, born and date.fromisoformat(born), words, "", kin, classes)

    def _child(self, child):
        classes = ", ".join(map(str, self.places[child.pk]))
        names = {"child": child.full_name, "school_class": classes}
        return _("guardian of %(child)s, %(school_class)s") % names if classes else _("guardian of %(child)s") % names


def _side(names, contact, born_on, words, url, kin, classes):
    looks = face(*names, *contact, born_on, False, kin=set(kin), classes={one.pk for one in classes})
    born = [_("born %(day)s") % {"day": dated(born_on)}] if born_on else []
    return Side(name=" ".join(names).strip(), words=[*born, *words, *masked(*contact)], url=url, face=looks)


def masked(email, phone):
    """Enough of an address and a phone to tell two apart, too little to write or call."""
    name, _at, host = (email or "").partition("@")
    return [*([f"{name[:1]}…@{host}"] if host else []), *([f"…{phone[-3:]}"] if phone else [])]


def uniting(row):
    """(question, consequences, button)."""
    names = {"name": row.other.name, "here": row.here.name}
    return (
        _("Are %(here)s and %(name)s one person?") % names,
        [*(_taken_in(row, names) if row.waits else _united(row)), _no_way_back()],
        _("Yes, the same person"),
    )


def _taken_in(row, names):
    back = [_("The person comes back, with no rights until somebody has confirmed them.")]
    return [
        _("Here already: %(line)s") % {"line": row.here.line},
        _("In the file: %(line)s") % {"line": row.other.line},
        _("%(here)s stays, with sign-in, talks and restrictions, and has the name %(name)s and the key of the file.")
        % names,
        *([] if row.doubt.person.is_active else back),
        still_waits(),
    ]


def _united(row):
    stays, _goes = who_stays(row.doubt.person, row.doubt.other)
    stays, goes = (row.here, row.other) if stays == row.doubt.person else (row.other, row.here)
    return [
        _("This record stays: %(line)s") % {"line": stays.line},
        _("This record is closed, and nobody signs in with it any more: %(line)s") % {"line": goes.line},
        _("Children, guardians, classes, roles and restrictions of both belong to the record that stays."),
        _("Where the record that stays has no e-mail or phone, it gets those of the other."),
        _("What was written and answered with the record that is closed stays there."),
    ]


def _no_way_back():
    return _(
        "It cannot be undone, and undoing the import does not part the two again. If you are not sure, ask them first."
    )


def still_waits():
    return _("Guardians and roles from the file still wait to be confirmed.")


def judged(row, *, same):
    names = {"one": row.here.name, "other": row.other.name}
    if not same:
        said = _("%(one)s and %(other)s stay two persons.") % names
    elif names["one"] == names["other"]:
        said = _("The two records of %(one)s are one person now.") % names
    else:
        said = _("%(one)s and %(other)s are one person now.") % names
    return f"{said} {still_waits()}" if row.waits else said
