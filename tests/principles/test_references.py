"""What a principle builds on: tied both ways, flagged when it changes; laws with the day on which somebody looked."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.people.hats import hats_of
from principles import actions as core
from principles.models import Principle, PrincipleVersion
from principles.outline import read_outline
from principles.references import actions
from principles.references.models import BuildsOnItself, LegalReference, Relation, TiedAlready
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text, todos_of
from tests.principles.conftest import publish

pytestmark = pytest.mark.django_db
LAW = {"kind": "law", "title": "Folkeskoleloven", "number": "§ 44", "link": "https://www.retsinformation.dk/"}


@once
def base(published, engen, karen):
    outline = read_outline("Skolens værdier\n\nFormål:\n\n• Vi lytter.\n")
    return publish(core.draft_principle(engen, by=karen, outline=outline), karen).principle


@once
def tied(published, base, karen):
    return actions.tie_principles(published.principle, by=karen, other=base, kind="builds_on")


def waiting(person):
    with translation.override("en"):
        return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]


def renewed(base, karen):
    publish(core.draft_revision(base, by=karen), karen, applies=timezone.localdate())


def test_each_page_leads_to_the_other(tied, base, published, client):
    assert f'href="{base.get_absolute_url()}"' in markup(client.get(published.principle.get_absolute_url()))
    assert f'href="{published.principle.get_absolute_url()}"' in markup(client.get(base.get_absolute_url()))


def test_a_draft_that_something_builds_on_is_seen_by_those_who_write_alone(published, engen, karen, client):
    draft = core.draft_principle(engen, by=karen, outline=read_outline("Hemmeligt\n\nFormål:\n\n• Vi.\n"))
    Relation.objects.create(principle=published.principle, other=draft.principle, kind="builds_on")

    assert "Hemmeligt" not in text(client.get(published.principle.get_absolute_url()))
    assert "Hemmeligt" in text(as_(karen).get(published.principle.get_absolute_url()))


def test_when_what_it_builds_on_changes_it_waits_until_somebody_has_looked(tied, base, karen, mette):
    title = "Does “Princip for skole-hjem-samtaler” still fit what it builds on?"
    assert title not in waiting(karen)

    renewed(base, karen)

    assert title in waiting(karen)
    assert title not in waiting(mette)
    as_(karen).post(address("principles", "tie_look", tied.pk))
    assert title not in waiting(karen)


def test_what_is_only_read_too_flags_nothing(published, base, karen):
    actions.tie_principles(published.principle, by=karen, other=base, kind="read_also")
    renewed(base, karen)
    assert not Relation.objects.behind().exists()


def test_nothing_is_tied_twice_or_in_a_circle(tied, base, published, karen, engen):
    with pytest.raises(TiedAlready):
        actions.tie_principles(published.principle, by=karen, other=base, kind="read_also")
    with pytest.raises(BuildsOnItself):
        actions.tie_principles(base, by=karen, other=published.principle, kind="builds_on")
    with pytest.raises(BuildsOnItself):
        actions.tie_principles(base, by=karen, other=base, kind="read_also")


def test_only_those_who_write_tie_and_only_to_their_own(published, base, karen, amira):
    elsewhere = make.school("Elsewhere")
    foreign = Principle.objects.create(municipality=elsewhere.municipality, school=elsewhere, slug="x", title="X")
    with pytest.raises(PermissionDenied):
        actions.tie_principles(published.principle, by=karen, other=foreign, kind="builds_on")
    with pytest.raises(PermissionDenied):
        actions.tie_principles(published.principle, by=amira, other=base, kind="builds_on")


def test_a_law_stands_with_the_day_of_the_look_and_waits_a_year_later(published, karen, client):
    day = timezone.localdate()
    law = actions.add_reference(published.principle, by=karen, **LAW, quote="", checked_on=day)
    page = client.get(published.principle.get_absolute_url())
    assert "Folkeskoleloven, § 44" in text(page)
    assert 'rel="noopener noreferrer external"' in markup(page)
    title = "Look up what “Princip for skole-hjem-samtaler” refers to"
    assert title not in waiting(karen)

    LegalReference.objects.filter(pk=law.pk).update(checked_on=day - timedelta(days=365))

    assert title in waiting(karen)
    as_(karen).post(address("principles", "reference_edit", law.pk), LAW | {"checked_on": day, "number": "§ 44 a"})
    assert title not in waiting(karen)
    assert "§ 44 a" in text(client.get(published.principle.get_absolute_url()))


@pytest.mark.parametrize(
    "wrong", [{"link": "http://x.dk"}, {"link": "javascript:alert(1)"}, {"checked_on": "2999-01-01"}]
)
def test_an_open_address_or_a_day_to_come_is_refused_and_what_was_typed_is_kept(published, karen, engen, wrong):
    at = address("principles", "reference_add", engen.number, published.principle.slug)
    page = as_(karen).post(at, LAW | {"checked_on": timezone.localdate()} | wrong)
    assert page.status_code == 200
    assert 'value="Folkeskoleloven"' in markup(page)
    assert not LegalReference.objects.exists()


def test_the_pages_of_those_who_keep_them(tied, base, published, karen, engen):
    named = (engen.number, published.principle.slug)
    as_(karen).post(address("principles", "reference_add", *named), LAW | {"checked_on": timezone.localdate()})
    listed = text(as_(karen).get(address("principles", "tie_list", *named)))
    assert "Skolens værdier" in listed
    assert "Folkeskoleloven" in listed
    assert "Skolens værdier" not in text(as_(karen).get(address("principles", "tie_add", *named)))
    as_(karen).post(address("principles", "reference_remove", LegalReference.objects.get().pk))
    as_(karen).post(address("principles", "tie_remove", tied.pk))
    assert not Relation.objects.exists()
    as_(karen).post(address("principles", "tie_add", *named), {"other": base.pk, "kind": "read_also"})
    assert Relation.objects.get().kind == "read_also"


def test_the_public_page_asks_as_much_for_many(tied, base, published, karen, client):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(published.principle.get_absolute_url())
        return len(queries)

    actions.add_reference(published.principle, by=karen, **LAW, quote="", checked_on=timezone.localdate())
    asked()
    few = asked()
    for number in range(30):
        words = LAW | {"title": f"Law {number}", "quote": "", "checked_on": timezone.localdate()}
        actions.add_reference(published.principle, by=karen, **words)
    assert PrincipleVersion.objects.count() == 2
    assert asked() == few
