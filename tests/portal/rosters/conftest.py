"""A small roster in which tests change one thing, and the ways to load it."""

import io
import zipfile

import pytest
from django.utils import translation

from portal.people.models import the_portal
from portal.rosters import actions
from portal.rosters.reading import read_roster
from portal.rosters.records import RosterError

FILES = {
    "manifest.csv": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nsource.systemCode,visma\n",
    "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    "k1,,,Granvik kommune,district,3446,\ns1,,,Lia skole,school,U90000001,k1\n",
    "academicSessions.csv": "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
    "y1,,,2026/27,schoolYear,2026-08-17,2027-06-18,,2027\n",
    "users.csv": "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,"
    "identifier,email,sms,phone,agentSourcedIds,grades,password\n"
    'p1,,,true,p1,,Nora,Vik,,,,,,"g1,g2",01,hunter2\n'
    "p2,,,true,p2,,Ali,Warsame,,,,,,g3,01,hunter2\n"
    "g1,,,true,g1,,Amira,Vik,,,amira@example.org,+4790000001,,,,hunter2\n"
    "g2,,,true,g2,,Jonas,Lie,,,jonas@example.org,+4790000002,,,,hunter2\n"
    "g3,,,true,g3,,Fadumo,Warsame,,,fadumo@example.org,,,,,hunter2\n"
    "t1,,,true,t1,,Carol,Dahl,,,carol@example.org,,,,,hunter2\n"
    "r1,,,true,r1,,Solveig,Haugen,,,solveig@example.org,,,,,hunter2\n",
    "roles.csv": "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
    "userProfileSourcedId\n1,,,p1,primary,student,,,s1,\n2,,,p2,primary,student,,,s1,\n3,,,g1,primary,parent,,,s1,\n"
    "4,,,g2,primary,guardian,,,s1,\n5,,,g3,primary,relative,,,s1,\n6,,,t1,primary,teacher,,,s1,\n"
    "7,,,r1,primary,principal,,,s1,\n",
    "classes.csv": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
    "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\nc1,,,1A,01,,,homeroom,,s1,y1,,,\n"
    "m1,,,Maths 1,01,,,Scheduled,,s1,y1,,,\n",
    "enrollments.csv": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,"
    "beginDate,endDate\ne1,,,c1,s1,p1,student,,,\ne2,,,c1,s1,p2,student,,,\ne3,,,c1,s1,t1,teacher,true,,\n"
    "e4,,,m1,s1,p1,student,,,\n",
    "demographics.csv": "sourcedId,status,dateLastModified,birthDate,sex,asian\np1,,,2020-03-04,female,true\n"
    "p2,,,2020-05-31,male,\n",
}


@pytest.fixture
def folder(tmp_path):
    """Write the small roster, with some files replaced (or left out: None), and return the folder."""

    def write(changes=None, **renamed):
        place = tmp_path / f"roster{len(list(tmp_path.iterdir()))}"
        place.mkdir()
        for name, text in {**FILES, **(changes or {})}.items():
            if text is not None:
                (place / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    return write


@pytest.fixture
def changed():
    def change(name, *pairs):
        text = FILES[name]
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        return {name: text}

    return change


@pytest.fixture
def load(db):
    def run(path, school=None, **options):
        municipality = school.municipality if school else None
        return actions.import_roster(
            municipality, by=the_portal(), roster=read_roster(path), file_name="test", school=school, **options
        )

    return run


@pytest.fixture
def zipped():
    def pack(files=FILES, **options):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **options) as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return packed.getvalue()

    return pack


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def read(folder, db, in_english):
    def run(files, **options):
        roster = read_roster(folder(files))
        entry = actions.import_roster(None, by=the_portal(), roster=roster, file_name="test", **options)
        return entry, [warning.text for warning in roster.notes.warnings]

    return run


@pytest.fixture
def read_files(tmp_path):
    """The roster of these files, or of one XML text, each read in a folder of its own."""

    def run(files):
        place = tmp_path / f"roster{len(list(tmp_path.iterdir()))}"
        place.mkdir()
        for name, text in ({"pifu.xml": files} if isinstance(files, str) else files).items():
            if text is not None:
                (place / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_roster(place)

    return run


def named(roster):
    return {(warning.file, warning.row) for warning in roster.notes.warnings if warning.row}


def roles(roster):
    return sorted((duty.person, duty.kind) for duty in roster.duties.values())


def refused(read, files):
    with pytest.raises(RosterError) as caught:
        read(files)
    return [(problem.file, problem.row) for problem in caught.value.problems]
