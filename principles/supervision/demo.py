"""The boards of the demo: one waits for its head, one has asked its head to say more, and one has published what it saw."""

from datetime import timedelta

from portal.people.models import Person, Role
from principles.models import Principle
from principles.supervision import actions
from principles.supervision.models import Supervision
from principles.supervision.totals import spans_of

POINTS = {"sol": (5, 6, 12), "lia": (5, 6), "eng": (6, 7, 12)}
FIGURES = (
    ["conferences.called_in_time", "conferences.real_chance"],
    ["conferences.plan_in_time", "conferences.plan_opened"],
    ["conferences.guardian_came", "networks.classes_with_gathering"],
)
STATED = {
    "lia": (
        ("Vi kallar inn tre veker før, og minner alle på det.", "Tala viser at dei fleste får brev i tide.", ""),
        ("Vi tilbyr telefon og video.", "Mange vel video, seier lærarane.", "Vi manglar tolk på nokre språk."),
    ),
    "eng": (
        ("Vi indkalder i uge 40, og kontoret minder om det.", "Tallene viser, at det lykkes for de fleste.", ""),
        (
            "Lærerne lægger planen ud i uge 44.",
            "To årgange havde vikar i oktober, og planen kom sent.",
            "Fra januar ligger planen klar som skabelon, og lærerne mindes om den ti dage før.",
        ),
        ("Vi tilbyder tider efter klokken 16 og på video.", "De fleste børn har en forælder med.", ""),
    ),
}
ASKED = "Kva gjer de for dei som treng tolk, til de har funne ein?"
JUDGED = (
    {"verdict": "met", "reason": "Familierne får besked i så god tid, at de kan nå at få fri."},
    {
        "verdict": "partly",
        "reason": "Planen skal være ude en uge før. Det er den ikke altid, når der er vikar.",
        "follow_up": "Planen lægges klar som skabelon inden næste runde.",
    },
    {"verdict": "met", "reason": "Der er tider til dem, der arbejder om dagen."},
)
SUMMARY = (
    "Skolen holder det meste af det, den har lovet om samtalerne. Det halter med planen, som skal være ude en uge før. "
    "Det ser vi på igen om et år."
)


def supervise(town):
    for key, numbers in POINTS.items():
        school = town.schools[key]
        board = Person.objects.filter(roles__kind=Role.Kind.BOARD_MEMBER, roles__school=school).order_by("pk").first()
        principle = Principle.objects.filter(school=school).order_by("pk").first()
        spans = spans_of(school)
        if board and principle and spans:
            _supervise(key, principle, numbers, spans[0], board, town.leader(key))


def _supervise(key, principle, numbers, span, board, head):
    today = principle.school.today()
    supervision = actions.start_supervision(
        principle,
        by=board,
        numbers=list(numbers),
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        statement_by=today + timedelta(days=14),
    )
    points = list(supervision.points.all())
    for point, figures in zip(points, FIGURES, strict=False):
        actions.choose_figures(point, by=board, figures=figures)
    if key not in STATED:
        return
    for point, (did, sees, hard) in zip(points, STATED[key], strict=True):
        actions.state_point(point, by=head, did=did, sees=sees, hard=hard)
    actions.hand_statement(supervision, by=head)
    if key == "lia":
        actions.ask_more(points[1], by=board, question=ASKED)
    if key == "eng":
        _publish(supervision, points, board, today)


def _publish(supervision, points, board, today):
    for point, judged in zip(points, JUDGED, strict=True):
        when = today + timedelta(days=60) if "follow_up" in judged else None
        actions.assess_point(point, by=board, follow_up_on=when, **judged)
    supervision = Supervision.objects.get(pk=supervision.pk)
    actions.conclude_supervision(
        supervision,
        by=board,
        discussed_on=today - timedelta(days=6),
        item="7, tilsyn",
        next_on=today + timedelta(days=365),
    )
    actions.publish_result(supervision, by=board, summary=SUMMARY)
