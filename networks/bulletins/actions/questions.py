"""Every change to what a home asks about a notice, and to the answers: asked, answered, released, deleted."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.bulletins import rules
from networks.bulletins.checking import check_text, text_is_read_quietly, text_needs_release
from networks.models import Bulletin, BulletinAnswer, BulletinOver, BulletinQuestion, QuestionOver
from networks.names.checking import IsItAName, NameInside, refuse_named, refuse_names
from networks.rules import only_the_clock
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Person


def _its_question(answer):
    return [BulletinQuestion.objects.filter(pk=answer.question_id)]


class AskedEnough(Refusal):
    words = _("Your home has asked a lot about this notice. Wait for the answers, or call.")


@action(
    may=rules.can_ask,
    claims=Bulletin.objects.out,
    gone=BulletinOver,
    records="networks.question_asked",
    refuses=(AskedEnough,),
)
def ask_question(bulletin: Bulletin, *, by: Person, text: str) -> BulletinQuestion:
    """Ask whoever sent the notice, and nobody else. Refused when the home has asked a lot already."""
    of_home = BulletinQuestion.objects.filter(bulletin=bulletin, household=by.household_id)
    if of_home.count() >= BulletinQuestion.MOST:
        raise AskedEnough
    question = BulletinQuestion.objects.create(bulletin=bulletin, household_id=by.household_id, asked_by=by, text=text)
    record("networks.question_asked", question, by=by)
    return question


@action(
    may=rules.can_answer_question,
    claims=BulletinQuestion.objects.open,
    gone=QuestionOver,
    records="networks.question_answered",
)
def answer_home(question: BulletinQuestion, *, by: Person, answer: str) -> None:
    """Answer the home that asked, and it alone. Refused the second time."""
    question.answer, question.answered_at = answer, timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    record("networks.question_answered", question, by=by)


@action(
    may=rules.can_answer_question,
    claims=BulletinQuestion.objects.open,
    gone=QuestionOver,
    records="networks.question_answered",
    refuses=(NameInside, IsItAName),
)
def answer_all(question: BulletinQuestion, *, by: Person, answer: str, not_names: list[str]) -> BulletinAnswer:
    """Answer beneath the notice, in words of one's own. Refused while a child's name stands in it; one from which a child
    can be known waits for release like the notice itself, and with a child's name that is hidden from the writer without
    a word to them."""
    bulletin, now = question.bulletin, timezone.now()
    refuse_names(check_text(bulletin, by, answer), not_names)
    openly = text_needs_release(bulletin, by, answer)
    is_quiet = not openly and text_is_read_quietly(bulletin, by, answer)
    waits = openly or is_quiet
    made = BulletinAnswer.objects.create(
        bulletin=bulletin, question=question, text=answer, published_at=None if waits else now, is_quiet=is_quiet
    )
    question.answered_at = now
    question.save(update_fields=["answered_at"])
    record("networks.question_answered", question, by=by, waits=waits)
    return made


@action(
    may=rules.can_release_answer,
    claims=BulletinAnswer.objects.waiting,
    gone=QuestionOver,
    locks=_its_question,
    records="networks.answer_released",
    refuses=(NameInside,),
)
def release_answer(answer: BulletinAnswer, *, by: Person) -> None:
    """Let the class read it. Refused while a child's name stands in it."""
    refuse_named(check_text(answer.bulletin, by, answer.text))
    answer.published_at = timezone.now()
    answer.save(update_fields=["published_at"])
    record("networks.answer_released", answer.question or answer, by=by)


@action(
    may=rules.can_release_answer,
    claims=BulletinAnswer.objects.standing,
    gone=QuestionOver,
    locks=_its_question,
    deletes=True,
    records="networks.answer_dropped",
)
def drop_answer(answer: BulletinAnswer, *, by: Person) -> None:
    """It is not for the class to read: delete it, also where it stands already. The question is open again, and whoever
    wrote the answer is told."""
    question = answer.question
    if question:
        question.answered_at = None
        question.save(update_fields=["answered_at"])
    record("networks.answer_dropped", question or answer, by=by)
    answer.delete()


@action(
    may=only_the_clock,
    claims=lambda: BulletinQuestion.objects.to_forget(timezone.now()),
    gone=QuestionOver,
    deletes=True,
    records="networks.question_forgotten",
)
def forget_question(question: BulletinQuestion, *, by: Person) -> None:
    """Sixty days later nobody needs to know who asked what. Refused before."""
    record("networks.question_forgotten", question, by=by)
    question.delete()
