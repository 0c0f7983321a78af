"""What the CSV readers share: keys, names, dates and classes, with their problems written down."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.people.models import Role
from portal.people.rosters import values
from portal.people.rosters.records import ClassRow, DutyRow, PersonRow, PlaceRow, RelationRow
from portal.text import one_line

LONGEST_NAME = 120
PARENTS = {"guardian", "parent", "relative"}
OFFICES = ("siteadministrator", "officestaff", "schooladministrator")
LEADING = {"principal": Role.Kind.PRINCIPAL.value, **dict.fromkeys(OFFICES, Role.Kind.OFFICE.value)}


class Gathering:
    """A roster being filled from tables. Each method takes one row's values and keeps, warns or counts an error."""

    def __init__(self, roster):
        self.roster, self.notes = roster, roster.notes
        self.role_words = {}  # person -> the words of their roles
        self.removed = set()

    def person(self, file, row, key, given, family, address="", phone="", number="", language=""):
        if not key or len(key) > values.LONGEST_KEY or not key.isprintable():
            self.notes.error(file, row, _("The person has no key, or one that is too long."))
            return
        given, family = one_line(given).strip(), one_line(family).strip()
        if key in self.roster.persons:
            if self.roster.persons[key][1:3] != (given, family):
                self.notes.error(file, row, _("Two persons have the same key."))
            else:
                self.notes.warn(file, row, _("The person is there twice. The first row was read."))
            return
        if not (given or family) or len(given) > LONGEST_NAME or len(family) > LONGEST_NAME:
            self.notes.error(file, row, _("The person has no name, or one that is too long."))
            return
        good_address, good_phone = address and values.email(address), phone and values.phone(phone)
        if address and not good_address:
            self.notes.warn(file, row, _("The e-mail address cannot be used, and was left out."))
        if phone and not good_phone:
            self.notes.warn(file, row, _("The phone number cannot be used, and was left out."))
        self.roster.persons[key] = PersonRow(
            key,
            given or family,
            family if given else "",
            good_address,
            good_phone,
            None,
            number and values.national_number(number),
            language,
            row,
        )

    def births(self, file, rows):
        """Birth dates for persons: (row, person, text) each."""
        rows = list(rows)
        dates, today = values.Dates(text for _row, _key, text in rows), timezone.localdate()
        for row, key, text in rows:
            person = self.roster.persons.get(key)
            if person is None:
                if key not in self.removed:
                    self.notes.warn(file, row, _("The row is about a person who is not in the file of persons."))
                continue
            born_on = self.date(file, row, text, dates)
            if born_on and not date(1900, 1, 1) <= born_on <= today:
                self.notes.error(file, row, _("%(date)s cannot be a date of birth.") % {"date": born_on})
            elif born_on:
                self.roster.persons[key] = person._replace(born_on=born_on)

    def date(self, file, row, text, dates):
        try:
            return dates.read(text)
        except values.Ambiguous:
            words = _("The date %(text)s can be read in two ways. Write it as year-month-day, like 2017-05-31.")
        except ValueError:
            words = _("%(text)s is not a date. Write it as year-month-day, like 2017-05-31.")
        self.notes.error(file, row, words % {"text": text[:30]})
        return None

    def school_class(self, file, row, key, name, school, starts_on, grade_codes):
        if not key or len(key) > values.LONGEST_KEY or not key.isprintable():
            self.notes.error(file, row, _("The class has no key, or one that is too long."))
        elif school not in self.roster.schools:
            self.notes.warn(file, row, _("The class belongs to a school that is not in the file, and was left out."))
        elif key in self.roster.classes:
            self.notes.warn(file, row, _("The class is there twice. The first row was read."))
        else:
            name = one_line(name or key)[:80]
            grades = values.grades(grade_codes, name)
            self.roster.classes[key] = ClassRow(key, school, name, starts_on or this_year(), grades)

    def place(self, file, row, person, school_class, begins, ends):
        if self._known(file, row, person, school_class):
            begins, ends = self._in_order(file, row, begins, ends)
            self.roster.place(PlaceRow(person, school_class, begins, ends))

    def teaching(self, file, row, person, school_class, begins, ends, contact=False):
        if self._known(file, row, person, school_class):
            begins, ends = self._in_order(file, row, begins, ends)
            kind = Role.Kind.CONTACT_TEACHER if contact else Role.Kind.SUBJECT_TEACHER
            self.roster.duty(DutyRow(person, kind.value, "", school_class, begins, ends))

    def role(self, file, row, person, word, school, begins=None, ends=None):
        """A role at a school: who is a pupil, a guardian or staff; a principal and an office are proposed."""
        if not self._person_known(person):
            if person not in self.removed:
                self.notes.warn(file, row, _("The row is about a person who is not in the file of persons."))
            return
        word = word.lower().replace(" ", "")
        self.role_words.setdefault(person, set()).add(word)
        if word in ("student", "learner"):
            self.roster.pupils.add(person)
        elif word in PARENTS:
            self.roster.guardians.add(person)
        elif word:
            self.roster.staff.add(person)
        kind = LEADING.get(word)
        if kind and (school in self.roster.schools or self._elsewhere(school)):
            begins, ends = self._in_order(file, row, begins, ends)
            self.roster.duty(DutyRow(person, kind, school, "", begins, ends))

    def relate(self, file, row, one, other, word=""):
        """Two persons who are agents of each other, in either direction."""
        if not (self._person_known(one) and self._person_known(other)):
            if not {one, other} & self.removed:
                self.notes.warn(file, row, _("The row names a person who is not in the file of persons."))
            return
        pair = self._pupil_and_guardian(one, other)
        if pair is None:
            self.notes.warn(
                file, row, _("The two persons are not a pupil and a parent or guardian. No relation was proposed.")
            )
            return
        pupil, guardian = pair
        if guardian in self.roster.staff - self.roster.guardians:
            name = " ".join(self.roster.persons[guardian][1:3]).strip() if guardian in self.roster.persons else guardian
            text = _("%(name)s works at the school, and is proposed as guardian of a pupil too.")
            self.notes.warn(file, row, text % {"name": name})
        words = {word.lower()} if word else self.role_words.get(guardian, set())
        kind = "relative" if words and words <= {"relative"} else "guardian"
        self.roster.relate(RelationRow(guardian, pupil, kind))

    def _pupil_and_guardian(self, one, other):
        """(pupil, guardian) when exactly one is a pupil and the other is a parent, guardian or relative."""
        pupils, adults = self.roster.pupils, self.roster.guardians | self.roster.staff
        if (one in pupils) == (other in pupils):
            return self._partly_known(one, other)
        pupil, guardian = (one, other) if one in pupils else (other, one)
        return (pupil, guardian) if guardian in adults or self._elsewhere(guardian) else None

    def _partly_known(self, one, other):
        """(pupil, guardian) when the grown one is in a partial file and the pupil is here and not in it."""
        adults = (self.roster.guardians | self.roster.staff) - self.roster.pupils
        pairs = [(pupil, guardian) for pupil, guardian in ((one, other), (other, one)) if guardian in adults]
        return pairs[0] if len(pairs) == 1 and self._elsewhere(pairs[0][0]) else None

    def _elsewhere(self, key):
        """Whether a partial file may point at something that is here and not in it. Loading finds out."""
        return not self.roster.full and bool(key) and key not in self.removed and key not in self.roster.persons

    def _person_known(self, key):
        return key in self.roster.persons or self._elsewhere(key)

    def _known(self, file, row, person, school_class):
        if not self._person_known(person):
            if person not in self.removed:
                self.notes.warn(file, row, _("The row is about a person who is not in the file of persons."))
            return False
        if school_class not in self.roster.classes and not self._elsewhere(school_class):
            if school_class not in self.removed:
                self.notes.warn(file, row, _("The row is about a class that was not read."))
            return False
        return True

    def _in_order(self, file, row, begins, ends):
        if begins and ends and ends < begins:
            self.notes.warn(file, row, _("The row ends before it begins, so its end was left out."))
            return begins, None
        return begins, ends


def this_year():
    return values.year_start(timezone.localdate())
