"""Microsoft School Data Sync v2.1 CSV. Passwords, flags and all demographics but the birth date stay unread."""

from django.utils.translation import gettext as _

from portal.people.rosters import tables, values
from portal.people.rosters.gathering import Gathering
from portal.people.rosters.records import Roster, RosterError, SchoolRow

TEACHING_PLACES = {"school", "college", "university", "campus", "adulteducation"}
OWNERS = {"ministryofeducation", "district", "municipality", "localeducationagency", "region", "state", "county"}
LEARNERS = {"student", "learner"}
HELPERS = {"ta", "teacherassistant", "aide"}

USERS = [
    "sourcedId",
    "username",
    "givenName",
    "familyName",
    "password",
    "activeDirectoryMatchId",
    "email",
    "phone",
    "sms",
]
ROLES = [
    "userSourcedId",
    "orgSourcedId",
    "role",
    "sessionSourcedId",
    "grade",
    "isPrimary",
    "roleStartDate",
    "roleEndDate",
]
DEMOGRAPHICS = [
    "userSourcedId",
    "sex",
    "birthDate",
    "birthCity",
    "birthState",
    "birthCountry",
    "ethnicityCodes",
    "raceCodes",
]


def read(package):
    return Reader(package).read()


class Reader:
    def __init__(self, package):
        self.package = package
        self.roster = Roster(format="Microsoft SDS 2.1", source="sds")
        self.notes = self.roster.notes
        self.into = Gathering(self.roster)

    def read(self):
        if "users.csv" not in self.package or "orgs.csv" not in self.package:
            raise RosterError(_("users.csv or orgs.csv is missing, so there is nothing to import."))
        self.orgs()
        self.users()
        self.classes(self.sessions())
        self.roles()
        self.births()
        self.enrolments()
        self.relationships()
        return self.roster

    def table(self, name, needed, wanted=(), known=()):
        return tables.read(self.package, name, needed, wanted, notes=self.notes, known=known)

    def orgs(self):
        for row, key, name, kind in self.table("orgs.csv", ["sourcedId", "name"], ["type"], ["parentSourcedId"]):
            kind = kind.lower()
            if not key or len(key) > values.LONGEST_KEY or not name:
                self.notes.error("orgs.csv", row, _("The school has no key or no name."))
            elif kind in TEACHING_PLACES:
                self.roster.schools[key] = SchoolRow(key, name[:120])
            elif kind in OWNERS and not self.roster.owner_name:
                self.roster.owner_name = name[:120]

    def users(self):
        rows = self.table("users.csv", ["sourcedId", "givenName", "familyName"], ["email", "phone", "sms"], USERS)
        for row, key, given, family, email, phone, sms in rows:
            self.into.person("users.csv", row, key, given, family, email, sms or phone)

    def sessions(self):
        rows = list(self.table("academicSessions.csv", ["sourcedId", "startDate"]))
        dates = values.Dates(row[2] for row in rows)
        starts = {}
        for row, key, text in rows:
            start = self.into.date("academicSessions.csv", row, text, dates)
            if start:
                starts[key] = values.year_start(start)
        return starts

    def classes(self, starts):
        rows = self.table("classes.csv", ["sourcedId", "orgSourcedId"], ["title", "sessionSourcedIds", "grade"])
        for row, key, school, title, sessions, grade in rows:
            start = next((starts[part.strip()] for part in sessions.split(",") if part.strip() in starts), None)
            self.into.school_class("classes.csv", row, key, title, school, start, [grade])

    def roles(self):
        rows = list(
            self.table("roles.csv", ["userSourcedId", "role"], ["orgSourcedId", "roleStartDate", "roleEndDate"], ROLES)
        )
        begins, ends = values.Dates(row[4] for row in rows), values.Dates(row[5] for row in rows)
        for row, user, role, org, begin, end in rows:
            begin, end = self.into.date("roles.csv", row, begin, begins), self.into.date("roles.csv", row, end, ends)
            self.into.role("roles.csv", row, user, role, org, begin, end)

    def births(self):
        name = "demographics.csv"
        self.into.births(name, self.table(name, ["userSourcedId", "birthDate"], [], DEMOGRAPHICS))

    def enrolments(self):
        name = "enrollments.csv"
        for row, school_class, user, role in self.table(name, ["classSourcedId", "userSourcedId", "role"]):
            role = role.lower()
            if role in LEARNERS:
                self.into.place(name, row, user, school_class, None, None)
            elif role not in HELPERS:
                self.into.teaching(name, row, user, school_class, None, None)

    def relationships(self):
        """A pupil and a contact. The file names no roles for guardians: being named here is their role."""
        name, wanted = "relationships.csv", ["relationshipRole"]
        rows = list(self.table(name, ["userSourcedId", "relationshipUserSourcedId"], wanted))
        for _row, pupil, contact, _role in rows:
            if pupil in self.roster.pupils and contact in self.roster.persons:
                self.roster.guardians.add(contact)
        for row, pupil, contact, role in rows:
            self.into.relate(name, row, pupil, contact, role)
