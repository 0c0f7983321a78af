"""What the pages after a gathering read."""

from dataclasses import dataclass, field

from networks.models import GatheringReport, Pulse, Rsvp
from networks.models.reports import homes_that_came
from portal.surveys.queries import Distribution, results_of


def report_values(gathering):
    """What is written down, or what is known from the answers and the invitation."""
    report = GatheringReport.objects.filter(gathering=gathering).first()
    if report is not None:
        numbers = {"families": report.families, "adults": report.adults}
        children = {"children": report.children, "siblings": report.siblings}
        return {**numbers, **children, "did": report.did, "involved": report.involved, "again": report.again}
    coming = list(gathering.rsvps.filter(answer=Rsvp.Answer.YES).with_pupil_keys())
    return {
        "families": len(coming),
        "adults": sum(rsvp.adults for rsvp in coming),
        "children": len({key for rsvp in coming for key in rsvp.pupil_keys}),
        "siblings": sum(rsvp.siblings for rsvp in coming),
        "did": (gathering.description or gathering.title)[: GatheringReport._meta.get_field("did").max_length],
        "involved": gathering.children_involved,
        "again": "",
    }


@dataclass(frozen=True)
class Afterwards:
    """`homes` said they were coming. What they felt is read when the pulse is closed, and five have answered."""

    homes: int
    pulse: Pulse | None
    results: list[Distribution] = field(default_factory=list)

    @property
    def is_withheld(self):
        survey = self.pulse and self.pulse.survey
        return bool(survey) and not survey.is_open and not survey.is_shown


def afterwards(gathering):
    pulse = Pulse.objects.filter(gathering=gathering).select_related("survey").first()
    return Afterwards(
        homes=len(homes_that_came(gathering)),
        pulse=pulse,
        results=results_of(pulse.survey) if pulse and pulse.survey else [],
    )
