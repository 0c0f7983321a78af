"""OneRoster 1.1 and 1.2, CSV binding. Passwords, user profiles and all demographics but the birth date stay unread."""

from django.utils.translation import gettext as _

from portal.people.rosters import tables, values
from portal.people.rosters.gathering import Gathering, this_year
from portal.people.rosters.records import Roster, RosterError, SchoolRow

GONE = {"tobedeleted", "inactive"}
OWNERS = {"district", "local", "state", "national"}

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
        return self.roster

    def table(self, name, needed, wanted, known):
        return tables.read(self.package, name, needed, wanted, notes=self.notes, known=known)

    def manifest(self):
        says = {}
        for _row, name, value in self.table("manifest.csv", ["propertyName", "value"], [], []):
            says[name] = value
        columns = tables.headers(self.package, "users.csv")
        older = says.get("oneroster.version", "") == "1.1" or ("role" in columns and "roles.csv" not in self.package)
        self.roster.format = "OneRoster 1.1" if older else "OneRoster 1.2"
        system = says.get("source.systemCode") or says.get("source.systemName") or ""
        self.roster.source = f"oneroster {system}".strip()[:80]
        self.roster.full = "delta" not in {value for name, value in says.items() if name.startswith("file.")}

    def orgs(self):
        parts = {}
        rows = self.table("orgs.csv", ["sourcedId", "name"], ["type", "identifier", "parentSourcedId", "status"], ORGS)
        for row, key, name, kind, identifier, parent, status in rows:
            if not key or len(key) > values.LONGEST_KEY or not name:
                self.notes.error("orgs.csv", row, _("The school has no key or no name."))
            elif self.gone(key, status):
                continue
            elif kind.lower() == "school":
                self.roster.schools[key] = SchoolRow(key, name[:120], identifier)
            elif kind.lower() in OWNERS and not self.roster.owner_name:
                self.roster.owner_name, self.roster.owner_number = name[:120], identifier[:8]
            elif kind.lower() not in OWNERS:
                parts[key] = (row, name, identifier, parent)
        if not self.roster.schools:
            for key, (row, name, identifier, _parent) in parts.items():
                self.notes.warn(
                    "orgs.csv", row, _("%(name)s is not called a school, but was read as one.") % {"name": name}
                )
                self.roster.schools[key] = SchoolRow(key, name[:120], identifier)

    def users(self):
        needed = ["sourcedId", "givenName", "familyName"]
        wanted = ["status", "role", "orgSourcedIds", "email", "sms", "phone", "identifier", "agentSourcedIds"]
        rows = self.table("users.csv", needed, wanted, USERS)
        for row, key, given, family, status, role, orgs, email, sms, phone, identifier, agents in rows:
            if self.gone(key, status):
                self.roster.gone.add(key)
                continue
            self.into.person("users.csv", row, key, given, family, email, sms or phone, identifier)
            if role:
                for org in split(orgs) or [""]:
                    self.into.role("users.csv", row, key, role, org)
            if agents:
                self.agents += [(row, key, other) for other in split(agents)]

    def roles(self):
        """roles.csv; in its absence a file of user profiles that in truth holds roles."""
        name = "roles.csv"
        if name not in self.package and {"role", "orgsourcedid"} <= set(
            tables.headers(self.package, "userprofiles.csv")
        ):
            name = "userprofiles.csv"
            self.notes.warn(self.package.written(name), 0, _("The file holds roles, and was read as roles.csv."))
        wanted = ["orgSourcedId", "status", "beginDate", "endDate"]
        rows = list(self.table(name, ["userSourcedId", "role"], wanted, ROLES))
        begins, ends = values.Dates(row[5] for row in rows), values.Dates(row[6] for row in rows)
        for row, user, role, org, status, begin, end in rows:
            if status.lower() not in GONE:
                begin, end = self.into.date(name, row, begin, begins), self.into.date(name, row, end, ends)
                self.into.role(name, row, user, role, org, begin, end)

    def sessions(self):
        """The first day of each session's school year."""
        rows = list(self.table("academicSessions.csv", ["sourcedId"], ["startDate", "schoolYear", "status"], SESSIONS))
        dates = values.Dates(row[2] for row in rows)
        starts = {}
        for row, key, text, ends_in, status in rows:
            if status.lower() in GONE:
                continue
            start = self.into.date("academicSessions.csv", row, text, dates)
            if start:
                starts[key] = values.year_start(start)
            elif ends_in.isascii() and ends_in.isdigit() and 1900 < int(ends_in) < 2200:
                starts[key] = this_year().replace(year=int(ends_in) - 1)
        return starts

    def classes(self, starts):
        wanted = ["title", "schoolSourcedId", "termSourcedIds", "grades", "classType", "status"]
        rows = list(self.table("classes.csv", ["sourcedId"], wanted, CLASSES))
        with_homerooms = any(row[6].lower() == "homeroom" for row in rows)
        groups = 0
        for row, key, title, school, terms, grades, kind, status in rows:
            if self.gone(key, status):
                self.roster.closed.add(key)
                continue
            if with_homerooms and kind.lower() != "homeroom":
                self.into.removed.add(key)
                groups += 1
                continue
            start = next((starts[term] for term in split(terms) if term in starts), None)
            self.into.school_class("classes.csv", row, key, title, school, start, split(grades))
        if groups:
            text = _("%(count)s teaching groups are not classes, and were left out.") % {"count": groups}
            self.notes.warn("classes.csv", 0, text)

    def births(self):
        name = "demographics.csv"
        key = "sourcedId" if "sourcedid" in tables.headers(self.package, name) else "userSourcedId"
        self.into.births(name, self.table(name, [key, "birthDate"], [], DEMOGRAPHICS))

    def enrolments(self):
        name = "enrollments.csv"
        wanted = ["role", "primary", "beginDate", "endDate", "status"]
        rows = list(self.table(name, ["classSourcedId", "userSourcedId"], wanted, ENROLMENTS))
        begins, ends = values.Dates(row[5] for row in rows), values.Dates(row[6] for row in rows)
        for row, school_class, user, role, primary, begin, end, status in rows:
            if status.lower() in GONE:
                self.roster.ended.add((user, school_class))
                continue
            begin = self.into.date(name, row, begin, begins) if begin else None
            end = self.into.date(name, row, end, ends) if end else None
            role = role.lower()
            if role == "student":
                self.into.place(name, row, user, school_class, begin, end)
            elif role in ("teacher", "aide"):
                self.into.teaching(name, row, user, school_class, begin, end, contact=primary.lower() == "true")

    def gone(self, key, status):
        """Whether the source has removed the row; what else refers to it is then no surprise."""
        if status.lower() in GONE:
            self.into.removed.add(key)
            return True
        return False


def split(text):
    """A list inside one cell: comma-separated, in older files also by semicolon or bar."""
    if not text:
        return []
    for mark in ";|":
        text = text.replace(mark, ",")
    return [part.strip() for part in text.split(",") if part.strip()]
