"""What was read from a file is corrected part by part and ends as a draft."""

import pytest
from django.urls import reverse

from portal.ledger.models import Event
from portal.people.models import the_portal
from principles.incoming import actions
from principles.incoming.forms import paragraphs, split
from principles.incoming.models import IncomingText, NotRead
from principles.models import Principle, PrincipleVersion
from principles.outline import Outline, SectionRead, read_outline
from tests import make
from tests.ground import once
from tests.principles.conftest import TEXT

KEPT = {"binding_kind": "board_principle", "owner_role": "principal", "review_on": ""}


@once
def text(engen, olav):
    sent = actions.send_text(engen, by=olav, file_name="princip.txt", content=TEXT.encode())
    actions.show_text(sent, by=the_portal(), outline=read_outline(TEXT))
    return sent


def address(text):
    return reverse("principles:text_correct", args=[text.school.number, text.pk])


def shown(client, text):
    form = client.get(address(text)).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | KEPT


def outline_of(text):
    text.refresh_from_db()
    return Outline.of(text.outline)


def shape(outline):
    return [(section.kind, section.party, section.heading, len(section.clauses)) for section in outline.sections]


def test_kind_party_and_heading_are_corrected_and_become_a_draft(client, text, olav):
    client.force_login(olav)
    typed = shown(client, text) | {"kind-0": "other", "heading-0": "Hvorfor", "party-0": "board"}

    saved = client.post(address(text), typed | {"save": "1"}, follow=True)

    assert saved.redirect_chain[0][0] == reverse(
        "principles:draft_detail", args=[text.school.number, Principle.objects.get().slug]
    )
    version = PrincipleVersion.objects.get()
    assert (version.sections.first().kind, version.sections.first().heading) == ("other", "Hvorfor")
    assert version.clauses.first().party == "board"
    assert Event.objects.filter(verb="principles.text_corrected").count() == 1


def test_what_is_kept_is_said_and_a_draft_that_is_there_is_led_to(client, text, olav):
    type(olav).objects.filter(pk=olav.pk).update(language="en")
    client.force_login(olav)
    kept = client.post(address(text), shown(client, text), follow=True)
    assert "Kept. It is no draft until you save it as one." in kept.text

    client.post(address(text), shown(client, text) | {"save": "1"})
    again = client.post(address(text), shown(client, text) | {"save": "1"})
    assert "ds-error-summary" in again.text
    assert f'href="{PrincipleVersion.objects.get().get_absolute_url()}">Go on with the draft' in again.text


def test_points_are_joined_and_split_by_empty_lines(client, text, olav):
    client.force_login(olav)
    typed = shown(client, text)
    typed["points-1"] = typed["points-1"].replace("\n\n", " ")
    typed["points-0"] = "Samtalen\n\nhjælper barnet.\n\n## Møder\nVi mødes."

    client.post(address(text), typed)

    assert shape(outline_of(text)) == [
        ("purpose", "", "Formål", 2),
        ("other", "", "Møder", 1),
        ("school", "", "Skolens ansvar", 1),
        ("parents", "", "Forældrenes ansvar", 1),
    ]
    assert not Principle.objects.exists()


def test_a_part_is_joined_to_the_one_above_or_left_out_and_nothing_is_lost(client, text, olav):
    client.force_login(olav)
    typed = shown(client, text) | {"fate-1": "leave", "fate-2": "join"}

    client.post(address(text), typed)

    outline = outline_of(text)
    assert shape(outline) == [("purpose", "", "Formål", 2)]
    assert outline.sections[0].clauses[1] == "Mindst én forælder deltager."
    assert "Læreren sender en plan." in outline.left_out[0]
    assert outline.left_out[1] == "Forældrenes ansvar"


def test_a_page_that_is_older_than_the_corrections_is_refused_with_what_was_typed(client, text, olav):
    client.force_login(olav)
    old = shown(client, text)
    client.post(address(text), old | {"fate-2": "leave"})

    answer = client.post(address(text), old | {"heading-0": "Hvorfor"})

    assert "another window" in str(answer.context["form"].errors) or answer.context["form"].errors
    assert len(outline_of(text).sections) == 2


def test_a_heading_that_is_taken_away_is_asked_for(client, text, olav):
    client.force_login(olav)

    answer = client.post(address(text), shown(client, text) | {"heading-0": "", "title": "Et andet navn"})

    assert answer.context["form"].errors["heading-0"]
    assert answer.context["form"]["title"].value() == "Et andet navn"


def test_correct_text_is_for_its_sender_alone(client, text, karen, olav):
    assert actions.correct_text.may(olav, text)
    assert not actions.correct_text.may(karen, text)

    client.force_login(karen)
    assert client.get(address(text)).status_code == 404
    client.force_login(make.holder("office", make.school("Lia")))
    assert client.get(address(text)).status_code == 404


def test_correct_text_refuses_what_was_forgotten(text, olav):
    IncomingText.objects.filter(pk=text.pk).delete()

    with pytest.raises(NotRead):
        actions.correct_text(text, by=olav, outline=read_outline(TEXT))


def test_paragraphs_and_headings_among_points():
    assert paragraphs("a\r\n\r\nb\nc\n \n\nd") == ["a", "b\nc", "d"]
    first, second = split(SectionRead("goals", "Mål"), ["a", "## Forældrenes ansvar", "b"])
    assert (first.clauses, second.kind, second.clauses) == (["a"], "parents", ["b"])
