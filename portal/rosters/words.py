"""The words of the formats. A word in none of these lists gives nothing, and is reported with file and row."""

from functools import lru_cache

from portal.people.models import Role

PUPILS = {"student", "learner"}
PARENTS = {"guardian", "parent", "relative"}
OFFICES = {"siteadministrator", "officestaff", "schooladministrator"}
LEADING = {"principal": Role.Kind.PRINCIPAL.value, **dict.fromkeys(OFFICES, Role.Kind.OFFICE.value)}
TEACHERS = {"teacher", "faculty", "professor", "lecturer", "instructor", "adjunct", "substitute"}
STAFF = {
    *OFFICES,
    *TEACHERS,
    "principal",
    "management",
    "administrator",
    "districtadministrator",
    "systemadministrator",
    "itadmin",
    "aide",
    "assistant",
    "counselor",
    "proctor",
    "chair",
    "researcher",
    "occupationaltherapist",
    "physicaltherapist",
    "speechtherapist",
    "visiontherapist",
    "paraprofessional",
    "specialservices",
    "advisor",
    "nurse",
    "staff",
    "ta",
    "teacherassistant",
    "coach",
}
NOBODY = {"affiliate", "alumni", "other"}  # in the formats, but neither pupil, guardian nor staff
ROLES = PUPILS | PARENTS | STAFF | NOBODY

CONTACTS = {  # named with a pupil, but not as a guardian
    "aide",
    "administrator",
    "child",
    "doctor",
    "emergency",
    "emergencycontact",
    "nextofkin",
    "other",
    "sibling",
}

YES = {"true", "1", "yes", "ja", "sann", "sand"}  # spreadsheets write these in their own language
NO = {"", "false", "0", "no", "nei", "nej", "usann", "falsk"}

HERE = {"", "active"}
GONE = {"tobedeleted", "inactive"}


@lru_cache(4096)
def plain(word):
    return "".join(letter for letter in word.casefold() if letter not in " -_")


def split(text):
    """Comma-separated; in older files also by semicolon or bar."""
    if not text:
        return []
    for mark in ";|":
        text = text.replace(mark, ",")
    return [part.strip() for part in text.split(",") if part.strip()]
