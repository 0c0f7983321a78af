"""Text and dates that nobody writes by accident."""

from datetime import date

import pytest
from django.urls import reverse

from principles import actions
from principles.models import Clause, Principle
from principles.outline import read_outline

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["%00", "%2500", "U%001", "common%00", "%F0%9F%98%80", "%ff", "a" * 3000])
def test_no_such_place_is_not_found(client, published, key):
    assert client.get(f"/schools/{key}/principles/").status_code == 404


def test_a_search_for_anything_answers(client, engen, published):
    for words in ("\x00", "' OR 1=1 --", "<script>alert(1)</script>", "a" * 100, "&|!():*", '"'):
        answer = client.get(reverse("principles:principle_list", args=[engen.number]), {"q": words})
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content


def test_a_principle_from_the_first_day_of_all_is_refused_calmly(client, draft, karen):
    client.force_login(karen)
    principle = draft.principle
    dates = {"adopted_on": "0001-01-01", "effective_from": "0001-01-01", "review_on": "9999-12-31"}

    answer = client.post(
        reverse("principles:draft_publish", args=[principle.place_key, principle.slug]), {"adopted_by": "SU", **dates}
    )

    assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.is_draft


@pytest.mark.parametrize(
    "text",
    [
        "Title\n\nPurpose:\n\n" + "• a\n" * 40_000,
        "T" * 5000 + "\n\nPurpose:\n\n• a\n",
        "Title\n\n" + "H" * 5000 + ":\n\n• a\n",
        "Title\n\nPurpose:\n\n• " + " ".join(f"w{number}" for number in range(150_000)),
    ],
    ids=["points", "title", "heading", "words"],
)
def test_an_enormous_text_is_refused_or_read(client, engen, karen, text):
    client.force_login(karen)
    sent = {
        "step": "text",
        "save": "1",
        "text": text,
        "language": "da",
        "binding_kind": "board_principle",
        "owner_role": "principal",
    }

    answer = client.post(reverse("principles:principle_import", args=[engen.number]), sent)

    assert answer.status_code in (200, 302)
    if answer.status_code == 200:
        assert not Principle.objects.filter(title__startswith="T").exists()
    assert client.get(reverse("principles:principle_list", args=[engen.number]), {"q": "a"}).status_code == 200


def test_a_point_too_long_to_be_searched_is_refused(client, draft, karen, engen):
    client.force_login(karen)
    clause = Clause.objects.filter(version=draft).first()
    words = " ".join(f"word{number}" for number in range(80_000))

    answer = client.post(
        reverse("principles:clause_edit", args=[clause.pk]),
        {"text": words, "party": "both", "section": clause.section_id},
    )

    assert answer.status_code == 200
    assert client.get(reverse("principles:principle_list", args=[engen.number]), {"q": "word"}).status_code == 200


def test_markup_in_a_text_is_shown_as_it_is_written(client, engen, karen):
    outline = read_outline("A <b>title</b>\n\nPurpose <img src=x onerror=alert(1)>:\n\n• <script>alert(1)</script>\n")
    version = actions.draft_principle(engen, by=karen, outline=outline)
    today = date(2026, 1, 1)
    actions.publish_version(version, by=karen, adopted_on=today, adopted_by="<b>SU</b>", effective_from=today)

    page = client.get(version.principle.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>SU" not in page
