"""The pages of people: each opens, saves what it says, and costs the same for three and thirty."""

import pytest

from portal.ledger.models import Event
from portal.people import actions
from portal.people.models import AccessRestriction, GuardianRelation, Role, the_portal
from tests import make
from tests.ground import once
from tests.pages import as_, text


@once
def lia(db):
    return make.school()


@once
def clerk(lia):
    return make.holder("office", lia, given_name="Odd")


@pytest.fixture
def office(client, clerk):
    client.force_login(clerk)
    return client


def test_home_greets_a_guardian_and_shows_the_child(client, lia):
    nora, amira = make.family(make.school_class(at=lia))
    client.force_login(amira)

    page = client.get("/").content.decode()

    assert "Amira" in page
    assert nora.given_name in page


def test_home_of_somebody_without_a_role_says_what_to_do(client, lia):
    client.force_login(make.person())

    assert client.get("/").status_code == 200


def test_home_empties_by_doing(office, lia):
    relation = make.proposed(make.person(), make.pupil(in_class=make.school_class(at=lia)))
    assert "/office/relations/" in office.get("/").content.decode()

    office.post(f"/office/relations/{relation.pk}/", {"kind": "guardian", "information_right": "on"})

    assert "/office/relations/" not in office.get("/").content.decode().replace('/office/relations/"><svg', "")
    assert GuardianRelation.objects.live().get() == relation


def test_hat_wear_changes_the_hat_and_refuses_another_persons(client, lia):
    one = make.school_class("1A", at=lia)
    _nora, amira = make.family(one)
    role = make.role(amira, "class_contact", one)
    client.force_login(amira)

    client.post("/hat/", {"hat": f"class_contact-{role.pk}"})
    assert client.session["hat"] == f"class_contact-{role.pk}"

    client.post("/hat/", {"hat": "principal-1"})
    assert client.session["hat"] == f"class_contact-{role.pk}"


def test_profile_saves(client, lia):
    amira = make.person(language="nb")
    client.force_login(amira)

    client.post("/me/", {"language": "da", "email": "new@example.org", "phone": "", "scheme": "dark"})

    amira.refresh_from_db()
    assert (amira.language, amira.email, amira.scheme) == ("da", "new@example.org", "dark")


def test_directory_saves_and_takes_back(client, lia):
    _nora, amira = make.family(make.school_class(at=lia))
    client.force_login(amira)

    client.post("/me/directory/", {"fields": ["phone", "email"]})
    client.post("/me/directory/", {"fields": ["email"]})

    assert [choice.field for choice in amira.directory_choices.all()] == ["email"]


def test_child_list_shows_the_own_relation_only(client, lia):
    nora, amira = make.family(make.school_class(at=lia))
    other = make.guardian("Other", "Home", of=nora)
    client.force_login(amira)

    page = client.get("/me/children/").content.decode()

    assert nora.full_name in page
    assert other.full_name not in page


@pytest.mark.parametrize("rows", [3, 30])
def test_person_list_costs_the_same(office, lia, rows, django_assert_max_num_queries):
    in_class = make.school_class(at=lia)
    for _number in range(rows):
        make.family(in_class)

    with django_assert_max_num_queries(24):
        page = office.get("/office/people/?q=Vik").content.decode()

    assert page.count("sb-rowlink") == min(2 * rows, 50)


def test_person_list_finds_only_the_own_school(office, lia):
    elsewhere, _guardian = make.family(make.school_class(at=make.school("Elsewhere")), pupil_name="Faraway")

    assert office.get("/office/people/?q=Faraway").context["rows"] == []
    assert office.get(f"/office/people/{elsewhere.key}/").status_code == 404


def test_person_detail_shows_actions_to_the_office_only(office, client, lia):
    in_class = make.school_class(at=lia)
    nora, _amira = make.family(in_class)
    page = office.get(f"/office/people/{nora.key}/").content.decode()
    assert "/guardian/" in page

    client.force_login(make.holder("contact_teacher", in_class))
    page = client.get(f"/office/people/{nora.key}/").content.decode()
    assert "/guardian/" not in page


def test_relation_confirm_joins_two_who_live_together(office, lia):
    nora, amira = make.family(make.school_class(at=lia))
    other = make.person("Bo")
    relation = make.proposed(other, nora)

    office.post(
        f"/office/relations/{relation.pk}/",
        {"kind": "guardian", "legal_authority": "on", "information_right": "on", "lives_with": amira.pk},
    )

    other.refresh_from_db()
    assert other.household == amira.household


def test_relation_confirm_asks_for_the_end_of_an_authorisation(office, lia):
    nora = make.pupil(in_class=make.school_class(at=lia))
    relation = make.proposed(make.person(), nora)

    answer = office.post(f"/office/relations/{relation.pk}/", {"kind": "step", "information_right": "on"})

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"valid_to"}


def test_relation_propose_goes_on_to_confirm(office, lia):
    in_class = make.school_class(at=lia)
    nora, _amira = make.family(in_class)
    _other, bo = make.family(in_class, adult_name="Bo")

    answer = office.post(f"/office/people/{nora.key}/guardian/", {"guardian": bo.pk})

    relation = GuardianRelation.objects.proposed().get()
    assert answer.url == f"/office/relations/{relation.pk}/"
    assert office.post(f"/office/people/{nora.key}/guardian/", {"guardian": bo.pk}).status_code == 200


def test_relation_end_ends(office, lia):
    nora, _amira = make.family(make.school_class(at=lia))
    relation = nora.guardian_relations.get()

    office.post(f"/office/relations/{relation.pk}/end/")

    assert not GuardianRelation.objects.live().exists()


def test_roles_confirm_confirms_a_class_and_nothing_twice(office, lia):
    in_class = make.school_class(at=lia)
    make.propose_role(make.person(), "contact_teacher", in_class)
    make.propose_role(make.person(), "subject_teacher", in_class)

    office.post(f"/office/classes/{in_class.pk}/roles/")
    office.post(f"/office/classes/{in_class.pk}/roles/")

    assert Role.objects.live().filter(school_class=in_class).count() == 2
    assert Event.objects.filter(verb="people.roles_confirmed").count() == 1


def test_role_give_and_end(office, lia):
    in_class = make.school_class(at=lia)
    tom = make.holder("subject_teacher", in_class)

    office.post(f"/office/people/{tom.key}/role/", {"post": f"contact_teacher-{in_class.pk}"})
    role = Role.objects.live().get(person=tom, kind="contact_teacher")
    office.post(f"/office/roles/{role.pk}/end/")

    assert not Role.objects.live().filter(pk=role.pk).exists()


def test_contact_elect_by_the_contact_teacher(client, lia):
    in_class = make.school_class(at=lia)
    _nora, amira = make.family(in_class)
    client.force_login(make.holder("contact_teacher", in_class))

    client.post(f"/office/classes/{in_class.pk}/contacts/", {"holder": amira.pk, "valid_to": in_class.year.ends_on})

    assert Role.objects.live().get(person=amira).kind == "class_contact"


def test_person_welcome_by_the_principal(client, lia):
    client.force_login(make.holder("principal", lia))

    client.post(
        "/office/people/new/",
        {"given_name": "Ny", "family_name": "Lie", "email": "ny@example.org", "post": f"office-{lia.pk}"},
    )

    assert Role.objects.live().get(person__email="ny@example.org").kind == "office"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["nb", "nn", "da"])
def test_whoever_is_welcomed_reads_what_the_school_writes_in(form):
    school = make.school(language_form=form)
    for scope, kind in ((school, "office"), (make.school_class(at=school), "contact_teacher")):
        new = actions.welcome(scope, by=the_portal(), kind=kind, given_name="Ny", family_name="Lie")
        assert new.language == form


@pytest.mark.django_db
def test_an_officer_reads_what_the_schools_of_the_municipality_write_in():
    town = make.school(language_form="da").municipality
    new = actions.welcome(town, by=the_portal(), kind="municipality_officer", given_name="Ny", family_name="Lie")
    assert new.language == "da"


def test_person_email_failed_and_mended(office, lia):
    _nora, amira = make.family(make.school_class(at=lia))

    office.post(f"/office/people/{amira.key}/email/", {"state": "failed"})
    amira.refresh_from_db()
    assert amira.email_failed_at

    office.post(f"/office/people/{amira.key}/email/", {"state": "mended"})
    amira.refresh_from_db()
    assert amira.email_failed_at is None


def test_person_home_and_contact_save(office, lia):
    nora, amira = make.family(make.school_class(at=lia))
    bo = make.guardian("Bo", of=nora)

    office.post(f"/office/people/{bo.key}/home/", {"other": amira.pk})
    office.post(f"/office/people/{bo.key}/contact/", {"email": "bo@example.org", "phone": "41 00 00 00"})

    bo.refresh_from_db()
    amira.refresh_from_db()
    assert bo.household == amira.household
    assert (bo.email, bo.phone) == ("bo@example.org", "41 00 00 00")


def test_person_protect_and_end(office, lia):
    nora = make.pupil(in_class=make.school_class(at=lia))

    office.post(f"/office/people/{nora.key}/protection/", {"grade": "name", "alias": "Fam. A"})
    protection = nora.protections.get()
    office.post(f"/office/protections/{protection.pk}/end/")

    protection.refresh_from_db()
    assert protection.alias == "Fam. A"
    assert protection.valid_to is not None


def test_the_page_of_who_is_covered_says_for_whose_sake(clerk, lia):
    nora, amira = make.family(make.school_class(at=lia))
    bo = make.guardian("Bo", of=nora)
    _ola, other = make.family(make.school_class("2A", at=lia))
    actions.protect_address(nora, by=make.the_portal(), grade="name", alias="Fam. A")

    def read(person):
        return text(as_(clerk).get(f"/office/people/{person.key}/"))

    for person in (amira, bo):
        assert f"Covered because {nora.full_name} is protected" in read(person)
        assert "Protect this person as well" in read(person)
        assert "Protect name and address" not in read(person)
    for person in (nora, other):
        assert "Covered because" not in read(person)


def test_a_teacher_is_not_told_who_is_covered(lia):
    in_class = make.school_class(at=lia)
    nora, amira = make.family(in_class)
    actions.protect_address(nora, by=make.the_portal(), grade="strict")

    for kind in ("contact_teacher", "subject_teacher"):
        read = text(as_(make.holder(kind, in_class)).get(f"/office/people/{amira.key}/"))
        assert amira.full_name in read
        assert "Covered because" not in read


def test_the_office_of_another_school_is_not_told_who_is_covered_for_whom(lia):
    there = make.school("Fjell skole")
    nora = make.pupil("Nora", in_class=make.school_class(at=lia))
    sister = make.pupil("Sara", in_class=make.school_class("2A", at=there))
    amira = make.guardian("Amira", of=[nora, sister])
    actions.protect_address(nora, by=make.the_portal(), grade="strict")

    read = text(as_(make.holder("office", there)).get(f"/office/people/{amira.key}/"))

    assert amira.full_name in read
    assert nora.given_name not in read
    assert "Covered because" not in read


def test_restriction_needs_two_persons(office, client, lia):
    nora, amira = make.family(make.school_class(at=lia))
    office.post(f"/office/people/{nora.key}/restriction/", {"guardian": amira.pk, "reason": "Order of 1 May"})
    restriction = AccessRestriction.objects.get()
    office.post(f"/office/restrictions/{restriction.pk}/", {"step": "confirm"})
    assert GuardianRelation.objects.live().exists()

    client.force_login(make.holder("principal", lia))
    client.post(f"/office/restrictions/{restriction.pk}/", {"step": "confirm"})

    assert not GuardianRelation.objects.live().exists()


def test_restriction_list_hides_the_reason_from_a_third(client, lia):
    nora, amira = make.family(make.school_class(at=lia))
    make.restricted(amira, nora, reason="Order of 1 May")
    client.force_login(make.holder("office", lia))

    page = client.get("/office/restrictions/").content.decode()

    assert amira.full_name in page
    assert "Order of 1 May" not in page


def test_demo_does_not_exist_where_people_are_real(client, lia):
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/", {"person": make.holder("principal", lia).pk}).status_code == 404


def test_demo_lets_one_be_the_principal_and_says_so(client, lia, settings):
    settings.DEMO = True
    principal = make.holder("principal", lia)

    assert principal.full_name in client.get("/demo/").content.decode()
    client.post("/demo/", {"person": principal.pk})

    assert client.get("/office/").status_code == 200
    assert Event.objects.get(verb="home.person_stepped_in").subject_id == str(principal.pk)
