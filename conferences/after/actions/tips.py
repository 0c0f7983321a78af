"""A school's tips for help at home: begun, added, changed, retired. What a family has been given does not change."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.after import rules
from conferences.after.queries.tips import new_to
from conferences.models import NotNow, Subject, Tip
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, School

OFF_THE_LIST = NotNow(gettext_lazy("This tip has been taken off the list meanwhile."))


@action(may=rules.can_begin_tips, records="conferences.tips_begun")
def begin_tips(school: School, *, by: Person) -> int:
    """Copy the starting set, in the school's language; tips the school has ever had are left alone."""
    tips = [
        Tip(
            school=school,
            subject=subject,
            first_grade=one.grades[0],
            last_grade=one.grades[1],
            written_by=by,
            **texts,
        )
        for one, subject, texts in new_to(school)
    ]
    Tip.objects.bulk_create(tips, ignore_conflicts=True)
    record("conferences.tips_begun", school, by=by)
    return len(tips)


@action(may=rules.can_add_tip, records="conferences.tip_added", refuses=(NotNow,))
def add_tip(
    school: School,
    *,
    by: Person,
    title: str,
    how: str,
    why: str,
    first_grade: int,
    last_grade: int,
    subject: Subject | None = None,
) -> Tip:
    """Add a tip, with how and why. Refused when the school has one with this title."""
    with _titled_once():
        tip = Tip.objects.create(
            school=school,
            subject=subject,
            first_grade=first_grade,
            last_grade=last_grade,
            title=title,
            how=how,
            why=why,
            written_by=by,
        )
    record("conferences.tip_added", tip, by=by)
    return tip


@action(may=rules.can_change_tip, claims=Tip.objects.live, gone=OFF_THE_LIST, records="conferences.tip_changed")
def change_tip(
    tip: Tip,
    *,
    by: Person,
    title: str,
    how: str,
    why: str,
    first_grade: int,
    last_grade: int,
    subject: Subject | None = None,
) -> None:
    """Reword a tip, or move it to other grades. Families who have been given the tip keep it as it was. Refused when it
    is retired, and when another has the title."""
    said = {"title": title, "how": how, "why": why, "subject": subject}
    with _titled_once():
        Tip.objects.filter(pk=tip.pk).update(first_grade=first_grade, last_grade=last_grade, **said)
    record("conferences.tip_changed", tip, by=by)


@action(may=rules.can_change_tip, claims=Tip.objects.live, gone=OFF_THE_LIST, records="conferences.tip_retired")
def retire_tip(tip: Tip, *, by: Person) -> None:
    """Retire a tip. Families who have been given it keep it. Refused when it is already retired."""
    tip.retired_at = timezone.now()
    tip.save(update_fields=["retired_at"])
    record("conferences.tip_retired", tip, by=by)


@contextmanager
def _titled_once():
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "tip_title_once_a_school" not in str(error):
            raise
        raise NotNow(_("The school already has a tip with this title.")) from error
