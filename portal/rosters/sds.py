"""Microsoft School Data Sync v2 and v2.1, CSV. Passwords, flags and all demographics but the birth date stay unread.

Version 2 has the roles of a person in users.csv; 2.1 has them in roles.csv, with dates."""

from django.utils.translation import gettext as _

from portal.rosters import places, tables, values, words
from portal.rosters.gathering import Gathering
from portal.rosters.records import Notes, Roster, RosterError

ORG_KINDS = places.Kinds(
    {"school", "college", "university", "campus", "adulteducation"},
    {
        "ministryofeducation",
        "departmentofeducation",
        "localauthority",
        "localeducationagency",
        "municipality",
        "district",
        "local",
        "region",
        "province",
        "county",
        "state",
        "national",
        "academictrust",
    },
    {"department", "division", "researchcenter", "program"},
)
OLDEST = {"school.csv", "section.csv", "student.csv", "teacher.csv", "studentenrollment.csv", "teacherroster.csv"}

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
        self.with_roles = "roles.csv" in package
        self.roster = Roster(format="Microsoft SDS 2.1" if self.with_roles else "Microsoft SDS 2", source="sds")
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
        self.into.finish("users.csv")
        return self.roster

    def table(self, name, needed, wanted=(), known=()):
        return tables.read(self.package, name, needed, wanted, notes=self.notes, known=known)

    def orgs(self):
        rows = self.table("orgs.csv", ["sourcedId", "name"], ["type"], ["parentSourcedId"])
        orgs = [places.Org(row, key, name, kind) for row, key, name, kind in rows]
        pointed_at = {row[1] for row in tables.read(self.package, "classes.csv", ["orgSourcedId"], notes=Notes())}
        places.sort_orgs(self.into, "orgs.csv", orgs, ORG_KINDS, pointed_at)

    def users(self):
        name = "users.csv"
        of_version_2 = [] if self.with_roles else ["role", "orgSourcedIds"]
        wanted = ["email", "phone", "sms", "afterSchoolCare", *of_version_2]
        for row, key, given, family, email, phone, sms, care, *role in self.table(
            name, ["sourcedId", "givenName", "familyName"], wanted, USERS
        ):
            self.into.person(name, row, key, given, family, email, values.better_phone(sms, phone))
            self.into.care(name, row, key, care)
            if role and key in self.roster.persons:
                self.into.roles(name, row, key, role[0], words.split(role[1]))

    def sessions(self):
        if "academicSessions.csv" not in self.package:
            return None
        rows = list(self.table("academicSessions.csv", ["sourcedId", "startDate"]))
        dates = values.Dates(row[2] for row in rows)
        starts = {}
        for row, key, text in rows:
            start = self.into.first_day("academicSessions.csv", row, text, dates)
            if start:
                starts[key] = start
        return starts

    def classes(self, starts):
        rows = self.table("classes.csv", ["sourcedId", "orgSourcedId"], ["title", "sessionSourcedIds", "grade"])
        for row, key, school, title, sessions, grade in rows:
            start = self.into.start_of("classes.csv", row, key, words.split(sessions), starts)
            self.into.school_class("classes.csv", row, key, title, school, start, [grade])

    def roles(self):
        rows = list(
            self.table("roles.csv", ["userSourcedId", "role"], ["orgSourcedId", "roleStartDate", "roleEndDate"], ROLES)
        )
        begins, ends = values.Dates(row[4] for row in rows), values.Dates(row[5] for row in rows)
        for row, user, role, org, begin, end in rows:
            if span := self.into.dates("roles.csv", row, user, (begin, begins), (end, ends)):
                self.into.role("roles.csv", row, user, role, org, *span)

    def births(self):
        name = "demographics.csv"
        self.into.births(name, self.table(name, ["userSourcedId", "birthDate"], [], DEMOGRAPHICS))

    def enrolments(self):
        name = "enrollments.csv"
        for row, school_class, user, said in self.table(name, ["classSourcedId", "userSourcedId", "role"]):
            role = words.plain(said)
            if role in words.PUPILS:
                self.into.place(name, row, user, school_class, None, None)
            elif role in words.TEACHERS:
                self.into.teaching(name, row, user, school_class, None, None)
            elif role not in words.STAFF:
                self.into.unknown(name, row, "role", said, user)

    def relationships(self):
        """A pupil and a contact. The file names no roles for guardians: being named here is their role."""
        name, word = "relationships.csv", "relationshipRole"
        for row, pupil, contact, role in self.table(name, ["userSourcedId", "relationshipUserSourcedId", word]):
            self.into.contact(name, row, word, pupil, contact, role)
