"""Who in the file is who here: by key, by a key that the file says they had before, else by what tells people apart.

A sure pair keeps its person, with everything that hangs on it. A doubtful one is set aside until somebody has judged it.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from django.utils import timezone

from portal.people import protection
from portal.people.models import Doubt, Person, PersonKey
from portal.rosters.faces import Faces, face, last_digits, plain_email
from portal.rosters.staging import ask


@dataclass
class Match:
    known: dict = field(default_factory=dict)  # key in the file, or here -> id
    moved: dict = field(default_factory=dict)  # id -> (source, key) that the person has from now on
    aside: dict = field(default_factory=dict)  # key in the file -> (id, signs)
    pairs: list = field(default_factory=list)  # (key or id, key or id, signs): two records of maybe one person
    strange: int = 0  # rows that were found here under another key
    familiar: int = 0


class Matching:
    def __init__(self, roster, scope, outside):
        self.roster, self.scope, self.outside = roster, scope, outside
        self.today = timezone.localdate()
        self.source, self.match = roster.source, Match()
        self.strangers, self.rows, self.owners = [], {}, {}

    def find(self):
        self._read_here()
        self._by_key()
        if self.strangers:
            self._by_face()
        self._twice_in_the_file()
        return self.match

    def _read_here(self):
        pupils = {pk for (pk,) in ask("SELECT DISTINCT pupil_id FROM people_enrolment")}
        pupils |= {pk for (pk,) in ask("SELECT DISTINCT pupil_id FROM people_guardianrelation")}
        self.there = {
            pk: row
            for pk, *row in ask(
                """SELECT id, source, source_id, given_name, family_name, email, phone, born_on, is_active
                   FROM people_person WHERE NOT is_portal"""
            )
        }
        self.here = Faces(self.there, pupils)
        self.grown = {pk for (pk,) in ask("SELECT guardian_id FROM people_guardianrelation WHERE state <> 'ended'")}
        self.in_class = {pk for (pk,) in ask("SELECT pupil_id FROM people_enrolment WHERE valid_to >= %s", self.today)}
        self.keys = {row[1]: pk for pk, row in self.there.items() if row[0] == self.source and row[1]}
        further = PersonKey.objects.filter(source=self.source).values_list("source_id", "person")
        self.further = {key: pk for key, pk in further if key not in self.keys}
        answered = Doubt.objects.filter(source=self.source, answer=Doubt.Answer.OTHER)
        self.told_apart = set(answered.values_list("source_id", "person"))

    def _row(self, key):
        row = self.roster.persons[key]
        pupil = key in self.roster.pupils
        return face(
            row.given_name, row.family_name, row.email, row.phone, row.born_on, pupil, key=key, number=row.number
        )

    # By key

    def _by_key(self):
        """Rows whose key is known and whose name does not speak against it; the others are strangers."""
        for key, row in self.roster.persons.items():
            pk = self._owner(key)
            if pk is None:
                self.strangers.append(key)
            elif self._flipped(key, pk) or (
                tuple(self.there[pk][2:4]) != row[1:3] and self._reused(self._row(key), pk)
            ):
                self.owners[key] = pk
                self.strangers.append(key)
            elif (key, pk) in self.told_apart:
                self.strangers.append(key)
            else:
                self.match.known[key] = pk
                self.match.familiar += 1
                self._move_to(key, pk)
        if not self.roster.full:
            strangers = set(self.strangers)
            for key, pk in chain(self.further.items(), self.keys.items()):
                if key not in strangers:
                    self.match.known.setdefault(key, pk)

    def _flipped(self, key, pk):
        """Whether the key was a child's and is now a grown-up's, or the other way round."""
        if key in self.roster.pupils:
            return pk in self.grown and pk not in self.here.pupils
        return pk in self.in_class and key in self.roster.guardians

    def _owner(self, key):
        if found := self.keys.get(key) or self.further.get(key):
            return found
        olds = [old for old in self.roster.old_keys.get(key, ()) if old not in self.roster.persons]
        return next((found for one in olds if (found := self.keys.get(one) or self.further.get(one))), None)

    def _move_to(self, key, pk):
        """A key that the file calls new is the person's from now on. Where both are here already, they may be one."""
        if key not in self.keys and key not in self.further:
            self.match.moved[pk] = (self.source, key)
        for old in self.roster.old_keys.get(key, ()):
            twin = self.keys.get(old)
            if key in self.keys and twin and twin != pk:
                self.match.pairs.append((pk, twin, {"key"}))

    def _reused(self, row, pk):
        """Whether a key that is known now stands beside somebody else's name."""
        found = self.here[pk]
        if row.name == found.name:
            return False
        if row.given & found.given and (row.short[1] == found.short[1] or not row.born_apart(found)):
            return False
        if not row.signs(found) & {"born", "email", "phone"}:
            return True
        return row.born_apart(found) or self._names[row.name] - {pk} != set()

    @cached_property
    def _names(self):
        """Who of this system has which name here."""
        names = defaultdict(set)
        for pk in self.keys.values():
            names[self.here[pk].name].add(pk)
        return names

    # By what tells people apart

    def _by_face(self):
        taken = {self.match.known[key] for key in self.roster.persons if key in self.match.known}
        taken |= {pk for key in self.roster.aside if (pk := self._owner(key))}  # in a row that was not understood
        watched = {pk for pk in self._marked() if pk in self.there} - self.outside
        free = self.there.keys() - taken - self.outside
        if pool := free | watched:
            self._pair(free, pool)
        self._give_keys_up()

    def _pair(self, free, pool):
        self.rows = {key: self._row(key) for key in self.strangers}
        self._ties(pool)
        index = self._index(pool)
        sure = self._sure(free, index)
        for key, pk in sure.items():
            self.match.known[key] = pk
            self.match.moved[pk] = (self.source, key)
            self.match.strange += 1
            del self.rows[key]
        left = pool - set(sure.values())
        for key, row in self.rows.items():
            self._set_aside(key, row, left, index)

    def _marked(self):
        """Who is shut out from a pupil, from whom somebody is shut out, whom somebody has turned down, and whose
        address is protected."""
        blocked = ask("SELECT guardian_id, pupil_id FROM people_accessrestriction WHERE lift_confirmed_by_id IS NULL")
        down = ask("SELECT guardian_id FROM people_guardianrelation WHERE state = 'ended' AND source_id <> ''")
        marked = set(chain.from_iterable(blocked + down)) | protection.all_marked(self.today)
        for pk in marked:
            self.here[pk].marked = True
        return marked

    def _ties(self, pool):
        """Families, classes and duties, in the file and here, for telling people apart."""
        rows, relations = self.rows, self.roster.relations.values()
        named = {key for pair in relations for key in pair[:2]} & self.roster.persons.keys()
        names = {key: rows[key].name if key in rows else self._row(key).name for key in named}
        for pair in relations:
            self._tie(rows, pair.guardian, pair.pupil, lambda key: names.get(key) or self._name_here(key))
        for place in self.roster.places.values():
            if place.person in rows and place.school_class in self.scope.classes:
                rows[place.person].classes |= {self.scope.classes[place.school_class].pk}
        for duty in self.roster.duties.values():
            if duty.person in rows:
                rows[duty.person].works = True
        faces = {pk: self.here[pk] for pk in pool}
        for guardian, pupil in ask(
            """SELECT guardian_id, pupil_id FROM people_guardianrelation UNION
               SELECT guardian_id, pupil_id FROM people_accessrestriction WHERE lift_confirmed_by_id IS NULL"""
        ):
            self._tie(faces, guardian, pupil, lambda pk: self.here[pk].name)
        for pk, school_class in ask("SELECT pupil_id, school_class_id FROM people_enrolment"):
            if pk in faces:
                faces[pk].classes |= {school_class}
        for (pk,) in ask("SELECT DISTINCT person_id FROM people_role WHERE state <> 'ended'"):
            if pk in faces:
                faces[pk].works = True
        self._read_numbers(faces)

    def _read_numbers(self, faces):
        if any(row.number for row in self.rows.values()):
            field = Person._meta.get_field("national_number")
            for pk, number in ask("SELECT id, national_number FROM people_person WHERE national_number <> ''"):
                if pk in faces:
                    faces[pk].number = field.from_db_value(number, None, None)

    def _name_here(self, key):
        pk = self.keys.get(key) or self.further.get(key)
        return self.here[pk].name if pk else None

    @staticmethod
    def _tie(faces, guardian, pupil, name_of):
        for one, other in ((guardian, pupil), (pupil, guardian)):
            if one in faces and (name := name_of(other)):
                faces[one].kin |= {name}

    def _index(self, pool):
        index = defaultdict(set)
        for pk in pool:
            for mark in self._marks(self.here[pk]):
                index[mark].add(pk)
        return index

    @staticmethod
    def _marks(found):
        """Where two who may be one would meet. Of kin and birth dates alone only pupils make a pair."""
        yield found.name
        yield found.short
        yield from (mark for mark in (found.email, found.phone, found.number) if mark)
        if found.is_pupil:
            yield from (("kin", name) for name in found.kin)
            if found.born_on:
                yield from (("born", found.born_on, word) for word in found.given)

    def _near(self, row, pool, index):
        """(id, signs) of everybody who may be meant."""
        met = set().union(*(index[mark] for mark in self._marks(row) if mark in index))
        for pk in sorted(met & pool):
            found = self.here[pk]
            if found.is_pupil == row.is_pupil and not row.born_apart(found) and (row.key, pk) not in self.told_apart:
                yield pk, row.signs(found)

    def _sure(self, free, index):
        """{key: id} of pairs that nothing speaks against, and that no other pair competes with."""
        wanted, wishes = self._same_key(free), defaultdict(set)
        certain, left = dict(wanted), free - set(wanted.values())
        for key, row in self.rows.items():
            if key in certain:
                continue
            found = [pk for pk, signs in self._near(row, left, index) if self._is_sure(row, self.here[pk], signs)]
            if len(found) == 1:
                wanted[key] = found[0]
            for pk in found:
                wishes[pk].add(key)
        return {key: pk for key, pk in wanted.items() if key in certain or len(wishes[pk]) == 1}

    def _same_key(self, free):
        """People of one name whom another system has under the very same key: only the system's own name changed."""
        elsewhere = defaultdict(list)
        for pk in free:
            source, key = self.there[pk][:2]
            if source and source != self.source and key in self.rows:
                elsewhere[key].append(pk)
        return {
            key: pks[0]
            for key, pks in elsewhere.items()
            if len(pks) == 1 and self._is_namesake(self.rows[key], self.here[pks[0]])
        }

    def _is_namesake(self, row, found):
        alike = row.name == found.name and row.is_pupil == found.is_pupil and not row.born_apart(found)
        apart = row.at_odds(found) or row.key in self.owners or (row.key, found.pk) in self.told_apart
        return alike and not apart and not self._still_here(found)

    def _is_sure(self, row, found, signs):
        """Never for whoever came by hand or is still here beside a partial file. Of keys that stand beside other names
        now only those are sure that have changed places among themselves."""
        if not found.source or self._still_here(found):
            return False
        if row.key in self.owners:
            swapped = found.key in self.owners and found.source == self.source
            return swapped and row.name == found.name and not row.at_odds(found)
        return row.is_sure(found, signs)

    def _still_here(self, found):
        if self.roster.full or not self.there[found.pk][-1] or found.key in self.owners:
            return False
        return not (found.source == self.source and found.key in self.roster.gone)

    def _set_aside(self, key, row, pool, index):
        """The row is set aside beside whoever resembles it most; a key with another name, beside whoever had it."""
        near = [
            (len(signs), -pk, signs)
            for pk, signs in self._near(row, pool, index)
            if row.is_doubted(signs, still_here=self._still_here(self.here[pk]))
        ]
        owner = self.owners.get(key)
        if owner in pool and not near:
            near = [(0, -owner, row.signs(self.here[owner]))]
        if near:
            _count, pk, signs = max(near, key=lambda one: one[:2])
            self.match.aside[key] = (-pk, signs)
            self.match.strange += 1

    def _give_keys_up(self):
        """A key that now is somebody else's leaves whoever had it, unless a person must judge first."""
        for key, owner in self.owners.items():
            if key not in self.match.aside and self.keys.get(key) == owner:
                self.match.moved.setdefault(owner, (self.source, ""))

    # Twice in one file

    def _twice_in_the_file(self):
        """People with one name under two keys, who share the address or phone, the child, the guardian, or, as pupils,
        the date of birth."""
        reached = shared(self._reached())
        named = (((sign, self._row(key).name, text), key) for (sign, text), keys in reached.items() for key in keys)
        pairs = {}
        for (sign, *_rest), keys in shared(chain(self._born(), named, self._kin())).items():
            first, *others = sorted(keys, key=lambda key: (self.roster.persons[key].row, key))
            for other in others:
                if self.match.known.get(first, first) != self.match.known.get(other, other):
                    pairs.setdefault(other, (first, sign))
        self.match.pairs += [(first, other, {"name", sign}) for other, (first, sign) in pairs.items()]

    def _reached(self):
        for key, row in self.roster.persons.items():
            if key not in self.roster.pupils and key not in self.match.aside:
                if row.email:
                    yield ("email", plain_email(row.email)), key
                if phone := last_digits(row.phone):
                    yield ("phone", phone), key

    def _born(self):
        for key in self.roster.pupils:
            row = self.roster.persons.get(key)
            if row and row.born_on and key not in self.match.aside:
                yield ("born", self._called[key], row.born_on), key

    def _kin(self):
        for pair in self.roster.relations.values():
            for key, other in ((pair.guardian, pair.pupil), (pair.pupil, pair.guardian)):
                if key in self.roster.persons and key not in self.match.aside:
                    yield ("kin", self._called[key], other), key

    @cached_property
    def _called(self):
        return {key: f"{row.given_name} {row.family_name}".casefold() for key, row in self.roster.persons.items()}


def shared(marked):
    """{mark: keys} of the marks that two or more have, out of (mark, key) pairs. One set for each would be most of the
    memory that an import takes."""
    first, found = {}, {}
    for mark, key in marked:
        one = first.setdefault(mark, key)
        if one != key:
            found.setdefault(mark, {one}).add(key)
    return found
