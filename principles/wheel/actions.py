"""What is done every year: put into the wheel, and taken out."""

from django.db import IntegrityError, transaction

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, School
from principles.wheel import rules
from principles.wheel.models import StandsAlready, YearlyItem


@action(may=rules.can_plan, claims=School.objects.all, records="principles.yearly_item_added", refuses=(StandsAlready,))
def add_yearly_item(school: School, *, by: Person, month: int, title: str) -> YearlyItem:
    """Say what is done in a month of every year. Refused when it stands there."""
    try:
        with transaction.atomic():
            item = YearlyItem.objects.create(school=school, month=month, title=title)
    except IntegrityError as twice:
        raise StandsAlready from twice
    record("principles.yearly_item_added", item, by=by)
    return item


@action(
    may=rules.can_take_away,
    claims=YearlyItem.objects.all,
    deletes=True,
    records="principles.yearly_item_removed",
)
def remove_yearly_item(item: YearlyItem, *, by: Person) -> None:
    """Take it out of every year."""
    record("principles.yearly_item_removed", item, by=by)
    item.delete()
