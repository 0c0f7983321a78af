"""What becomes of each point from one version to the next: said by whoever writes it, recorded, and never changed again."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from portal.people.models import Person, the_portal
from principles import actions
from principles.descent.likeness import Descends
from principles.descent.models import Descent, NotThatText, SaidTwice
from principles.descent.queries import became
from principles.descent.tracing import longest
from principles.incoming import actions as incoming
from principles.life.actions import move_version
from principles.models import DraftExists, Principle
from principles.outline import Outline, SectionRead, read_outline
from tests import make
from tests.ground import once
from tests.principles.conftest import TEXT, as_proposed, publish
from tests.principles.test_likeness import TWELVE

TODAY = timezone.localdate


def outline(*texts, title="Princip for samarbejde", heading="Skolens ansvar"):
    return Outline(title, "da", sections=[SectionRead("school", heading, list(texts))])


def steps(version):
    return {
        number: (kind, kin) if kin else kind
        for number, kind, kin in version.descents.values_list("lineage__number", "kind", "kin__number")
    }


def numbers(version):
    return list(version.clauses.values_list("number", flat=True))


@once
def twelve(engen, karen):
    return publish(actions.draft_principle(engen, by=karen, outline=outline(*TWELVE)), karen)


def mended():
    """One point put in before the second, the fourth split, the ninth struck."""
    first, second = TWELVE[3].split(". ")
    return [
        TWELVE[0],
        "Samtalen handler også om trivsel.",
        *TWELVE[1:3],
        f"{first}.",
        second,
        *TWELVE[4:8],
        *TWELVE[9:],
    ]


# What is recorded


def test_each_point_of_either_version_has_one_step(twelve, karen):
    second = as_proposed(twelve.principle, karen, outline(*mended()))

    assert numbers(second) == [1, 13, 2, 3, 4, 14, 5, 6, 7, 8, 10, 11, 12]
    assert steps(second) == {
        **dict.fromkeys([1, 2, 3, 5, 6, 7, 8, 10, 11, 12], "kept"),
        4: "changed",
        9: "gone",
        13: "new",
        14: ("split", 4),
    }
    with translation.override("en"):
        assert became(twelve, second).lines == ["Point 14 was split off from point 4."]


def test_what_the_writer_says_is_what_is_recorded(twelve, karen):
    said = [Descends(same=2, takes=(1,)), Descends(), Descends(split=3), Descends(same=12), Descends(same=11)]

    second = actions.draft_revision(
        twelve.principle, by=karen, outline=outline("Et", "To", "Tre", TWELVE[11], TWELVE[10]), descents=said
    )

    assert numbers(second) == [2, 13, 3, 12, 11]
    found = steps(second)
    assert {number: found[number] for number in (1, 2, 3, 13)} == {
        1: ("merged", 2),
        2: "changed",
        3: "changed",
        13: "new",
    }
    assert sorted([found[11], found[12]]) == ["kept", "moved"]
    assert all(found[number] == "gone" for number in range(4, 11))


def test_a_copy_keeps_every_point_and_follows_what_is_edited(published, karen):
    second = actions.draft_revision(published.principle, by=karen)
    assert steps(second) == dict.fromkeys([1, 2, 3, 4], "kept")
    parents = second.sections.last()

    actions.move_clause(second.clauses.get(number=3), by=karen, up=True)
    assert sorted(steps(second).values()) == ["kept", "kept", "kept", "moved"]
    actions.move_clause(second.clauses.get(number=3), by=karen, up=False)
    actions.edit_clause(
        second.clauses.get(number=3), by=karen, text="Læreren sender en plan.", party="both", section=parents
    )
    actions.edit_clause(
        second.clauses.get(number=1), by=karen, text="Nyt.", party="both", section=second.sections.first()
    )
    actions.remove_clause(second.clauses.get(number=2), by=karen)
    actions.add_clause(parents, by=karen, text="Tak.")

    assert steps(second) == {1: "changed", 2: "gone", 3: "moved", 4: "kept", 5: "new"}


def test_what_was_said_of_a_point_holds_until_it_cannot_be(twelve, karen):
    said = [Descends(same=1), Descends(split=1), Descends(same=3, takes=(2,))]
    second = actions.draft_revision(twelve.principle, by=karen, outline=outline("Et", "To", "Tre"), descents=said)
    assert (steps(second)[13], steps(second)[2]) == (("split", 1), ("merged", 3))

    actions.edit_clause(
        second.clauses.get(number=13), by=karen, text="Nyt.", party="school", section=second.sections.get()
    )
    assert steps(second)[13] == ("split", 1)
    actions.remove_clause(second.clauses.get(number=3), by=karen)
    assert steps(second)[2] == steps(second)[3] == "gone"


def test_a_heading_that_is_renamed_moves_nothing(published, karen):
    changed = TEXT.replace("Skolens ansvar", "Lærernes ansvar").replace("Formål", "Mål")

    second = as_proposed(published.principle, karen, read_outline(changed))

    assert set(steps(second).values()) == {"kept"}


def test_a_part_that_goes_before_another_moves_the_points_of_one(published, karen):
    text = TEXT.replace("Forældrenes ansvar:\n\n• Mindst én forælder deltager.\n", "").replace(
        "Skolens ansvar:", "Forældrenes ansvar:\n\n• Mindst én forælder deltager.\n\nSkolens ansvar:"
    )

    second = as_proposed(published.principle, karen, read_outline(text))

    assert steps(second) == {1: "kept", 2: "kept", 3: "kept", 4: "moved"}


def test_a_first_version_has_nothing_before_it(published):
    assert not Descent.objects.exists()
    assert became(None, published) is None


def test_the_longest_rising_part():
    assert longest([]) == []
    assert longest([3, 1, 2]) == [1, 2]
    assert longest([1, 2, 3]) == [0, 1, 2]


# What is refused


def test_two_that_carry_on_the_same_are_refused(twelve, karen):
    with pytest.raises(SaidTwice) as refused:
        actions.draft_revision(twelve.principle, by=karen, outline=outline("a", "b"), descents=[Descends(same=1)] * 2)

    assert "1" in str(refused.value)
    assert twelve.principle.versions.count() == 1


def test_a_point_that_is_not_there_is_refused(twelve, karen):
    with pytest.raises(NotThatText):
        actions.draft_revision(twelve.principle, by=karen, outline=outline("a"), descents=[Descends(split=99)])


def test_a_second_draft_is_refused(twelve, karen):
    actions.draft_revision(twelve.principle, by=karen)

    with pytest.raises(DraftExists):
        actions.draft_revision(twelve.principle, by=karen, outline=outline("a"), descents=[Descends()])


# What the database keeps


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE principles_descent SET kind = 'new' WHERE kind = 'kept'",
        "DELETE FROM principles_descent",
        "UPDATE principles_descent SET version_id = version_id",
    ],
)
def test_the_steps_of_a_published_version_never_change(twelve, karen, wrong):
    publish(actions.draft_revision(twelve.principle, by=karen), karen, applies=TODAY())

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(wrong)


def test_no_version_is_decided_in_which_a_point_has_no_step(twelve, karen, mette):
    second = actions.draft_revision(twelve.principle, by=karen)
    move_version(second, by=mette, to="board_first_reading")
    second.descents.filter(lineage__number=5).delete()

    with pytest.raises(IntegrityError, match="no step"), transaction.atomic():
        move_version(second, by=mette, to="board_adoption")
    with pytest.raises(IntegrityError), transaction.atomic():
        Descent.objects.create(version=second, lineage=twelve.principle.lineages.get(number=5), kind="split")
    with pytest.raises(IntegrityError), transaction.atomic():
        Descent.objects.create(version=second, lineage=twelve.principle.lineages.get(number=1), kind="kept")


def test_a_draft_that_is_thrown_away_takes_its_steps_along(twelve, karen):
    actions.discard_draft(actions.draft_revision(twelve.principle, by=karen), by=karen)

    assert not Descent.objects.exists()


# However many points


def many(count):
    return [f"{text} Nummer {'abcdefghij'[n % 10] * 3}{n}." for n in range(count // 12 + 1) for text in TWELVE][:count]


def queries_of(run):
    with transaction.atomic(), connection.execute_wrapper(counted := Counted()):
        run()
        transaction.set_rollback(True)
    return counted.many


class Counted:
    many = 0

    def __call__(self, execute, sql, params, many, context):
        self.many += 1
        return execute(sql, params, many, context)


def test_three_hundred_points_take_as_many_queries_as_thirty(engen, karen):
    found = []
    for count in (30, 300):
        texts = many(count)
        first = actions.draft_principle(engen, by=karen, outline=outline(*texts, title=f"Princip {count}"))
        publish(first, karen)
        changed = [f"{text} Og mere." if n % 3 == 0 else text for n, text in enumerate(texts)]
        found.append(
            (
                queries_of(lambda first=first, changed=changed: as_proposed(first.principle, karen, outline(*changed))),
                queries_of(lambda first=first: actions.draft_revision(first.principle, by=karen)),
            )
        )

    assert found[0] == found[1]


# The page


@once
def brought(engen, olav, twelve):
    return bring(engen, olav, outline(*mended()))


def bring(school, by, read):
    text = incoming.send_text(
        school, by=by, file_name="a.txt", content=read.title.encode() + read.sections[0].clauses[0].encode()
    )
    incoming.show_text(text, by=the_portal(), outline=read)
    return text


def address(text, principle):
    return reverse("principles:version_match", args=[text.school.number, principle.slug, text.pk])


def shown(client, url):
    form = client.get(url).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_what_is_doubtful_is_asked_and_then_the_draft_is_made(client, brought, twelve, olav):
    client.force_login(olav)
    url = address(brought, twelve.principle)

    page = client.get(url)
    form = page.context["form"]

    assert [asked.laid.earlier[0][0] for asked in form.questions()] == [4, 4]
    assert [number for number, _text in form.struck()] == [9]
    assert len(form.sure()) == 11
    assert twelve.principle.versions.count() == 1
    saved = client.post(url, shown(client, url))
    second = twelve.principle.versions.drafts().get()
    assert saved.url == second.get_absolute_url()
    assert steps(second)[14] == ("split", 4)
    Person.objects.update(language="en")
    assert "1 changed, 1 split off, 1 new, 1 struck, 10 as before" in client.get(saved.url).content.decode()


def test_the_writer_says_otherwise_by_choice_and_by_number(client, brought, twelve, olav):
    client.force_login(olav)
    url = address(brought, twelve.principle)
    typed = shown(client, url) | {"point-4": "new", "point-5": "other", "number-5": "9, 4"}

    client.post(url, typed)

    second = twelve.principle.versions.drafts().get()
    assert steps(second) == {
        **dict.fromkeys([1, 2, 3, 5, 6, 7, 8, 10, 11, 12], "kept"),
        4: ("merged", 9),
        9: "changed",
        13: "new",
        14: "new",
    }


def test_a_sure_one_that_is_ticked_is_asked_about(client, brought, twelve, olav):
    client.force_login(olav)
    url = address(brought, twelve.principle)

    asked = client.post(url, shown(client, url) | {"again": ["0"]})
    assert not twelve.principle.versions.drafts().exists()
    form = asked.context["form"]
    assert form["point-0"].value() == "same-1"
    client.post(url, {name: form[name].value() or "" for name in form.fields} | {"again": ["0"], "point-0": "new"})

    assert steps(twelve.principle.versions.drafts().get())[1] == "gone"


@pytest.mark.parametrize(
    "wrong",
    [
        {"point-4": "same-4", "point-5": "same-4"},
        {"point-4": "other", "number-4": ""},
        {"point-4": "other", "number-4": "99"},
        {"point-4": "part", "number-4": "1, 2"},
        {"point-4": "nonsense"},
        {"of": "1-older"},
        {"again": ["999", "x", "-1"], "point-4": ""},
    ],
)
def test_what_cannot_be_is_said_and_what_was_chosen_stands(client, brought, twelve, olav, wrong):
    client.force_login(olav)
    url = address(brought, twelve.principle)

    answer = client.post(url, shown(client, url) | {"point-5": "new"} | wrong)

    assert answer.context["form"].errors
    assert answer.context["form"]["point-5"].value() == wrong.get("point-5", "new")
    assert not twelve.principle.versions.drafts().exists()


def test_a_draft_that_is_under_way_is_shown_instead(client, brought, twelve, olav, karen):
    client.force_login(olav)
    url = address(brought, twelve.principle)
    typed = shown(client, url)
    draft = actions.draft_revision(twelve.principle, by=karen)

    assert client.get(url).url == draft.get_absolute_url()
    answer = client.post(url, typed)
    assert answer.context["form"].non_field_errors() == [str(DraftExists())]


def test_a_text_that_was_brought_in_is_matched_by_its_sender_alone(client, brought, twelve, karen):
    client.force_login(karen)
    assert client.get(address(brought, twelve.principle)).status_code == 404
    client.force_login(make.holder("office", make.school("Lia")))
    assert client.get(address(brought, twelve.principle)).status_code == 404


def test_a_text_of_the_same_name_leads_to_the_question_and_so_does_one_that_is_said_to_be_its_next(
    client, engen, twelve, olav
):
    client.force_login(olav)
    same = bring(engen, olav, outline(*mended()))
    other = bring(engen, olav, outline(*mended(), title="Samarbejde 2027"))
    kept = {"binding_kind": "board_principle", "owner_role": "principal", "language": "da", "save": "1"}

    for text, more in ((same, {}), (other, {"version_of": twelve.principle.slug})):
        page = client.get(text.get_absolute_url()).context["form"]
        answer = client.post(text.get_absolute_url(), {"text": page["text"].value(), **kept, **more})
        assert answer.url == address(text, twelve.principle)
    client.post(other.get_absolute_url(), {"text": page["text"].value(), **kept})
    assert Principle.objects.count() == 2


def test_three_hundred_points_are_shown_in_as_many_queries_as_thirty(client, engen, karen, olav):
    client.force_login(olav)
    found = []
    for count in (30, 300):
        texts = many(count)
        title = f"Princip {count}"
        first = publish(actions.draft_principle(engen, by=karen, outline=outline(*texts, title=title)), karen)
        text = bring(engen, olav, outline(*[f"{each} Og mere." for each in texts], title=title))
        found.append(queries_of(lambda text=text, first=first: client.get(address(text, first.principle))))

    assert found[0] == found[1]


def test_everybody_reads_what_became_of_the_points(client, twelve, karen):
    moved = [TWELVE[11], *TWELVE[:11]]
    second = actions.draft_revision(twelve.principle, by=karen, outline=outline(*moved))
    publish(second, karen, applies=date(2025, 8, 1))

    english = {"Accept-Language": "en"}
    page = client.get(twelve.principle.get_absolute_url(), headers=english).content.decode()
    assert "1 moved, 11 as before" in page
    assert "Point 12 stands in another place." in page
    changes = reverse("principles:principle_changes", args=[twelve.principle.place_key, twelve.principle.slug])
    page = client.get(changes, headers=english).content.decode()
    assert "1 moved, 11 as before" in page
    assert "say the same" not in page
