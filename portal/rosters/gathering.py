"""What the readers share: persons, classes, places, roles and relations, each row with its problems written down."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.people.models import Role
from portal.rosters import values, words
from portal.rosters.records import ClassRow, DutyRow, PersonRow, PlaceRow, RelationRow
from portal.rosters.setting_aside import SettingAside

LONGEST_NAME, LONGEST_CLASS_NAME = 120, 80
BEFORE_ANYBODY = date(1900, 1, 1)


class Gathering(SettingAside):
    """A roster being filled from tables. Each method takes one row's values and keeps, warns or counts an error."""

    def __init__(self, roster):
        super().__init__(roster)
        self.role_words = {}  # person -> the words of their roles
        self.removed, self.aside_orgs = set(), set()

    # Persons

    def person(self, file, row, key, given, family, address="", phone="", number="", language=""):
        given, family = " ".join(given.split()), " ".join(family.split())
        name = f"{given} {family}".strip()
        if not good_key(key):
            self.roster.aside_names.add(name.lower())
            self.set_aside(file, row, _("The person has no key, or one that is too long, and was left out."))
            return
        if key in self.roster.persons:
            if self.roster.persons[key][1:3] != (given or family, family if given else ""):
                self.notes.error(file, row, _("Two persons have the same key."))
            else:
                self.notes.warn(file, row, _("The person is there twice. The first row was read."))
            return
        if key in self.roster.gone:
            self._here_and_gone(file, row, key)
            return
        if not name or len(given) > LONGEST_NAME or len(family) > LONGEST_NAME:
            self.removed.add(key)
            self.set_aside(file, row, _("The person has no name, or one that is too long, and was left out."), key)
            return
        if values.damaged_name(name):
            self.looks_damaged(file, row, name)
        good_address, good_phone = address and values.email(address), phone and values.phone(phone)
        if address and not good_address:
            self.notes.warn(file, row, _("The e-mail address cannot be used, and was left out."))
        if phone and not good_phone:
            self.notes.warn(file, row, _("The phone number cannot be used, and was left out."))
        number = number and values.national_number(number)
        self.roster.persons[key] = PersonRow(
            key,
            given or family,
            family if given else "",
            good_address,
            good_phone,
            None,
            number,
            language,
            row,
        )

    def care(self, file, row, key, said):
        """Whether a pupil goes to after-school care. An empty cell says nothing, and so does a word that is neither yes
        nor no: it is named."""
        goes = values.flag(said) if said else None
        if goes is not None:
            self.roster.care[key] = goes
        elif said:
            text = _("%(word)s is neither yes nor no. Whether the child goes to after-school care stays as it is.")
            self.notes.warn(file, row, text % {"word": said[:40]})

    def leaves(self, file, row, key):
        """The source has removed the person; what else refers to them is then no surprise."""
        if key in self.roster.persons:
            self._here_and_gone(file, row, key)
            return
        self.removed.add(key)
        self.roster.gone.add(key)

    def _here_and_gone(self, file, row, key):
        self.roster.persons.pop(key, None)
        self.roster.gone.discard(key)
        self.removed.add(key)
        text = _(
            "The person is there twice, once as removed. Both rows were left out, and the person stays as they are."
        )
        self.set_aside(file, row, text, key)

    def births(self, file, rows):
        """Birth dates for persons: (row, person, text) each."""
        rows = list(rows)
        dates = values.Dates(text for _row, _key, text in rows)
        for row, key, text in rows:
            person = self.roster.persons.get(key)
            if person is None:
                if key not in self.removed:
                    self.notes.warn(file, row, _("The row is about a person who is not in the file of persons."))
                continue
            born_on = self.date(file, row, text, dates)
            if born_on and not BEFORE_ANYBODY <= born_on <= self.today:
                text = _("%(date)s cannot be a date of birth, and was left out.")
                self.notes.warn(file, row, text % {"date": born_on})
            elif born_on:
                self.roster.persons[key] = person._replace(born_on=born_on)

    # Classes, and what people are in them

    def _span(self, file, row, begins, ends, person, school_class):
        """The dates within the school year of the class, None for its own first and last day. Nothing when the row
        contradicts itself, or speaks of another year: dates that do not fit never make a place longer."""
        there = self.roster.classes.get(school_class)
        first, last = (there.starts_on, values.year_end(there.starts_on)) if there else (date.min, date.max)
        if begins and ends and ends < begins:
            if not self.backwards(file, row, ends, person):
                return None
            if first <= ends and self._of_earlier_year(school_class):
                return None, ends
            self.roster.ended.add((person, school_class))
            return None
        if begins and begins > last:
            self.set_aside(file, row, _("The row begins after the school year of the class. It gives nothing."), person)
            return None
        if ends and ends < first:
            self.notes.warn(file, row, _("The row ends before the school year of the class. It was read as ended."))
            self.roster.ended.add((person, school_class))
            return None
        return begins if begins and begins > first else None, ends if ends and ends < last else None

    def school_class(self, file, row, key, name, school, starts_on, grade_codes):
        if not good_key(key):
            self.notes.warn(file, row, _("The class has no key, or one that is too long, and was left out."))
        elif key in self.roster.aside_classes:
            return
        elif school in self.aside_orgs:
            self.set_class_aside(
                file, row, key, _("The school of the class was not read, so the class stays as it is.")
            )
        elif school not in self.roster.schools:
            self.notes.warn(file, row, _("The class belongs to a school that is not in the file, and was left out."))
        elif key in self.roster.classes:
            self.notes.warn(file, row, _("The class is there twice. The first row was read."))
        else:
            name = self.shortened(file, row, name or key, LONGEST_CLASS_NAME)
            grades = values.grades(grade_codes, name)
            self.roster.classes[key] = ClassRow(key, school, name, starts_on or this_year(), grades)

    def start_of(self, file, row, key, terms, starts):
        """The first day of the class's school year, None for this one. A term that is not in the file of terms may be
        of another year: the class is set aside."""
        if starts is None or not terms:
            return None
        years = {starts[term] for term in terms if term in starts}
        if len(years) == 1:
            return years.pop()
        text = _("The school year of the class is not in the file, so the class stays as it is.")
        if years:
            text = _("The terms of the class are of several school years, so the class stays as it is.")
        self.set_class_aside(file, row, key, text)
        return None

    def set_class_aside(self, file, row, key, text):
        """Name the row, and leave the class and whoever is in it as they are here."""
        self.notes.warn(file, row, text)
        self.roster.aside_classes.add(key)

    def place(self, file, row, person, school_class, begins, ends):
        if not self._known(file, row, person, school_class):
            return
        if self._says_otherwise(person, words.PUPILS):
            text = _("The person is a pupil in this row, and something else in the roles. The row gives nothing.")
            self.set_aside(file, row, text, person)
            return
        self.roster.pupils.add(person)
        if span := self._span(file, row, begins, ends, person, school_class):
            self.roster.place(PlaceRow(person, school_class, *span))

    def teaching(self, file, row, person, school_class, begins, ends, contact=False):
        if not self._known(file, row, person, school_class):
            return
        if self._says_otherwise(person, words.STAFF):
            text = _("The person is a teacher in this row, and something else in the roles. The row gives nothing.")
            self.set_aside(file, row, text, person)
        elif ends and ends < self.today and not self._of_earlier_year(school_class):
            self.past_roles += 1
        elif span := self._span(file, row, begins, ends, person, school_class):
            kind = Role.Kind.CONTACT_TEACHER if contact else Role.Kind.SUBJECT_TEACHER
            self.roster.duty(DutyRow(person, kind.value, "", school_class, *span))

    def _of_earlier_year(self, school_class):
        """Who was in a class of an earlier year is kept with it: that gives nothing today."""
        there = self.roster.classes.get(school_class)
        return there is not None and values.year_end(there.starts_on) < self.today

    def _says_otherwise(self, person, kind):
        said = self.role_words.get(person)
        return bool(said) and not said & kind

    def _elsewhere(self, key):
        """Whether a partial file may point at something that is here and not in it. Loading finds out."""
        return not self.roster.full and bool(key) and key not in self.removed and key not in self.roster.persons

    def _person_known(self, key):
        return key in self.roster.persons or self._elsewhere(key)

    def _about(self, file, row, person):
        """Whether the row is about somebody. One that says nobody, as merged cells leave it, may end what it does not
        name: it is refused."""
        if not person:
            self.notes.error(file, row, _("The row does not say whom it is about. Is a merged cell in it?"))
        elif self._person_known(person):
            return True
        elif person not in self.removed:
            self.notes.warn(file, row, _("The row is about a person who is not in the file of persons."))
        return False

    def _known(self, file, row, person, school_class):
        if not self._about(file, row, person):
            return False
        if not school_class:
            self.unknown(file, row, "classSourcedId", "", person)
            return False
        if school_class in self.roster.aside_classes:
            self.roster.aside.add(person)
            return False
        if school_class not in self.roster.classes and not self._elsewhere(school_class):
            if school_class not in self.removed:
                self.set_aside(file, row, _("The row is about a class that was not read."), person)
            return False
        return True

    # Roles and relations

    def role(self, file, row, person, word, school, begins=None, ends=None):
        """A role at a school: who is a pupil, a guardian or staff; a principal and an office are proposed."""
        if not self._about(file, row, person):
            return
        said, word = word, words.plain(word)
        if word not in words.ROLES:
            self.unknown(file, row, "role", said, person)
            return
        if begins and ends and ends < begins:
            self.backwards(file, row, ends, person)
            return
        if ends and ends < self.today:
            self.past_roles += 1
            return
        if school in self.aside_orgs:
            self.roster.aside.add(person)
        self.role_words.setdefault(person, set()).add(word)
        if word in words.PUPILS:
            self.roster.pupils.add(person)
        elif word in words.PARENTS:
            self.roster.guardians.add(person)
        elif word in words.STAFF:
            self.roster.staff.add(person)
        if word in words.LEADING:
            self.lead(file, row, person, words.LEADING[word], school, begins, ends)

    def roles(self, file, row, person, word, schools):
        """The one role that a person's own row gives, at each of their schools."""
        if words.plain(word) not in words.ROLES:
            self.unknown(file, row, "role", word, person)
            return
        for school in schools or [""]:
            self.role(file, row, person, word, school)

    def lead(self, file, row, person, kind, school, begins, ends):
        """A principal or an office, until a day that somebody means: the year 9999 is no day."""
        if school not in self.roster.schools and not self._elsewhere(school):
            if school not in self.removed | self.aside_orgs:
                self.notes.warn(file, row, _("The row is about a school that was not read."))
        else:
            self.roster.duty(
                DutyRow(person, str(kind), school, "", begins, ends if ends and ends.year < values.NO_DAY else None)
            )

    def contact(self, file, row, column, pupil, contact, word):
        """A pupil and a contact whose word the file gives: parents, guardians and relatives are proposed."""
        said, word = word, words.plain(word)
        if word in words.PARENTS:
            if pupil in self.roster.pupils and self._person_known(contact):
                self.roster.guardians.add(contact)
            self.relate(file, row, pupil, contact, word)
        elif word in words.CONTACTS:
            self.other_contacts[file, said] += 1
        else:
            self.unknown(file, row, column, said, pupil, contact)

    def relate(self, file, row, one, other, word=""):
        """Two persons who are agents of each other, in either direction."""
        if not (one and other):
            self.unknown(file, row, "sourcedId", "", one, other)
            return
        if not (self._person_known(one) and self._person_known(other)):
            if not {one, other} & (self.removed | self.roster.aside):
                self.notes.warn(file, row, _("The row names a person who is not in the file of persons."))
            return
        pair = self._pupil_and_guardian(file, row, one, other)
        if pair is None:
            return
        pupil, guardian = pair
        said = {word} if word else self.role_words.get(guardian, set()) & words.PARENTS
        kind = "relative" if said == {"relative"} else "guardian"
        self.roster.relate(RelationRow(guardian, pupil, kind))

    def _pupil_and_guardian(self, file, row, one, other):
        """(pupil, guardian) when exactly one is a pupil and the other is a parent, guardian or relative."""
        pupils = self.roster.pupils
        pupil, guardian = (one, other) if one in pupils else (other, one)
        if (one in pupils) != (other in pupils):
            if guardian in self.roster.guardians or self._elsewhere(guardian):
                return pupil, guardian
            if guardian in self.roster.staff:
                return self._staff_as_contact(file, row, pupil, guardian)
        elif pair := self._partly_known(one, other):
            return pair
        if not any(person in self.roster.aside and person not in self.role_words for person in (one, other)):
            text = _("The two persons are not a pupil and a parent or guardian. No relation was proposed.")
            self.notes.warn(file, row, text)
        return None

    def _partly_known(self, one, other):
        """(pupil, guardian) when the grown one is in a partial file and the pupil is here and not in it."""
        adults = (self.roster.guardians | self.roster.staff) - self.roster.pupils
        pairs = [(pupil, guardian) for pupil, guardian in ((one, other), (other, one)) if guardian in adults]
        return pairs[0] if len(pairs) == 1 and self._elsewhere(pairs[0][0]) else None

    def _staff_as_contact(self, file, row, pupil, staff):
        """Staff may be parents too, or be named because they teach the pupil. Whoever confirms it is told to ask."""
        text = _("%(staff)s works at the school, and is named as a contact of %(pupil)s. Ask before you confirm it.")
        self.notes.warn(file, row, text % {"staff": self._name(staff), "pupil": self._name(pupil)})
        return pupil, staff

    def _name(self, key):
        person = self.roster.persons.get(key)
        return f"{person.given_name} {person.family_name}".strip() if person else key


def good_key(key):
    """Whether a key can be one: not empty, not too long, and not what a spreadsheet makes of a long number."""
    return bool(key) and len(key) <= values.LONGEST_KEY and not values.SCIENTIFIC.match(key)


def this_year():
    return values.year_start(timezone.localdate())
