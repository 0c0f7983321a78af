"""The plans and the principle that the schools of the demo have adopted."""

from datetime import date
from pathlib import Path

from django.db.models import Max
from django.utils import timezone

from portal.demo import furnishes
from portal.ledger.models import Event
from portal.people.models import the_portal
from principles import actions
from principles.confided.demo import confide
from principles.cooperation.demo import find_out
from principles.demo.decided import decide
from principles.demo.heard import hear
from principles.demo.renewed import renew
from principles.guide.demo import guide, turn_to_first
from principles.inquiries.demo import wonder
from principles.library.actions import copy_inspiration
from principles.library.shelf import SHELF
from principles.matrix.demo import where
from principles.outline import read_outline
from principles.printed.tasks import print_versions
from principles.readership.demo import read
from principles.references.demo import refer
from principles.supervision.demo import supervise
from principles.wheel.demo import go_round

HERE = Path(__file__).parent

# (file, school, kind, adopted on, adopted by, to be reviewed on)
PRINCIPLES = (
    ("plan_nb.txt", "sol", "cooperation_plan", date(2026, 5, 15), "Samarbeidsutvalget", date(2028, 5, 15)),
    ("plan_nn.txt", "lia", "cooperation_plan", date(2026, 6, 3), "Samarbeidsutvalet", date(2028, 6, 3)),
    ("princip_da.txt", "eng", "board_principle", date(2024, 8, 20), "Skolebestyrelsen", date(2026, 8, 20)),
)


@furnishes("principles", after=["schoolyear"])
def adopt(town):
    portal = the_portal()
    for file, key, kind, adopted_on, adopted_by, review_on in PRINCIPLES:
        outline = read_outline((HERE / file).read_text(), file)
        draft = actions.bring_in(town.schools[key], by=portal, outline=outline, binding_kind=kind, review_on=review_on)
        actions.publish_version(
            draft,
            by=portal,
            adopted_on=adopted_on,
            adopted_by=adopted_by,
            effective_from=adopted_on,
            review_on=review_on,
        )
    copy_inspiration(town.schools["eng"], by=portal, inspiration=SHELF["da-samarbejde"])
    guide(town)
    turn_to_first(town)
    wonder(town)
    where(town)
    confide(town)
    hear(town)
    go_round(town)


@furnishes("supervision", after=["principles", "conferences", "networks"])
def follow(town):
    """When there is something to count. It was weeks ago: nobody gets a letter of it when the demo begins."""
    before = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    supervise(town)
    decide(town)
    renew(town)
    refer(town)
    find_out(town)
    print_versions()
    read(town)
    Event.objects.unpublished().filter(pk__gt=before).update(published_at=timezone.now())
