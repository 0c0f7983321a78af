"""Small made-up schools as the files of a roster, for tests that import one after the other."""

from portal.people import actions as people
from portal.people.models import GuardianRelation, Person, Role, the_portal
from tests import make

MANIFEST = """propertyName,value
manifest.version,1.0
oneroster.version,1.1
{files}source.systemName,Prov
source.systemCode,{system}
"""
PARTS = ("academicSessions", "orgs", "classes", "enrollments", "users")
HEADERS = {
    "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    "o1,,,Fjell kommune,district,4699,\n",
    "academicSessions.csv": "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
    "y1,,,2026/27,schoolYear,2026-08-01,2027-07-31,,2027\n",
    "users.csv": "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n",
    "enrollments.csv": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,"
    "beginDate,endDate\n",
    "classes.csv": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
    "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n",
    "demographics.csv": "sourcedId,status,dateLastModified,birthDate,sex\n",
}
ASK, ELI = ("E1", "Ask Moe", "2017-05-01"), ("E2", "Eli Moe", "2019-09-09")
SIV, ROLF = ("F1", "Siv Moe", "siv@example.org"), ("F2", "Rolf Berg", "rolf@example.org")
FJELL, DAL = ("s1", "Fjell skole", "974500001"), ("s2", "Dal skole", "974500002")


def user(key, name, role, *, agents="", email="", phone="", status=""):
    given, family_name = name.split(" ")
    return f'{key},{status},,true,s1,{role},,,{given},{family_name},,,{email},,{phone},"{agents}",,\n'


def enrolment(key, school_class, role="student", status=""):
    return f"e-{key}-{school_class},{status},,{school_class},s1,{key},{role},true,,\n"


def manifest(system="prov", kind="bulk"):
    files = "".join(f"file.{part},{kind}\n" for part in PARTS)
    return MANIFEST.format(files=files, system=system)


def town(pupils=(), grown=(), *, teachers=(), system="prov", schools=(FJELL,)):
    """Pupils are (key, name, born, agents, class), adults (key, name, e-mail, phone or nothing), teachers (key, name,
    e-mail, class). Every school n has the classes c3n and c6n."""
    rows = dict.fromkeys(HEADERS, "")
    for key, name, number in schools:
        rows["orgs.csv"] += f"{key},,,{name},school,{number},o1\n"
        for grade in (3, 6):
            rows["classes.csv"] += f"c{grade}{key[1:]},,,{grade}A,0{grade},,,homeroom,,{key},y1,,,\n"
    for key, name, born, agents, school_class in pupils:
        rows["users.csv"] += user(key, name, "student", agents=agents)
        rows["demographics.csv"] += f"{key},,,{born},\n" if born else ""
        rows["enrollments.csv"] += enrolment(key, school_class) if school_class else ""
    for key, name, email, *phone in grown:
        rows["users.csv"] += user(key, name, "guardian", email=email, phone="".join(phone))
    for key, name, email, school_class in teachers:
        rows["users.csv"] += user(key, name, "teacher", email=email)
        rows["enrollments.csv"] += enrolment(key, school_class, "teacher")
    files = {name: HEADERS[name] + text for name, text in rows.items()}
    return {**files, "manifest.csv": manifest(system) if system else None, "roles.csv": None}


def delta(**rows):
    """A partial file: only these files, each with these rows."""
    files = {f"{name}.csv": HEADERS[f"{name}.csv"] + text for name, text in rows.items()}
    nothing = dict.fromkeys((*HEADERS, "roles.csv"))
    return {**nothing, "users.csv": HEADERS["users.csv"], "manifest.csv": manifest(kind="delta"), **files}


def family(ask="E1", siv="F1", rolf="F2", *, born="2017-05-01", name="Ask Moe", school_class="c31", **more):
    grown = [(siv, *SIV[1:]), (rolf, *ROLF[1:])]
    return town([(ask, name, born, f"{siv},{rolf}", school_class)], grown, **more)


def called(name):
    given, family_name = name.split(" ")
    return Person.objects.get(given_name=given, family_name=family_name)


def confirm_all():
    for relation in GuardianRelation.objects.proposed().order_by("guardian__source_id"):
        people.confirm_relation(relation, by=the_portal())
    for role in Role.objects.proposed():
        people.confirm_role(role, by=the_portal())


def shut_out(guardian="Rolf Berg", pupil="Ask Moe"):
    return make.restricted(called(guardian), called(pupil))


def said(warnings, *words):
    return any(all(word in line for word in words) for line in warnings)


def sees(guardian, pupil):
    return GuardianRelation.objects.live().filter(guardian__family_name=guardian, pupil__given_name=pupil).exists()
