"""PIFU-IMS 1.3, the Norwegian school systems' XML export. User names and passwords are never taken out of it."""

import re
from datetime import date
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from portal.rosters import places, values, words
from portal.rosters.gathering import Gathering
from portal.rosters.records import Problem, Roster, RosterError
from portal.rosters.setting_aside import FIRST_YEAR, LAST_YEAR

REMOVED = "3"  # the status of a record that the source has taken out
PUPIL, TEACHER, MANAGEMENT, CONTACT_TEACHER = "01", "02", "05", "06"
ROLE_TYPES = {
    "learner": PUPIL,
    "instructor": TEACHER,
    "contentdeveloper": "03",
    "member": "04",
    "manager": MANAGEMENT,
    "mentor": CONTACT_TEACHER,
    "administrator": "07",
    "teachingassistant": "08",
}
AT_SCHOOL = {PUPIL: "student", TEACHER: "teacher", MANAGEMENT: "management", CONTACT_TEACHER: "teacher"}
SUBROLES = {
    "",
    "faglærer",
    "lærerstudent",
    "vikar",
    "rådgiver",
    "kontormedarbeider",
    "skolehelsetjeneste",
    "skolebibliotekar",
    "vaktmester",
    "renholdsarbeider",
    "foresattrepresentant",
    "rektor",
    "inspektør",
    "iktansvarlig",
    "sosiallærer",
    "sensor",
    "pptansatt",
}
STATUSES = {"": True, "1": True, "aktiv": True, "active": True, "0": False, "inaktiv": False, "inactive": False}
CONTACTS = {
    "guardian": "guardian",
    "fosterparent": "guardian",
    "closerelative": "relative",
}  # the others are no guardians
SCHOOL, OWNER, CLASS = "skole", "skoleeier", "basisgruppe"
OTHER_GROUPS = {
    "undervisningsgruppe",
    "kontaktlærergruppe",
    "trinn",
    "utdanningsprogram",
    "programområde",
    "fag",
    "foresattegruppe",
    "språkopplæring",
    "sammensattgruppe",
    "elevråd",
    "fau",
    "skoleutvalg",
    "skolemiljøutvalg",
    "sfo",
    "eksamensgruppe",
}
YEARS = re.compile(r"(\d{4}) ?[/-] ?(\d{4}|\d{2})$", re.ASCII)
HALF_YEAR = re.compile(r"([HV]) ?(\d{4})$", re.ASCII | re.IGNORECASE)  # høst and vår
A_GROUP = "2"  # the kind of a member that is itself a group


def read(package):
    return Reader(package).read()


class Reader:
    def __init__(self, package):
        self.package = package
        self.name = package.name if package.name.lower().endswith(".xml") else package.written(package.xml())
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
        self.into.finish(self.name)
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
        kind = text(element, "type")
        self.roster.full = kind.lower() in ("", "full")
        if kind.lower() not in ("", "full", "delta", "event", "melding"):
            said = _("%(word)s is not a word we know. Nobody who is missing from the file is taken to have left.")
            self.notes.warn(self.name, 0, said % {"word": kind[:40]})

    def _person(self, element):
        key = self._own_key(element)
        name = element.find("{*}name/{*}n")
        family, given = (text(name, "family"), text(name, "given")) if name is not None else ("", "")
        if not (family or given):
            given, _space, family = text(element, "name/fn").rpartition(" ")
        ids = {found.get("useridtype"): values.cell(found.text or "") for found in element.findall("{*}userid")}
        here = self._is_here(element, key)
        if here is False:
            self.into.leaves(self.name, self.number, key)
        elif here is None:
            self.into.removed.add(key)
        else:
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
        self.into.births(self.name, [(self.number, key, text(element, "demographics/bday"))])
        for found in element.findall("{*}extension/{*}pifu_hasContactPerson"):
            self.contacts.append((self.number, key, found.get("type", ""), self._key_in(found)))

    def _is_here(self, element, key):
        """True for somebody who is at the school, False when the source has removed them, None when nobody can tell."""
        if element.get("recstatus") == REMOVED:
            return False
        for found in element.findall("{*}extension/{*}pifu_status"):
            word = values.cell(found.text or "")
            here = STATUSES.get(word.lower()) if found.get("type") == "activeInactive" else True
            if here is None:
                self.into.unknown(self.name, self.number, "pifu_status", word, key)
            if not here:
                return here
        return True

    def _group(self, element):
        key, said = self._own_key(element), text(element, "grouptype/typevalue")
        kind, name = said.lower(), text(element, "description/short") or key
        parent = self._key_in(element.find("{*}relationship"))
        if element.get("recstatus") == REMOVED:
            self.roster.closed.add(key)
            self.into.removed.add(key)
            return
        self.groups.add(key)
        if kind == SCHOOL:
            number = self._id(element, "organizationNumber")
            places.add_school(self.into, self.name, places.Org(self.number, key, name, kind, number))
        elif kind == OWNER:
            places.add_owner(self.roster, name, self._id(element, "municipalityNumber"))
        elif kind == CLASS:
            start, known = self._year(element)
            if known:
                self.into.school_class(self.name, self.number, key, name, self._key(parent), start, [])
            else:
                why = _("The school year of the class cannot be read, so the class stays as it is.")
                self.into.set_class_aside(self.name, self.number, key, why)
        elif kind in OTHER_GROUPS:
            self.into.removed.add(key)
        else:
            self.roster.aside_classes.add(key)
            self.into.aside_orgs.add(key)
            self.into.unknown(self.name, self.number, "typevalue", said)

    def _membership(self, element):
        group = self._key_in(element)
        for member in element.findall("{*}member"):
            roles = [
                (
                    role.get("roletype", ""),
                    text(role, "subrole"),
                    "0" if REMOVED in (role.get("recstatus"), member.get("recstatus")) else text(role, "status"),
                    text(role, "timeframe/begin"),
                    text(role, "timeframe/end"),
                )
                for role in member.findall("{*}role")
            ]
            if text(member, "idtype") != A_GROUP:
                self.memberships.append((self.number, group, self._key_in(member), roles))

    def _member(self, number, group, person, roles):
        if group in self.roster.aside_classes:
            self.roster.aside.add(person)
            return
        known = group in self.roster.classes or (not self.roster.full and group not in self.groups)
        if group not in self.groups and not known and group not in self.into.removed:
            self.notes.warn(self.name, number, _("The membership is in a group that is not in the file."))
            return
        for role in roles:
            if group in self.roster.schools or known:
                self._role(number, group, person, *role)

    def _role(self, number, group, person, said, subrole, status, begins, ends):
        kind, here = role_type(said), STATUSES.get(status.lower())
        if here is False:
            self.roster.ended.add((person, group))
            return
        for column, word, known in (
            ("status", status, here),
            ("roletype", said, kind),
            ("subrole", subrole, subrole.lower() in SUBROLES),
        ):
            if not known:
                self.into.unknown(self.name, number, column, word, person)
                return
        span = self.into.dates(self.name, number, person, (begins, self.dates), (ends, self.dates))
        if span is None:
            return
        if group in self.roster.schools:
            self._at_school(number, group, person, kind, subrole.lower(), span)
        elif kind == PUPIL:
            self.into.place(self.name, number, person, group, *span)
        elif kind in (TEACHER, CONTACT_TEACHER):
            self.into.teaching(self.name, number, person, group, *span, contact=kind == CONTACT_TEACHER)

    def _at_school(self, number, school, person, kind, subrole, span):
        word = "principal" if subrole == "rektor" and kind != PUPIL else AT_SCHOOL.get(kind)
        if word:
            self.into.role(self.name, number, person, word, school, *span)

    def _contact(self, number, person, said, contact):
        """A pupil's contact becomes a proposal; the next of kin of somebody who is no pupil becomes nothing."""
        if person not in self.roster.pupils:
            if person not in self.roster.aside and words.plain(said) in CONTACTS:
                self.into.relate(self.name, number, person, contact)
            return
        word = CONTACTS.get(words.plain(said), said)
        self.into.contact(self.name, number, "pifu_hasContactPerson", person, contact, word)
        pair = (contact, person)
        if words.plain(said) == "fosterparent" and pair in self.roster.relations:
            self.roster.relations[pair] = self.roster.relations[pair]._replace(kind="foster")

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
        numbers = {found.get("teltype"): values.cell(found.text or "") for found in element.findall("{*}tel")}
        mobile = self._extension(element, "pifu_tel", "personMobilePrivate")
        fixed = self._extension(element, "pifu_tel", "personTelephonePrivate")
        return values.better_phone(mobile, numbers.get("3", ""), numbers.get("1", ""), fixed)

    def _language(self, element):
        return next(
            (values.cell(found.text or "") for found in element.findall("{*}extension/{*}pifu_preferredLanguage")), ""
        )

    def _extension(self, element, tag, kind):
        found = [each for each in element.findall(f"{{*}}extension/{{*}}{tag}") if each.get("type") == kind]
        return values.cell(found[0].text or "") if found else ""

    def _id(self, element, kind):
        for found in element.findall("{*}extension/{*}pifu_id"):
            if found.get("type") == kind:
                return text(found, "pifu_value")
        return ""

    def _year(self, element):
        """(first day of a class's school year or None for this one, whether that can be known): by its begin, and
        where there is none, by the name of its period."""
        said, period = text(element, "timeframe/begin"), text(element, "timeframe/adminperiod")
        begins = self.into.first_day(self.name, self.number, said, self.dates)
        if begins:
            return begins, True
        named, half = YEARS.match(period), HALF_YEAR.match(period)
        year = int(named[1]) if named else int(half[2]) - (half[1] in "vV") if half else 0
        if FIRST_YEAR <= year <= LAST_YEAR:
            return date(year, 8, 1), True
        return None, not said and not period


def role_type(said):
    """The number of a kind of member, from its number or its English name; nothing for any other word."""
    word = words.plain(said)
    number = ROLE_TYPES.get(word, word.zfill(2) if word else "")
    return number if number in ROLE_TYPES.values() else ""


def plain(element):
    return element.tag.rpartition("}")[2]


def text(element, path):
    """The trimmed text at a path of plain names, in whatever namespace."""
    if element is None:
        return ""
    found = element.find("/".join(f"{{*}}{step}" for step in path.split("/")))
    return values.cell(found.text or "") if found is not None else ""
