"""PIFU-IMS 1.3, the Norwegian school systems' XML export. User names and passwords are never taken out of it."""

import re
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from portal.people.models import Role
from portal.people.rosters import values
from portal.people.rosters.gathering import Gathering
from portal.people.rosters.records import DutyRow, Problem, Roster, RosterError, SchoolRow
from portal.text import one_line

REMOVED = "3"  # the status of a record that the source has taken out
PUPIL, TEACHER, MANAGEMENT, CONTACT_TEACHER = "01", "02", "05", "06"
KINDS = {
    "guardian": "guardian",
    "fosterparent": "foster",
    "closerelative": "relative",
    "nextofkin": "guardian",
}
YEARS = re.compile(r"(\d{4})/(\d{4})$")


def read(package):
    return Reader(package).read()


class Reader:
    def __init__(self, package):
        self.package, self.name = package, package.name
        self.roster = Roster(format="PIFU-IMS 1.3", source="pifu")
        self.notes = self.roster.notes
        self.into = Gathering(self.roster)
        self.dates = values.Dates()
        self.contacts, self.memberships, self.groups, self.aliases = [], [], set(), {}
        self.number = 0

    def read(self):
        with self.package.binary(self.package.xml()) as stream:
            self._parse(stream)
        for number, group, member, roles in self.memberships:
            self._member(number, self._key(group), self._key(member), roles)
        for number, person, kind, contact in self.contacts:
            self._contact(number, self._key(person), kind, self._key(contact))
        return self.roster

    def _parse(self, stream):
        """One element at a time, each thrown away when read: memory does not grow with the file."""
        takes = {
            "properties": self._properties,
            "person": self._person,
            "group": self._group,
            "membership": self._membership,
        }
        depth, root = 0, None
        try:
            for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    depth += 1
                    if depth == 1:
                        root = element
                        if plain(element) != "enterprise":
                            raise RosterError(Problem(self.name, 0, _("The XML file is not a PIFU-IMS file.")))
                    continue
                depth -= 1
                element.text = element.text and one_line(element.text)
                if depth == 1 and plain(element) in takes:
                    self.number += 1
                    takes[plain(element)](element)
                    root.clear()
        except DefusedXmlException as unsafe:
            raise RosterError(
                Problem(self.name, 0, _("The XML file defines entities of its own. It was not read."))
            ) from unsafe
        except (ParseError, ValueError, LookupError) as broken:
            raise RosterError(
                Problem(self.name, getattr(broken, "position", (0,))[0], _("The XML file is damaged from here on."))
            ) from broken

    def _properties(self, element):
        self.roster.source = f"pifu {text(element, 'datasource')}".strip()[:80]
        self.roster.full = text(element, "type").lower() in ("", "full")

    def _person(self, element):
        key = self._own_key(element)
        name = element.find("{*}name/{*}n")
        family, given = (text(name, "family"), text(name, "given")) if name is not None else ("", "")
        if not (family or given):
            given, _space, family = text(element, "name/fn").rpartition(" ")
        ids = {found.get("useridtype"): (found.text or "").strip() for found in element.findall("{*}userid")}
        self.into.person(
            self.name,
            self.number,
            key,
            given,
            family,
            text(element, "email") or self._extension(element, "pifu_email", "personEmailPrivate"),
            self._phone(element),
            ids.get("personNIN", ""),
            self._language(element),
        )
        if element.get("recstatus") == REMOVED or any(
            (found.text or "").strip().lower() in ("inaktiv", "inactive")
            for found in element.findall("{*}extension/{*}pifu_status")
            if found.get("type") == "activeInactive"
        ):
            self.roster.persons.pop(key, None)
            self.roster.gone.add(key)
            self.into.removed.add(key)
        self.into.births(self.name, [(self.number, key, text(element, "demographics/bday"))])
        for found in element.findall("{*}extension/{*}pifu_hasContactPerson"):
            self.contacts.append((self.number, key, found.get("type", ""), self._key_in(found)))

    def _group(self, element):
        key, kind = self._own_key(element), text(element, "grouptype/typevalue").lower()
        name = text(element, "description/short") or key
        if element.get("recstatus") == REMOVED:
            self.roster.closed.add(key)
            self.into.removed.add(key)
            return
        parent = self._key_in(element.find("{*}relationship"))
        self.groups.add(key)
        if kind == "skole":
            self.roster.schools[key] = SchoolRow(key, name[:120], self._id(element, "organizationNumber"))
        elif kind == "skoleeier":
            self.roster.owner_name = name[:120]
            self.roster.owner_number = self._id(element, "municipalityNumber")[:8]
        elif kind == "basisgruppe":
            start = self._year(element)
            self.into.school_class(self.name, self.number, key, name, self._key(parent), start, [])
        else:
            self.into.removed.add(key)

    def _membership(self, element):
        group = self._key_in(element)
        for member in element.findall("{*}member"):
            roles = [
                (
                    role.get("roletype", ""),
                    text(role, "subrole").lower(),
                    "0" if REMOVED in (role.get("recstatus"), member.get("recstatus")) else text(role, "status"),
                    text(role, "timeframe/begin"),
                    text(role, "timeframe/end"),
                )
                for role in member.findall("{*}role")
            ]
            self.memberships.append((self.number, group, self._key_in(member), roles))

    def _member(self, number, group, person, roles):
        known = group in self.roster.classes or (not self.roster.full and group not in self.groups)
        if group not in self.groups and not known and group not in self.into.removed:
            self.notes.warn(self.name, number, _("The membership is in a group that is not in the file."))
            return
        for kind, subrole, status, begins, ends in roles:
            if status == "0":
                self.roster.ended.add((person, group))
                continue
            begins = self.into.date(self.name, number, begins, self.dates)
            ends = self.into.date(self.name, number, ends, self.dates)
            if group in self.roster.schools:
                self._at_school(number, group, person, kind, subrole)
            elif known and kind == PUPIL:
                self.into.place(self.name, number, person, group, begins, ends)
            elif known and kind in (TEACHER, CONTACT_TEACHER):
                self.into.teaching(self.name, number, person, group, begins, ends, contact=kind == CONTACT_TEACHER)

    def _at_school(self, number, school, person, kind, subrole):
        word = {PUPIL: "student", TEACHER: "teacher", MANAGEMENT: "management"}.get(kind)
        if word:
            self.into.role(self.name, number, person, word, school)
        if subrole == "rektor" and person in self.roster.persons:
            self.roster.duty(DutyRow(person, str(Role.Kind.PRINCIPAL), school))

    def _contact(self, number, person, kind, contact):
        """A pupil's contact becomes a proposal; the next of kin of somebody who is no pupil becomes nothing."""
        kind = KINDS.get(kind.lower())
        there = contact in self.roster.persons or not self.roster.full
        if kind and person in self.roster.pupils and there:
            self.roster.guardians.add(contact)
            self.into.relate(self.name, number, person, contact, kind)
            pair = (contact, person)
            if kind == "foster" and pair in self.roster.relations:
                self.roster.relations[pair] = self.roster.relations[pair]._replace(kind="foster")
        else:
            self.into.relate(self.name, number, person, contact)

    def _own_key(self, element):
        """The key that lasts: the one marked New when there are several. Older ones lead to it."""
        found = {each.get("sourcedidtype", ""): text(each, "id") for each in element.findall("{*}sourcedid")}
        key = found.get("New") or found.get("") or next(iter(found.values()), "")
        self.aliases.update({older: key for older in found.values() if older != key})
        self.roster.old_keys.setdefault(key, set()).update(set(found.values()) - {key, ""})
        return key

    def _key_in(self, element):
        return text(element, "sourcedid/id") if element is not None else ""

    def _key(self, key):
        return self.aliases.get(key, key)

    def _phone(self, element):
        numbers = {found.get("teltype"): (found.text or "").strip() for found in element.findall("{*}tel")}
        mobile = self._extension(element, "pifu_tel", "personMobilePrivate")
        fixed = self._extension(element, "pifu_tel", "personTelephonePrivate")
        return mobile or numbers.get("3") or numbers.get("1") or fixed

    def _language(self, element):
        return next(
            ((found.text or "").strip() for found in element.findall("{*}extension/{*}pifu_preferredLanguage")), ""
        )

    def _extension(self, element, tag, kind):
        found = [each for each in element.findall(f"{{*}}extension/{{*}}{tag}") if each.get("type") == kind]
        return (found[0].text or "").strip() if found else ""

    def _id(self, element, kind):
        for found in element.findall("{*}extension/{*}pifu_id"):
            if found.get("type") == kind:
                return text(found, "pifu_value")
        return ""

    def _year(self, element):
        """The school year of a class: its first day, and where there is none, the name of its period."""
        begins = self.into.date(self.name, self.number, text(element, "timeframe/begin"), self.dates)
        if begins:
            return values.year_start(begins)
        named = YEARS.match(text(element, "timeframe/adminperiod"))
        return values.year_start(self.dates.read(f"{named[1]}-08-01")) if named else None


def plain(element):
    return element.tag.rpartition("}")[2]


def text(element, path):
    """The trimmed text at a path of plain names, in whatever namespace."""
    if element is None:
        return ""
    found = element.find("/".join(f"{{*}}{step}" for step in path.split("/")))
    return (found.text or "").strip() if found is not None else ""
