"""Every change once a gathering has been held: written down, thanked for, and how it felt."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.actions.gatherings import note_held
from networks.after import rules
from networks.after.questions import asks_of
from networks.models import Gathering, GatheringReport, NotNow, Pulse
from networks.models.reports import homes_that_came
from portal.actions import action
from portal.figures import SMALLEST
from portal.ledger.record import record
from portal.people.models import Person, the_portal
from portal.surveys import actions as surveys
from portal.surveys.actions import NothingSaid
from portal.surveys.models import AnsweredBefore, SurveyClosed


@action(
    may=rules.can_organise,
    claims=lambda: Gathering.objects.that_took_place(),
    gone=NotNow(_("This can be written once the gathering has taken place.")),
    records="networks.report_written",
)
def write_report(
    gathering: Gathering,
    *,
    by: Person,
    families: int,
    adults: int,
    children: int,
    siblings: int,
    did: str,
    involved: str = "",
    again: str = "",
) -> GatheringReport:
    """Write down who came, as numbers, and how it went; the gathering then counts as held. Refused before it has taken
    place, and when it was cancelled."""
    if gathering.state == Gathering.State.PUBLISHED:
        note_held(gathering, by=by)
    numbers = {"families": families, "adults": adults, "children": children, "siblings": siblings}
    words = {"did": did, "involved": involved, "again": again}
    report, _made = GatheringReport.objects.update_or_create(
        gathering=gathering, defaults={**numbers, **words, "written_by": by}
    )
    record("networks.report_written", gathering, by=by)
    return report


@action(
    may=rules.can_organise,
    claims=lambda: Gathering.objects.that_took_place().filter(ends_at__gt=timezone.now() - Pulse.LATEST),
    gone=NotNow(_("Thanks are sent in the month after the gathering has taken place.")),
    records="networks.families_thanked",
    refuses=(NotNow,),
)
def thank_families(gathering: Gathering, *, by: Person, words: str = "") -> Pulse:
    """Thank every home that said it was coming, and ask it without names how it was, in one message. With fewer than
    five such homes nobody is asked. Refused the second time, when nobody said so, and after a month."""
    if Pulse.objects.filter(gathering=gathering).exists():
        raise NotNow(_("They have been thanked already."))
    homes = homes_that_came(gathering)
    if not homes:
        raise NotNow(_("No home has said that it was coming, so there is nobody to write to."))
    survey = None
    if len(homes) >= SMALLEST:
        survey = surveys.open_survey(
            gathering.school_class.school,
            by=the_portal(),
            questions=asks_of(gathering.kind),
            closes_at=timezone.now() + Pulse.ASKED_FOR,
            percent=1,
            enough=SMALLEST,
        )
    pulse = Pulse.objects.create(gathering=gathering, survey=survey, kind=gathering.kind, words=words)
    record("networks.families_thanked", gathering, by=by)
    return pulse


@action(
    may=rules.can_answer_pulse,
    claims=Pulse.objects.asking,
    gone=SurveyClosed,
    records="networks.pulse_answered",
    refuses=(AnsweredBefore, NothingSaid),
    silent=True,
)
def answer_pulse(pulse: Pulse, *, by: Person, answers: dict[int, list[int]]) -> None:
    """Count how it was for a home, once. Nothing says who, when, or which answers belong together."""
    surveys.take_answer(pulse.survey, by=the_portal(), household=by.household, answers=answers)


@action(may=rules.only_the_clock, claims=Pulse.objects.asking, gone=SurveyClosed, records="networks.pulse_closed")
def close_pulse(pulse: Pulse, *, by: Person) -> None:
    """Two weeks after the thanks: from then on the organisers read what five homes or more have said."""
    surveys.close_survey(pulse.survey, by=the_portal(), asked=homes_that_came(pulse.gathering))
    record("networks.pulse_closed", pulse.gathering, by=by)
