"""The demo hears people on two texts at each school: one hearing is open, and one is answered and replied to."""

from datetime import timedelta

from portal.people.models import GuardianRelation, Person, the_portal
from principles import actions as texts
from principles.hearings import actions
from principles.hearings.asked import Voices
from principles.hearings.models import Answer, Hearing
from principles.hearings.voices import voices_of
from principles.life.actions import move_version
from principles.moves import State
from principles.outline import read_outline

DAYS = timedelta(days=8)
HOMES = 12

# Per school: the open text; the answered one; what was said of its points; its themes, each with outcome, reply, wording.
HEARD = {
    "sol": (
        (
            "Mobil og skjerm\n\nSkolens ansvar:\n\n• Læreren kan gi lov til bruk i undervisningen.\n"
            "• Voksne på skolen bruker ikke mobilen sammen med elever.\n\nForeldrenes ansvar:\n\n"
            "• Mobilen ligger i sekken fra det ringer inn til skoledagen er slutt.\n• Smartklokker er i skolemodus.\n"
        ),
        (
            "Foreldremøter\n\nSkolens ansvar:\n\n• Skolen kaller inn til to foreldremøter i året.\n"
            "• Innkallingen kommer en uke før.\n\nForeldrenes ansvar:\n\n• Minst én fra hvert hjem kommer.\n"
        ),
        ("En uke er for kort når begge arbeider skift.", "Innkallingen kommer to uker før."),
        ("Innkallingen bør komme tidligere", "taken", "To uker er bedre for alle som arbeider skift."),
        ("Ett møte er nok", "Ett møte holder.", "Loven krever at skolen og hjemmene møtes, og to ganger er lite nok."),
    ),
    "lia": (
        (
            "Mobil og skjerm\n\nSkulen sitt ansvar:\n\n• Læraren kan gi lov til bruk i undervisninga.\n"
            "• Vaksne på skulen bruker ikkje mobilen saman med elevar.\n\nForeldra sitt ansvar:\n\n"
            "• Mobilen ligg i sekken frå det ringjer inn til skuledagen er slutt.\n• Smartklokker er i skulemodus.\n"
        ),
        (
            "Foreldremøte\n\nSkulen sitt ansvar:\n\n• Skulen kallar inn til to foreldremøte i året.\n"
            "• Innkallinga kjem ei veke før.\n\nForeldra sitt ansvar:\n\n• Minst éin frå kvar heim kjem.\n"
        ),
        ("Ei veke er for kort når begge arbeider skift.", "Innkallinga kjem to veker før."),
        ("Innkallinga bør kome tidlegare", "taken", "To veker er betre for alle som arbeider skift."),
        ("Eitt møte er nok", "Eitt møte held.", "Lova krev at skulen og heimane møtest, og to gonger er lite nok."),
    ),
    "eng": (
        (
            "Princip for mobil og skærm\n\nSkolens ansvar:\n\n• Læreren kan give lov til brug i undervisningen.\n"
            "• Voksne på skolen bruger ikke mobilen sammen med elever.\n\nForældrenes ansvar:\n\n"
            "• Mobilen ligger i tasken, fra det ringer ind, til skoledagen er slut.\n• Smartwatches er i skoletilstand.\n"
        ),
        (
            "Princip for forældremøder\n\nSkolens ansvar:\n\n• Skolen indkalder til to forældremøder om året.\n"
            "• Indkaldelsen kommer en uge før.\n\nForældrenes ansvar:\n\n• Mindst én fra hvert hjem kommer.\n"
        ),
        ("En uge er for kort, når begge arbejder i skift.", "Indkaldelsen kommer to uger før."),
        ("Indkaldelsen bør komme tidligere", "taken", "To uger er bedre for alle, der arbejder i skift."),
        ("Ét møde er nok", "Ét møde rækker.", "Skolen og hjemmene skal mødes, og to gange er lidt nok."),
    ),
}


def hear(town):
    for key, (open_text, answered_text, said, taken, refused) in HEARD.items():
        school, families = town.schools[key], _families(town.schools[key])
        under_way = _prepared(school, open_text)
        for one in families[: HOMES // 2]:
            _answer(under_way, one, 3, "fine")
        hearing = _prepared(school, answered_text)
        for place, one in enumerate(families):
            late = {"text": said[0], "suggestion": said[1]} if place < HOMES // 2 else {}
            _answer(hearing, one, 2, "change" if late else "fine", **late)
            _answer(hearing, one, 1, "fine", text=refused[1] if place == 1 else "")
        _reply(hearing, said[1], taken, refused)


def _prepared(school, text):
    portal = the_portal()
    version = texts.draft_principle(school, by=portal, outline=read_outline(text))
    move_version(version, by=portal, to=State.READING)
    return actions.prepare_hearing(
        version,
        by=portal,
        opens_on=school.today(),
        closes_on=school.today() + DAYS,
        reply_on=school.today() + 2 * DAYS,
        asked={section.pk: [Voices.HOME, Voices.STAFF, Voices.CLASS] for section in version.sections.all()},
    )


def _families(school):
    """One of each home."""
    live = GuardianRelation.objects.live().filter(pupil__enrolments__school_class__school=school)
    people = Person.objects.filter(pk__in=live.values("guardian"), household__isnull=False).order_by("pk")
    return list({one.household_id: one for one in people}.values())[:HOMES]


def _answer(hearing, person, number, verdict, **said):
    voices = [one for one in voices_of(person, hearing) if one.kind == Voices.HOME]
    if voices:
        actions.give_answer(hearing, by=person, voice=voices[0], number=number, verdict=verdict, **said)


def _reply(hearing, wording, taken, refused):
    """Three weeks ago; the replies came today, and the point reads as many suggested."""
    portal, today = the_portal(), hearing.school.today()
    Hearing.objects.filter(pk=hearing.pk).update(opens_on=today - 3 * DAYS, closes_on=today - DAYS)
    hearing.refresh_from_db()
    clause = hearing.version.clauses.get(number=2)
    texts.edit_clause(clause, by=portal, text=wording, party=clause.party, section=clause.section)
    title, outcome, reply = taken
    _theme(hearing, Answer.objects.filter(lineage__number=2), title, outcome, reply, wording)
    _theme(hearing, Answer.objects.filter(lineage__number=1), refused[0], "not", refused[2])
    actions.close_hearing(hearing, by=portal)


def _theme(hearing, answers, title, outcome, reply, wording=""):
    portal = the_portal()
    theme = actions.add_theme(hearing, by=portal, title=title)
    actions.sort_answers(hearing, by=portal, answers=list(answers.values_list("key", flat=True)), theme=theme)
    actions.reply_to_theme(theme, by=portal, title=title, outcome=outcome, reply=reply, wording=wording)
