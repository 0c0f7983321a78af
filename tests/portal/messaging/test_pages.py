import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.messaging.models import Notice, Preference
from portal.messaging.sending import send
from portal.people.models import Role
from tests import make
from tests.portal.messaging.kinds import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, amira):
    client.force_login(amira)
    return client


@pytest.fixture
def message(server, school_class, amira):
    tell(school_class, amira)
    send("email")
    return Notice.objects.get()


def test_message_list_shows(signed_in, message):
    page = signed_in.get(reverse("messaging:message_list")).content.decode()

    assert "Nyheter på nb om 1A" in page


def test_message_list_asks_as_much_for_thirty_as_for_three(signed_in, school_class, amira):
    counts = []
    for total in (3, 30):
        for number in range(total):
            tell(school_class, amira, kind="tests.urgent", occasion=f"{total} {number}")
        Notice.objects.update(state="told", told_at=timezone.now(), title="Nytt")
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(reverse("messaging:message_list"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_message_show_marks_nothing_and_message_read_does(signed_in, message):
    signed_in.get(reverse("messaging:message_show", args=[message.pk]))
    message.refresh_from_db()
    assert message.read_at is None

    signed_in.post(reverse("messaging:message_read", args=[message.pk]))
    message.refresh_from_db()

    assert message.read_at is not None


def test_messages_of_others_are_not_found(client, message, ben):
    client.force_login(ben)

    assert client.get(reverse("messaging:message_show", args=[message.pk])).status_code == 404
    assert client.post(reverse("messaging:message_read", args=[message.pk])).status_code == 404


def test_preference_edit_saves(signed_in, amira):
    form = signed_in.get(reverse("messaging:preference_edit")).context["form"]

    signed_in.post(reverse("messaging:preference_edit"), {**form.initial, "digest": "weekly", "news": "both"})

    assert Preference.objects.get(person=amira).digest == "weekly"


def test_address_list_is_for_the_office(client, school_class, amira):
    amira.email_failed_at = timezone.now()
    amira.save(update_fields=["email_failed_at"])
    client.force_login(amira)
    assert client.get(reverse("messaging:address_list")).status_code == 403
    client.force_login(make.holder(Role.Kind.OFFICE, school_class.school))

    response = client.get(reverse("messaging:address_list"))

    assert [person.pk for person in response.context["rows"]] == [amira.pk]
    contact = reverse("people:person_contact", args=[amira.key])
    assert contact in response.content.decode()
    client.post(contact, {"email": "amira@example.com", "phone": ""})
    amira.refresh_from_db()
    assert amira.email_failed_at is None
    assert not client.get(reverse("messaging:address_list")).context["rows"].object_list


def test_the_office_reaches_all_that_it_keeps_from_its_menu(client, school_class):
    client.force_login(make.holder(Role.Kind.OFFICE, school_class.school))
    office = reverse("people:office_home")
    assert f'href="{office}"' in client.get("/", follow=True).content.decode()
    listed = client.get(office).content.decode()
    kept = ("restriction_list", "relation_list", "role_list", "person_list", "move_list")
    paths = [
        *(reverse(f"people:{name}") for name in kept),
        reverse("rosters:roster_list"),
        reverse("people:year_roll_over", args=[school_class.school_id]),
        reverse("messaging:address_list"),
        reverse("conferences:room_list"),
    ]
    for path in paths:
        assert f'href="{path}"' in listed, path
        assert client.get(path).status_code == 200, path
