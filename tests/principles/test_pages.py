"""What everybody reads, and what only those who write principles see."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from principles import actions
from principles.life.actions import move_version
from principles.models import PrincipleVersion
from principles.moves import State
from principles.outline import read_outline
from tests import make
from tests.ground import once
from tests.principles.conftest import TEXT, publish

SLUG = "princip-for-skole-hjem-samtaler"


def url(name, school, *rest):
    return reverse(f"principles:{name}", args=[school.number, *rest])


def wording(response):
    return response.content.decode()


@once
def second(published, karen):
    draft = actions.draft_revision(published.principle, by=karen)
    clause = draft.clauses.get(number=2)
    actions.edit_clause(
        clause, by=karen, text="Skolen indkalder mindst 14 dage før.", party="school", section=clause.section
    )
    return draft


def test_principle_list_shows_what_is_published_to_anyone(client, engen, published):
    page = wording(client.get(url("principle_list", engen)))

    assert "Princip for skole-hjem-samtaler" in page
    assert 'lang="da"' in page


def test_principle_list_hides_drafts(client, engen, draft, amira):
    assert draft.title not in wording(client.get(url("principle_list", engen)))
    client.force_login(amira)
    assert draft.title not in wording(client.get(url("principle_list", engen)))


def test_principle_list_says_to_those_who_write_how_far_the_next_version_is(client, engen, second, karen, mette):
    move_version(second, by=karen, to=State.READING)
    type(karen).objects.filter(pk=karen.pk).update(language="en")
    assert "Read by the board" not in wording(client.get(url("principle_list", engen)))
    client.force_login(karen)
    page = wording(client.get(url("principle_list", engen)))
    assert "In force" in page
    assert "Read by the board" in page


def test_a_point_that_is_changed_is_said_to_be_saved(client, draft, karen):
    type(karen).objects.filter(pk=karen.pk).update(language="en")
    client.force_login(karen)
    clause = draft.clauses.get(number=2)
    typed = {"text": "Skolen indkalder.", "party": clause.party, "section": clause.section_id}

    saved = client.post(reverse("principles:clause_edit", args=[clause.pk]), typed, follow=True)

    assert "Saved." in wording(saved)


def test_principle_list_asks_as_often_for_many(client, engen, karen):
    def drafted(number):
        outline = read_outline(TEXT.replace("skole-hjem-samtaler", f"emne {number}"))
        publish(actions.draft_principle(engen, by=karen, outline=outline), karen)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get(url("principle_list", engen))
        return len(captured)

    for number in range(3):
        drafted(number)
    few = asked()
    for number in range(3, 30):
        drafted(number)

    assert asked() == few


def test_principle_list_without_a_school_leads_home(client, engen, published, karen, amira):
    for person in (karen, amira):
        client.force_login(person)
        assert client.get(reverse("principles:principle_list")).url == url("principle_list", engen)


def test_principle_list_without_a_school_lets_a_visitor_choose(client, engen, published):
    assert url("principle_list", engen) in wording(client.get(reverse("principles:principle_list")))


@pytest.mark.parametrize(
    ("words", "expected"),
    [("cykel", 0), ("indkaldelse", 1), ("plan", 1), ("forældre", 1), ("forberedt", 1), ("barnet", 1)],
)
def test_search_bends_the_words(client, engen, published, words, expected):
    response = client.get(url("principle_list", engen), {"q": words})

    assert len(response.context["hits"]) == expected


def test_search_marks_and_escapes(client, engen, karen):
    outline = read_outline(TEXT.replace("en plan", "en <b>plan</b>"))
    publish(actions.draft_principle(engen, by=karen, outline=outline), karen)

    page = wording(client.get(url("principle_list", engen), {"q": "plan"}))

    assert "<mark>plan</mark>" in page
    assert "&lt;b&gt;" in page
    assert "<b>plan" not in page


def test_search_leaves_drafts_and_old_versions_alone(client, engen, published, second):
    assert client.get(url("principle_list", engen), {"q": "dage"}).context["hits"] == []


def test_principle_detail_shows_numbers_with_anchors(client, engen, published):
    page = wording(client.get(url("principle_detail", engen, SLUG)))

    assert 'id="clause-2"' in page
    assert 'href="#clause-2"' in page
    assert "Skolebestyrelsen" in page


def test_a_text_in_force_does_not_speak_of_its_sources_last_update(client, engen, karen):
    text = "Princip\n\nFormål\n\n• Alle er med.\n\nVedtaget i bestyrelsen 3. maj 2017\n\nSenest opdateret den 13. december 2018"
    draft = actions.draft_principle(engen, by=karen, outline=read_outline(text))
    publish(draft, karen)

    shown = client.get(draft.principle.get_absolute_url()).content.decode()

    assert "Vedtaget i bestyrelsen" in shown
    assert "Senest opdateret" not in shown


def test_principle_detail_says_when_the_review_is_overdue(client, engen, draft, karen):
    publish(draft, karen, review_on=timezone.localdate() - timedelta(days=1))
    client.cookies["django_language"] = "en"

    assert "Should have been looked at again" in wording(client.get(url("principle_detail", engen, SLUG)))


@pytest.mark.parametrize("name", ["principle_detail", "draft_detail", "principle_changes"])
def test_a_draft_is_not_there_for_others(client, engen, draft, amira, name):
    client.force_login(amira)

    assert client.get(url(name, engen, SLUG)).status_code == 404


def test_a_draft_is_not_there_for_the_neighbour(client, engen, draft):
    client.force_login(make.holder("principal", make.school("Lia")))

    assert client.get(url("draft_detail", engen, SLUG)).status_code == 404
    assert client.get(reverse("principles:clause_edit", args=[draft.clauses.first().pk])).status_code == 404


@pytest.mark.parametrize("who", ["karen", "mette", "olav"])
def test_a_draft_is_read_by_principal_board_and_office(client, engen, draft, who, request):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url("principle_detail", engen, SLUG), follow=True).status_code == 200


def test_old_versions_are_public_and_marked(client, engen, published, second, karen):
    publish(second, karen, date(2025, 8, 1))
    client.cookies["django_language"] = "en"

    page = wording(client.get(url("version_detail", engen, SLUG, 1)))

    assert "This version applied until" in page
    assert "mindst en uge" in page


def test_version_detail_shows_what_is_new(client, engen, published, second, karen):
    publish(second, karen, date(2025, 8, 1), change_summary="Længere varsel.")

    page = wording(client.get(url("principle_detail", engen, SLUG)))

    assert "Længere varsel." in page
    assert "en uge</del>" in page
    assert "14 dage</ins>" in page


@pytest.mark.parametrize("view", ["", "beside"])
def test_principle_changes_shows(client, engen, published, second, karen, view):
    publish(second, karen, date(2025, 8, 1))

    response = client.get(url("principle_changes", engen, SLUG), {"old": 1, "new": 2, "view": view})

    assert [change.label for change in response.context["changes"]] != []
    assert "14 dage</ins>" in wording(response)


def test_principle_changes_hides_a_draft(client, engen, published, second):
    assert client.get(url("principle_changes", engen, SLUG), {"old": 1, "new": 2}).status_code == 404


def test_principle_import_denies_the_guardian_and_the_neighbour(client, engen, amira):
    for person in (amira, make.holder("office", make.school("Lia"))):
        client.force_login(person)
        assert client.get(url("principle_import", engen)).status_code == 403


def test_the_draft_is_corrected_point_by_point(client, engen, draft, olav):
    client.force_login(olav)
    clause, section = draft.clauses.get(number=3), draft.sections.last()

    client.post(
        reverse("principles:clause_edit", args=[clause.pk]),
        {"text": "Læreren ringer.", "party": "school", "section": clause.section_id},
    )
    client.post(reverse("principles:clause_move", args=[clause.pk]), {"up": "1"})
    client.post(reverse("principles:clause_add", args=[section.pk]), {"text": "Begge hjem.", "party": "parents"})
    client.post(reverse("principles:section_edit", args=[section.pk]), {"kind": "parents", "heading": "Hjemmet"})
    client.post(url("draft_describe", engen, SLUG), {"title": "Samtaler", "language": "da"})
    client.post(reverse("principles:clause_remove", args=[draft.clauses.get(number=1).pk]))

    draft.refresh_from_db()
    assert draft.title == "Samtaler"
    assert [(each.number, each.text) for each in draft.clauses.all()] == [
        (3, "Læreren ringer."),
        (2, "Skolen indkalder mindst en uge før."),
        (4, "Mindst én forælder deltager."),
        (5, "Begge hjem."),
    ]
    assert "Hjemmet" in wording(client.get(url("draft_detail", engen, SLUG)))


def test_a_button_that_is_refused_says_so(client, draft, karen):
    client.force_login(karen)

    response = client.post(reverse("principles:section_remove", args=[draft.sections.first().pk]), follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_draft_publish_saves(client, engen, draft, karen):
    client.force_login(karen)
    decision = {
        "adopted_on": "2024-05-14",
        "adopted_by": "Skolebestyrelsen",
        "effective_from": "2024-08-01",
        "review_on": "2028-05-14",
    }

    response = client.post(url("draft_publish", engen, SLUG), decision, follow=True)

    assert response.status_code == 200
    assert PrincipleVersion.objects.get().standing() == "in_force"


def test_draft_publish_asks_for_sensible_days(client, engen, draft, karen):
    client.force_login(karen)
    decision = {
        "adopted_on": "2024-05-14",
        "adopted_by": "Skolebestyrelsen",
        "effective_from": "2024-01-01",
        "review_on": "2023-05-14",
    }

    form = client.post(url("draft_publish", engen, SLUG), decision).context["form"]

    assert set(form.errors) == {"effective_from", "review_on"}


def test_draft_publish_denies_the_office(client, engen, draft, olav):
    client.force_login(olav)

    assert client.get(url("draft_publish", engen, SLUG)).status_code == 403


@pytest.mark.parametrize(
    "name", ["principle_keep", "principle_repeal", "draft_describe", "draft_publish", "draft_discard", "section_add"]
)
def test_forms_open(client, engen, published, second, karen, name):
    client.force_login(karen)

    assert client.get(url(name, engen, SLUG)).status_code == 200


def test_draft_start_goes_on_with_the_one_under_way(client, engen, published, karen):
    client.force_login(karen)

    for _press in range(2):
        response = client.post(url("draft_start", engen, SLUG), follow=True)

    assert response.status_code == 200
    assert PrincipleVersion.objects.drafts().count() == 1
