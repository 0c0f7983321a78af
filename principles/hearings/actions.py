"""Every change to a hearing: prepared, answered, sorted, replied to, closed, forgotten."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.actions import action
from portal.ledger.models import Event
from portal.ledger.record import record
from portal.people.models import Person
from portal.people.rules import only_the_portal
from principles import moves
from principles.hearings import rules
from principles.hearings.asked import Voices, guardians_at
from principles.hearings.models import (
    Alternative,
    Answer,
    Hearing,
    HearingChanged,
    HearingOver,
    HearingPart,
    NobodyAsked,
    NotAllSorted,
    NotYours,
    PointReworded,
    PointStruck,
    SameWords,
    Theme,
    ThemeInUse,
    TooLong,
    TooMany,
    TooShort,
)
from principles.hearings.voices import Voice, council_of, council_pupils, homes_in, voices_of
from principles.models import NotADraft, PrincipleVersion
from principles.moves import NotThatWay, State

VERSION = {"locks": lambda hearing: [hearing.version]}


@action(
    may=rules.can_prepare,
    claims=PrincipleVersion.objects.drafts,
    gone=NotADraft,
    locks=lambda version: [version.principle],
    records="principles.hearing_prepared",
    refuses=(NotThatWay, TooShort, TooLong, NobodyAsked),
)
def prepare_hearing(
    version: PrincipleVersion,
    *,
    by: Person,
    opens_on: date,
    closes_on: date,
    reply_on: date,
    asked: dict[int, list[str]],
    lead: str = "",
) -> Hearing:
    """Send a draft out for hearing from `opens_on`, each section to those whom it concerns (`asked`, by its key). Refused
    when the board has not read it, when the days are too few or too many, and when nobody is asked."""
    moves.go(version, State.HEARING)
    school = version.principle.school
    _refuse_days(opens_on, closes_on, reply_on)
    if opens_on < school.today():
        raise TooShort(_("The first day has passed already. Choose a day from today on."))
    if opens_on - school.today() > Hearing.HALF_A_YEAR:
        raise TooLong
    hearing = Hearing.objects.create(
        version=version, school=school, lead=lead, opens_on=opens_on, closes_on=closes_on, reply_on=reply_on
    )
    own = {section.pk: section for section in version.sections.all()}
    parts = [
        HearingPart(hearing=hearing, section=own[key], voices=sorted(voices))
        for key, voices in asked.items()
        if key in own and voices
    ]
    if not parts:
        raise NobodyAsked
    HearingPart.objects.bulk_create(parts)
    record("principles.hearing_prepared", hearing, by=by)
    return hearing


def _refuse_days(opens_on, closes_on, reply_on):
    if closes_on - opens_on < Hearing.LEAST or reply_on <= closes_on:
        raise TooShort
    if closes_on - opens_on > Hearing.MOST or reply_on - closes_on > Hearing.HALF_A_YEAR:
        raise TooLong


@action(
    may=rules.can_arrange,
    claims=Hearing.objects.pending,
    gone=HearingChanged,
    records="principles.hearing_changed",
    refuses=(TooShort, TooLong, HearingChanged),
)
def change_hearing(hearing: Hearing, *, by: Person, closes_on: date, reply_on: date, lead: str = "") -> None:
    """Change the last days and what stands above the points. Refused for too few days and too many, for fewer than people
    have been told, and for another last day when it has passed: by the answers to come, those read already would show."""
    if closes_on != hearing.closes_on and hearing.is_answered:
        raise HearingChanged(_("The days are over, and the answers can be read. The last day stays as it was."))
    _refuse_days(hearing.opens_on, closes_on, reply_on)
    if closes_on < hearing.closes_on and not hearing.is_coming:
        raise TooShort(_("People have been told the last day. You can give them more days, and not fewer."))
    hearing.closes_on, hearing.reply_on, hearing.lead = closes_on, reply_on, lead
    hearing.save(update_fields=["closes_on", "reply_on", "lead"])
    record("principles.hearing_changed", hearing, by=by)


@action(
    may=rules.can_call_off,
    claims=Hearing.objects.coming,
    gone=HearingChanged,
    **VERSION,
    records="principles.hearing_called_off",
)
def call_off_hearing(hearing: Hearing, *, by: Person) -> None:
    """Give the text back to the board. Refused from the day on which it opens: people have been asked."""
    moves.go(hearing.version, State.READING)
    hearing.called_off_at = timezone.now()
    hearing.save(update_fields=["called_off_at"])
    record("principles.hearing_called_off", hearing, by=by)


@action(
    may=rules.can_arrange,
    claims=Hearing.objects.coming,
    gone=HearingChanged,
    **VERSION,
    records="principles.alternative_written",
    refuses=(SameWords, PointStruck),
)
def write_alternative(hearing: Hearing, *, by: Person, number: int, text: str) -> None:
    """Write a second wording of a point, or take it away with no text. Refused once the hearing has opened, and when it
    says the same."""
    clause = hearing.version.clauses.filter(number=number).first()
    if clause is None:
        raise PointStruck(_("This point is not in the text any more."))
    if is_same(text, clause.text):
        raise SameWords
    lineage = hearing.version.principle.lineages.get(number=number)
    if text:
        Alternative.objects.update_or_create(hearing=hearing, lineage=lineage, defaults={"text": text})
    else:
        Alternative.objects.filter(hearing=hearing, lineage=lineage).delete()
    record("principles.alternative_written", hearing, by=by, point=number)


@action(may=rules.can_name, claims=Hearing.objects.pending, gone=HearingChanged, records="principles.council_named")
def name_council(hearing: Hearing, *, by: Person, pupils: list[Person]) -> None:
    """Say which pupils answer for the pupil council. They answer as one, and each of them may change it. One whom `by`
    must know nothing about stays."""
    hidden = council_of(hearing).exclude(pk__in=council_pupils(hearing, by))
    hearing.council.set([*pupils, *hidden])
    record("principles.council_named", hearing, by=by)


def is_same(text, other):
    return bool(text) and " ".join(text.split()).casefold() == " ".join(other.split()).casefold()


@action(
    may=rules.can_be_heard,
    claims=Hearing.objects.taking_answers,
    gone=HearingOver,
    **VERSION,
    records="principles.hearing_answered",
    refuses=(PointStruck, PointReworded, SameWords, NotYours, TooMany),
)
def give_answer(
    hearing: Hearing,
    *,
    by: Person,
    voice: Voice,
    number: int,
    verdict: str,
    choice: str = "",
    text: str = "",
    suggestion: str = "",
    families: int | None = None,
    words: str | None = None,
) -> Answer:
    """Answer a point for one's home, class or council, or as staff; or change the answer. It keeps the words that it was
    about. Refused when the hearing is not open, when the point was struck or reworded since `words` were read, for a
    section that is answered by others, and for more families than the class has."""
    clause = hearing.version.clauses.filter(number=number).select_related("section").first()
    _refuse_words(clause, words, suggestion)
    _refuse_voice(hearing, clause, voice, by, families)
    lineage = hearing.version.principle.lineages.get(number=number)
    other = hearing.alternatives.filter(lineage=lineage).values_list("text", flat=True).first() or ""
    answer, _new = Answer.objects.update_or_create(
        hearing=hearing,
        lineage=lineage,
        **voice.key,
        defaults={
            "words": clause.text,
            "other_words": other,
            "stood": clause.section.heading,
            "by": by,
            "families": families if voice.school_class else None,
            "verdict": verdict,
            "choice": choice if other else "",
            "text": text or None,
            "suggestion": suggestion or None,
        },
    )
    record("principles.hearing_answered", hearing, by=by, point=number)
    return answer


def _refuse_words(clause, words, suggestion):
    if clause is None:
        raise PointStruck
    if words is not None and words != clause.text:
        raise PointReworded
    if is_same(suggestion, clause.text):
        raise SameWords


def _refuse_voice(hearing, clause, voice, by, families):
    asked = hearing.parts.filter(section=clause.section_id, voices__contains=[voice.kind]).exists()
    if not asked or voice not in voices_of(by, hearing):
        raise NotYours
    if voice.school_class and families > homes_in(voice.school_class):
        raise TooMany


ANSWERED = {"claims": Hearing.objects.answered, "gone": HearingChanged}
OF_HEARING = {
    "claims": lambda: Theme.objects.filter(hearing__in=Hearing.objects.answered()),
    "gone": HearingChanged,
    "locks": lambda theme: [theme.hearing],
}


@action(may=rules.can_arrange, **ANSWERED, records="principles.theme_added", refuses=(HearingChanged,))
def add_theme(hearing: Hearing, *, by: Person, title: str) -> Theme:
    """Begin a theme to gather answers under. Refused when there is one of that name."""
    try:
        with transaction.atomic():
            theme = Theme.objects.create(hearing=hearing, title=title)
    except IntegrityError as taken:
        raise HearingChanged(_("There is a theme with these words already.")) from taken
    record("principles.theme_added", hearing, by=by, theme=theme.pk)
    return theme


@action(may=rules.can_arrange_its, **OF_HEARING, records="principles.theme_replied", refuses=(HearingChanged,))
def reply_to_theme(
    theme: Theme, *, by: Person, title: str, outcome: str = "", reply: str = "", wording: str = ""
) -> None:
    """Say what became of it, and why. What was taken in is named by its wording, and nobody by name."""
    _write_reply(theme, title=title, outcome=outcome, reply=reply, wording=wording)
    record("principles.theme_replied", theme, by=by)


@action(
    may=rules.can_arrange_its,
    claims=lambda: Theme.objects.filter(hearing__in=Hearing.objects.closed()),
    gone=HearingChanged,
    locks=lambda theme: [theme.hearing],
    records="principles.reply_corrected",
    refuses=(HearingChanged,),
)
def correct_reply(theme: Theme, *, by: Person, title: str, outcome: str, reply: str, wording: str = "") -> None:
    """Correct the words of a reply that is published, for one thing to take out a name. Nobody is written to, and what became
    of it stays."""
    if outcome != theme.outcome or not reply:
        raise HearingChanged
    _write_reply(theme, title=title, reply=reply, wording=wording)
    record("principles.reply_corrected", theme, by=by)


def _write_reply(theme, **words):
    for name, value in words.items():
        setattr(theme, name, value)
    try:
        with transaction.atomic():
            theme.save(update_fields=list(words))
    except IntegrityError as taken:
        raise HearingChanged(_("There is a theme with these words already.")) from taken


@action(
    may=rules.can_arrange_its, **OF_HEARING, deletes=True, records="principles.theme_removed", refuses=(ThemeInUse,)
)
def remove_theme(theme: Theme, *, by: Person) -> None:
    """Remove a theme that holds no answers. Refused otherwise, so that none is left out."""
    if theme.answers.exists():
        raise ThemeInUse
    record("principles.theme_removed", theme.hearing, by=by, theme=theme.pk)
    theme.delete()


@action(may=rules.can_sort, **ANSWERED, records="principles.answers_sorted", refuses=(HearingChanged,))
def sort_answers(hearing: Hearing, *, by: Person, answers: list[UUID], theme: Theme | None) -> int:
    """Put answers, by their keys, under a theme, or under none. Refused when somebody has removed the theme."""
    if theme is not None and not hearing.themes.filter(pk=theme.pk).exists():
        raise HearingChanged(_("Somebody has removed this theme meanwhile. Choose another."))
    sorted_now = hearing.answers.written().filter(key__in=answers).update(theme=theme)
    record("principles.answers_sorted", hearing, by=by, answers=sorted_now)
    return sorted_now


@action(
    may=rules.can_close,
    **ANSWERED,
    **VERSION,
    records="principles.hearing_closed",
    refuses=(NotAllSorted, NotThatWay),
)
def close_hearing(hearing: Hearing, *, by: Person) -> None:
    """Publish the replies, tell everybody who answered, and put the text before the board for its decision. Refused while
    an answer has no theme or a theme no reply."""
    _refuse_unsorted(hearing)
    for theme in hearing.themes.all():
        Theme.objects.filter(pk=theme.pk).update(heard=theme.answers.count())
    homes = hearing.answers.filter(voice=Voices.HOME).values("household").distinct()
    hearing.homes_asked = guardians_at(hearing.school).homes().distinct().count()
    hearing.homes_answered = homes.count()
    hearing.closed_at = timezone.now()
    hearing.save(update_fields=["homes_asked", "homes_answered", "closed_at"])
    moves.go(hearing.version, State.ADOPTION)
    record("principles.hearing_closed", hearing, by=by)


def _refuse_unsorted(hearing):
    loose = hearing.answers.written().filter(theme=None).count()
    if loose:
        said = ngettext(
            "%(n)s answer is under no theme yet. Everybody who wrote something is to get a reply.",
            "%(n)s answers are under no theme yet. Everybody who wrote something is to get a reply.",
            loose,
        )
        raise NotAllSorted(said % {"n": loose})
    silent = hearing.themes.filter(outcome="").first()
    if silent:
        raise NotAllSorted(_("There is no reply yet to: %(theme)s") % {"theme": silent.title})


@action(
    may=only_the_portal,
    claims=Hearing.objects.to_forget,
    gone=HearingChanged,
    records="principles.hearing_forgotten",
)
def forget_answers(hearing: Hearing, *, by: Person) -> None:
    """Delete what anybody wrote, and whose it was, a year after the reply, in the log too. The counts and the replies stay."""
    answered = Event.objects.about(hearing).filter(verb=give_answer.records)
    answered.update(by=by.pk, details={})
    nobody = {"by": None, "household": None, "text": None, "suggestion": None}
    hearing.answers.update(forgotten=True, **nobody)
    hearing.council.clear()
    record("principles.hearing_forgotten", hearing, by=by)
