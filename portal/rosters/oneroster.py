"""OneRoster 1.1 and 1.2, CSV binding. Passwords, user profiles and all demographics but the birth date stay unread."""

from django.utils.translation import gettext as _

from portal.rosters import places, tables, values, words
from portal.rosters.gathering import Gathering, this_year
from portal.rosters.records import Notes, Roster, RosterError
from portal.rosters.setting_aside import FIRST_YEAR, LAST_YEAR

ORG_KINDS = places.Kinds({"school"}, {"district", "local", "state", "national"}, {"department"})
VERSIONS = {"1.0", "1.1", "1.2"}
SENT = {"bulk", "absent", "delta"}
ROLE_TYPES = {"", "primary", "secondary"}
TEACHERS, OTHERS = {"teacher", "aide"}, {"administrator", "proctor"}
HOMEROOM, SCHEDULED = "homeroom", "scheduled"

USERS = [
    "sourcedId",
    "status",
    "dateLastModified",
    "enabledUser",
    "orgSourcedIds",
    "role",
    "username",
    "userIds",
    "givenName",
    "familyName",
    "middleName",
    "identifier",
    "email",
    "sms",
    "phone",
    "agentSourcedIds",
    "grades",
    "password",
    "userMasterIdentifier",
    "resourceSourcedIds",
    "preferredGivenName",
    "preferredMiddleName",
    "preferredFamilyName",
    "primaryOrgSourcedId",
    "pronouns",
]
ORGS = ["sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId"]
CLASSES = [
    "sourcedId",
    "status",
    "dateLastModified",
    "title",
    "grades",
    "courseSourcedId",
    "classCode",
    "classType",
    "location",
    "schoolSourcedId",
    "termSourcedIds",
    "subjects",
    "subjectCodes",
    "periods",
]
ENROLMENTS = [
    "sourcedId",
    "status",
    "dateLastModified",
    "classSourcedId",
    "schoolSourcedId",
    "userSourcedId",
    "role",
    "primary",
    "beginDate",
    "endDate",
]
ROLES = [
    "sourcedId",
    "status",
    "dateLastModified",
    "userSourcedId",
    "roleType",
    "role",
    "beginDate",
    "endDate",
    "orgSourcedId",
    "userProfileSourcedId",
]
SESSIONS = [
    "sourcedId",
    "status",
    "dateLastModified",
    "title",
    "type",
    "startDate",
    "endDate",
    "parentSourcedId",
    "schoolYear",
]
DEMOGRAPHICS = ["sourcedId", "userSourcedId", "status", "dateLastModified", "birthDate", "sex"]

CARE = ["afterSchoolCare", "metadataAfterSchoolCare"]  # of our own: in the format, or as its extension


def read(package):
    return Reader(package).read()


class Reader:
    def __init__(self, package):
        self.package = package
        self.roster = Roster(format="OneRoster", source="oneroster")
        self.notes = self.roster.notes
        self.into = Gathering(self.roster)
        self.agents = []

    def read(self):
        if "users.csv" not in self.package:
            raise RosterError(_("users.csv is missing, so there is nobody to import."))
        self.manifest()
        self.orgs()
        self.users()
        self.roles()
        self.classes(self.sessions())
        self.births()
        self.enrolments()
        for row, one, other in self.agents:
            self.into.relate("users.csv", row, one, other)
        self.into.finish("users.csv")
        return self.roster

    def table(self, name, needed, wanted, known):
        return tables.read(self.package, name, needed, wanted, notes=self.notes, known=known)

    def manifest(self):
        rows = list(self.table("manifest.csv", ["propertyName", "value"], [], []))
        says = {name: value for _row, name, value in rows}
        columns = tables.headers(self.package, "users.csv")
        older = says.get("oneroster.version", "") == "1.1" or ("role" in columns and "roles.csv" not in self.package)
        self.roster.format = "OneRoster 1.1" if older else "OneRoster 1.2"
        system = says.get("source.systemCode") or says.get("source.systemName") or ""
        self.roster.source = f"oneroster {system}".strip()[:80]
        self.older = older
        sent = {words.plain(value) for name, value in says.items() if name.startswith("file.")}
        self.roster.full = sent <= SENT and "delta" not in sent
        for row, name, value in rows:
            if name.startswith("file.") and words.plain(value) not in SENT:
                text = _("%(word)s is not a word we know. Nobody who is missing from the file is taken to have left.")
                self.notes.warn("manifest.csv", row, text % {"word": value[:40]})
            elif name == "oneroster.version" and value not in VERSIONS:
                text = _("OneRoster %(version)s is not a version we know. The file was read as %(format)s.")
                said = {"version": value[:10], "format": self.roster.format}
                self.notes.warn("manifest.csv", row, text % said)

    def orgs(self):
        rows = self.table("orgs.csv", ["sourcedId", "name"], ["type", "identifier", "status"], ORGS)
        orgs = []
        for row, key, name, kind, identifier, status in rows:
            here = self.into.status("orgs.csv", row, status)
            if here:
                orgs.append(places.Org(row, key, name, kind, identifier))
            elif here is None:
                self.into.aside_orgs.add(key)
            else:
                self.into.removed.add(key)
        pointed_at = {row[1] for row in tables.read(self.package, "classes.csv", ["schoolSourcedId"], notes=Notes())}
        places.sort_orgs(self.into, "orgs.csv", orgs, ORG_KINDS, pointed_at)

    def users(self):
        name, needed = "users.csv", ["sourcedId", "givenName", "familyName"]
        roles_here = self.older and "roles.csv" not in self.package
        wanted = ["orgSourcedIds", "email", "sms", "phone", "identifier", "agentSourcedIds", "status", "enabledUser"]
        wanted += CARE
        for (
            row,
            key,
            given,
            family,
            role,
            orgs,
            email,
            sms,
            phone,
            identifier,
            agents,
            status,
            enabled,
            *care,
        ) in self.table(
            name, [*needed, *(["role"] if roles_here else [])], [*([] if roles_here else ["role"]), *wanted], USERS
        ):
            here, may_sign_in = self.into.status(name, row, status, key), values.flag(enabled or "true")
            if here is False:
                self.into.leaves(name, row, key)
                continue
            if here is None or may_sign_in is None:
                self.into.removed.add(key)
                if here:
                    self.into.unknown(name, row, "enabledUser", enabled, key)
                continue
            self.into.person(name, row, key, given, family, email, values.better_phone(sms, phone), identifier)
            if key not in self.roster.persons:
                continue
            if role or roles_here:
                self.into.roles(name, row, key, role, words.split(orgs))
            if not may_sign_in and words.plain(role) not in words.PUPILS:
                self.into.no_sign_in.add(key)
            self.into.care(name, row, key, next(filter(None, care), ""))
            self.agents += [(row, key, other) for other in words.split(agents)]

    def roles(self):
        """roles.csv; in its absence a file of user profiles that in truth holds roles."""
        name = "roles.csv"
        if name not in self.package and {"role", "orgsourcedid"} <= set(
            tables.headers(self.package, "userprofiles.csv")
        ):
            name = "userprofiles.csv"
            self.notes.warn(self.package.written(name), 0, _("The file holds roles, and was read as roles.csv."))
        wanted = ["orgSourcedId", "status", "beginDate", "endDate", "roleType"]
        rows = list(self.table(name, ["userSourcedId", "role"], wanted, ROLES))
        begins, ends = values.Dates(row[5] for row in rows), values.Dates(row[6] for row in rows)
        for row, user, role, org, status, begin, end, kind in rows:
            if not self.into.status(name, row, status, user):
                continue
            if words.plain(kind) not in ROLE_TYPES:
                self.into.unknown(name, row, "roleType", kind, user)
            elif span := self.into.dates(name, row, user, (begin, begins), (end, ends)):
                self.into.role(name, row, user, role, org, *span)

    def sessions(self):
        """The first day of each session's school year; None when there is no file of sessions."""
        name = "academicSessions.csv"
        if name not in self.package:
            return None
        rows = list(self.table(name, ["sourcedId"], ["startDate", "schoolYear", "status"], SESSIONS))
        dates = values.Dates(row[2] for row in rows)
        starts = {}
        for row, key, text, ends_in, status in rows:
            if not self.into.status(name, row, status):
                continue
            start = self.into.first_day(name, row, text, dates)
            if start:
                starts[key] = start
            elif ends_in.isascii() and ends_in.isdigit() and FIRST_YEAR < int(ends_in) <= LAST_YEAR:
                starts[key] = this_year().replace(year=int(ends_in) - 1)
        return starts

    def classes(self, starts):
        name = "classes.csv"
        wanted = ["title", "schoolSourcedId", "termSourcedIds", "grades", "classType", "status"]
        rows = list(self.table(name, ["sourcedId"], wanted, CLASSES))
        kinds = {words.plain(row[6]) for row in rows}
        classes = HOMEROOM if HOMEROOM in kinds else min(kinds, default="")  # classes are all of one kind
        told = HOMEROOM in kinds or kinds <= {classes}
        groups = 0
        for row, key, title, school, terms, grades, said, status in rows:
            here, kind = self.into.status(name, row, status), words.plain(said)
            if here is None:
                self.roster.aside_classes.add(key)
            elif not here:
                self.roster.closed.add(key)
                self.into.removed.add(key)
            elif kind not in (HOMEROOM, SCHEDULED) and (kind or not told or classes):
                self.roster.aside_classes.add(key)
                self.into.unknown(name, row, "classType", said)
            elif not told:
                text = _("The file does not say which groups are classes, so this one stays as it is.")
                self.into.set_class_aside(name, row, key, text)
            elif kind != classes:
                self.into.removed.add(key)
                groups += 1
            else:
                start = self.into.start_of(name, row, key, words.split(terms), starts)
                self.into.school_class(name, row, key, title, school, start, words.split(grades))
        if groups:
            text = _("%(count)s teaching groups are not classes, and were left out.") % {"count": groups}
            self.notes.warn(name, 0, text)

    def births(self):
        name = "demographics.csv"
        key = "sourcedId" if "sourcedid" in tables.headers(self.package, name) else "userSourcedId"
        self.into.births(name, self.table(name, [key, "birthDate"], [], DEMOGRAPHICS))

    def enrolments(self):
        name = "enrollments.csv"
        wanted = ["primary", "beginDate", "endDate", "status"]
        rows = list(self.table(name, ["classSourcedId", "userSourcedId", "role"], wanted, ENROLMENTS))
        begins, ends = values.Dates(row[5] for row in rows), values.Dates(row[6] for row in rows)
        for row, school_class, user, said, primary, begin, end, status in rows:
            here, role = self.into.status(name, row, status, user), words.plain(said)
            if not here:
                if here is False:
                    self.roster.ended.add((user, school_class))
                continue
            span = self.into.dates(name, row, user, (begin, begins), (end, ends))
            if span is None:
                continue
            if role == "student":
                self.into.place(name, row, user, school_class, *span)
            elif role in TEACHERS:
                contact = values.flag(primary)
                if contact is None:
                    self.into.unknown(name, row, "primary", primary, user)
                else:
                    self.into.teaching(name, row, user, school_class, *span, contact=contact)
            elif role not in OTHERS:
                self.into.unknown(name, row, "role", said, user)
