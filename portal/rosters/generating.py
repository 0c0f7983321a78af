"""Write a made-up roster as OneRoster 1.2, the same for the same seed: siblings, two homes, names from many cultures."""

import csv
import io
import zipfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

from portal.rosters import values
from portal.rosters.names import family_names
from portal.rosters.oneroster import CLASSES, DEMOGRAPHICS, ENROLMENTS, ORGS, ROLES, SESSIONS, USERS

GRADES = range(1, 11)
CLASS_SIZE = 24
TWO_HOMES, ONE_GUARDIAN, SIBLING = 0.22, 0.12, 0.35
PRODUCER = "made-up"
USERS_NOW = [
    column for column in USERS if column not in ("orgSourcedIds", "role")
]  # version 1.2 has these in roles.csv


def write_roster(out, *, schools, pupils, seed=1, today=None):
    """`out` is a folder, or a zip file if its name ends in .zip. Returns {table: number of rows}."""
    made = Made(schools, pupils, Random(seed), values.year_start(today or date.today()))  # noqa: S311, DTZ011 not a secret; a file has no zone
    made.fill()
    with _writer(Path(out)) as write:
        for name, (columns, rows) in made.tables().items():
            write(f"{name}.csv", columns, rows)
    return {name: len(rows) for name, (_columns, rows) in made.tables().items()}


class Made:
    def __init__(self, schools, pupils, random, starts_on):
        self.school_count, self.pupil_count, self.random, self.starts_on = schools, pupils, random, starts_on
        self.orgs, self.classes, self.users, self.roles = [], [], [], []
        self.enrolments, self.births = [], []
        self.families = []  # families of this school that may get a sibling: (last name, first names, guardians)

    def tables(self):
        year = [["y", "", "", f"{self.starts_on.year}/{self.starts_on.year + 1}", "schoolYear"]]
        year[0] += [
            self.starts_on.isoformat(),
            date(self.starts_on.year + 1, 7, 31).isoformat(),
            "",
            self.starts_on.year + 1,
        ]
        files = ["academicSessions", "classes", "demographics", "enrollments", "orgs", "roles", "users"]
        manifest = [
            ["manifest.version", "1.0"],
            ["oneroster.version", "1.2"],
            *([f"file.{name}", "bulk"] for name in files),
            ["source.systemName", PRODUCER],
            ["source.systemCode", PRODUCER],
        ]
        return {
            "manifest": (["propertyName", "value"], manifest),
            "orgs": (ORGS, self.orgs),
            "academicSessions": (SESSIONS, year),
            "classes": (CLASSES, self.classes),
            "users": (USERS_NOW, self.users),
            "roles": (ROLES, self.roles),
            "enrollments": (ENROLMENTS, self.enrolments),
            "demographics": ([column for column in DEMOGRAPHICS if column != "userSourcedId"], self.births),
        }

    def fill(self):
        self.orgs.append(["k", "", "", "Oppdiktet kommune", "district", "9999", ""])
        for number in range(1, self.school_count + 1):
            share = (
                self.pupil_count * number // self.school_count - self.pupil_count * (number - 1) // self.school_count
            )
            self.school(number, share)

    def school(self, number, pupils):
        key = f"s{number}"
        self.orgs.append([key, "", "", f"Skole {number}", "school", f"U9{number:07}", "k"])
        self.families = []
        self.staff(f"{key}-head", "principal", key)
        a_grade = -(-pupils // len(GRADES))
        placed = 0
        for grade in GRADES:
            here = min(a_grade, pupils - placed)
            classes = max(1, round(here / CLASS_SIZE))
            keys = [self.school_class(key, grade, letter) for letter in range(classes)]
            for place in range(here):
                self.pupil(f"{key}-{placed}", key, keys[place % classes], grade)
                placed += 1

    def school_class(self, school, grade, letter):
        key, name = f"{school}-{grade}{letter}", f"{grade}{_letters(letter)}"
        self.classes.append([key, "", "", name, f"{grade:02}", "", name, "homeroom", "", school, "y", "", "", ""])
        self.staff(f"{key}-t", "teacher", school)
        self.enrolments.append([f"{key}-t", "", "", key, school, f"{key}-t", "teacher", "true", "", ""])
        return key

    def staff(self, key, role, school):
        first, last = family_names(self.random)
        self.user(key, self.random.choice(first), self.random.choice(last), role, school, reachable=True)

    def pupil(self, key, school, school_class, grade):
        last, first, guardians = self.family(key, school)
        self.user(key, self.random.choice(first), last, "student", school, agents=guardians)
        self.enrolments.append([f"e-{key}", "", "", school_class, school, key, "student", "", "", ""])
        born = date(self.starts_on.year - 5 - grade, self.random.randint(1, 12), self.random.randint(1, 28))
        self.births.append([key, "", "", born.isoformat(), ""])

    def family(self, key, school):
        if self.families and self.random.random() < SIBLING:
            return self.families.pop(self.random.randrange(len(self.families)))
        first, names = family_names(self.random)
        last, chance = self.random.choice(names), self.random.random()
        adults = [last]
        if chance >= ONE_GUARDIAN:
            adults.append(self.random.choice(names) if chance < ONE_GUARDIAN + TWO_HOMES else last)
        guardians = [f"{key}-g{place}" for place in range(len(adults))]
        for guardian, name in zip(guardians, adults, strict=True):
            self.user(
                guardian, self.random.choice(first), name, "guardian", school, reachable=self.random.random() < 0.93
            )
        made = (last, first, guardians)
        self.families.append(made)
        return made

    def user(self, key, given, family, role, school, agents=(), reachable=False):
        email = f"{key}@example.org" if reachable else ""
        phone = f"+4700{len(self.users):06}" if reachable else ""
        row = [key, "", "", "true", key, "", given, family, "", "", email, phone, "", ",".join(agents), "", ""]
        self.users.append(row + [""] * (len(USERS_NOW) - len(row)))
        self.roles.append([f"r-{key}", "", "", key, "primary", role, "", "", school, ""])


def _letters(number):
    return chr(65 + number) if number < 26 else _letters(number // 26 - 1) + chr(65 + number % 26)


@contextmanager
def _writer(out):
    def text_of(columns, rows):
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows([columns, *rows])
        return text.getvalue()

    if out.suffix.lower() == ".zip":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            yield lambda name, columns, rows: archive.writestr(
                zipfile.ZipInfo(name), text_of(columns, rows), zipfile.ZIP_DEFLATED
            )
    else:
        out.mkdir(parents=True, exist_ok=True)
        yield lambda name, columns, rows: (out / name).write_bytes(text_of(columns, rows).encode())
