"""Small rosters of the other formats, and odd ones made of all of them."""

from tests.portal.rosters.conftest import FILES

USERS_11 = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
    'p1,,,true,s1,student,,,Nora,Vik,,,,,,"g1,g2",01,\n'
    "p2,,,true,s1,student,,,Ali,Warsame,,,,,,g3,01,\n"
    "g1,,,true,s1,guardian,,,Amira,Vik,,,amira@example.org,+4790000001,,,,\n"
    "g2,,,true,s1,parent,,,Jonas,Lie,,,jonas@example.org,+4790000002,,,,\n"
    "g3,,,true,s1,relative,,,Fadumo,Warsame,,,fadumo@example.org,,,,,\n"
    "t1,,,true,s1,teacher,,,Carol,Dahl,,,carol@example.org,,,,,\n"
)
ONE_ROSTER_11 = {
    **{name: text for name, text in FILES.items() if name != "roles.csv"},
    "manifest.csv": FILES["manifest.csv"].replace("1.2", "1.1"),
    "users.csv": USERS_11,
}

SDS = {
    "orgs.csv": "sourcedId,name,type,parentSourcedId\nk1,Granvik kommune,municipality,\ns1,Lia skole,school,k1\n",
    "users.csv": "sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms\n"
    "p1,,Nora,Vik,,,,,\np2,,Ali,Warsame,,,,,\ng1,,Amira,Vik,,,amira@example.org,,\ng2,,Jonas,Lie,,,,,\n"
    "t1,,Carol,Dahl,,,carol@example.org,,\n",
    "roles.csv": "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate\n"
    "p1,s1,student,y1,01,true,,\np2,s1,student,y1,01,true,,\nt1,s1,teacher,y1,,true,,\n",
    "academicSessions.csv": "sourcedId,title,type,schoolYear,startDate,endDate\n"
    "y1,2026/27,schoolYear,2027,2026-08-17,2027-06-18\n",
    "classes.csv": "sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId,code\nc1,s1,1A,y1,,\n",
    "enrollments.csv": "classSourcedId,userSourcedId,role\nc1,p1,student\nc1,p2,student\nc1,t1,teacher\n",
    "relationships.csv": "userSourcedId,relationshipUserSourcedId,relationshipRole\np1,g1,parent\np2,g2,guardian\n",
}
SDS_2 = {
    **{name: text for name, text in SDS.items() if name != "roles.csv"},
    "users.csv": "sourcedId,orgSourcedIds,username,givenName,familyName,role,email,phone\n"
    "p1,s1,,Nora,Vik,student,,\np2,s1,,Ali,Warsame,student,,\ng1,s1,,Amira,Vik,guardian,,\n"
    "g2,s1,,Jonas,Lie,guardian,,\nt1,s1,,Carol,Dahl,teacher,,\n",
}

PIFU = """<?xml version="1.0" encoding="UTF-8"?>
<enterprise xmlns="http://pifu.no/xsd/pifu-ims_sas/pifu-ims_sas-1.3">
<properties><datasource>sas</datasource><type>full</type></properties>
<person><sourcedid><id>p1</id></sourcedid><name><n><family>Vik</family><given>Nora</given></n></name>
<demographics><bday>2020-03-04</bday></demographics><extension><pifu_status type="activeInactive">aktiv</pifu_status>
<pifu_hasContactPerson type="guardian"><sourcedid><id>g1</id></sourcedid></pifu_hasContactPerson></extension></person>
<person><sourcedid><id>g1</id></sourcedid><name><n><family>Vik</family><given>Amira</given></n></name></person>
<person><sourcedid><id>t1</id></sourcedid><name><n><family>Dahl</family><given>Carol</given></n></name></person>
<person><sourcedid><id>h1</id></sourcedid><name><n><family>Haugen</family><given>Solveig</given></n></name></person>
<group><sourcedid><id>k1</id></sourcedid><grouptype><typevalue level="1">skoleeier</typevalue></grouptype>
<description><short>Granvik kommune</short></description></group>
<group><sourcedid><id>s1</id></sourcedid><grouptype><typevalue level="2">skole</typevalue></grouptype>
<description><short>Lia skole</short></description></group>
<group><sourcedid><id>c1</id></sourcedid><grouptype><typevalue level="1">basisgruppe</typevalue></grouptype>
<description><short>1A</short></description><timeframe><begin>2026-08-17</begin><adminperiod>2026/2027</adminperiod></timeframe>
<relationship><sourcedid><id>s1</id></sourcedid></relationship></group>
<membership><sourcedid><id>s1</id></sourcedid><member><sourcedid><id>h1</id></sourcedid><idtype>1</idtype>
<role roletype="05"><subrole>rektor</subrole><status>1</status></role></member></membership>
<membership><sourcedid><id>c1</id></sourcedid>
<member><sourcedid><id>p1</id></sourcedid><idtype>1</idtype><role roletype="01"><status>1</status><timeframe/></role></member>
<member><sourcedid><id>t1</id></sourcedid><idtype>1</idtype><role roletype="06"><status>1</status></role></member></membership>
</enterprise>
"""


def with_change(files, name, *pairs):
    text = files[name]
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return {**files, name: text}
