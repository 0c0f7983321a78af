"""Who hears of a notice to a class. No letter carries its words, so that it can be taken back whole."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from networks.bulletins.rules import can_change_bulletin, can_release, is_asking_home
from networks.models import Bulletin, BulletinAnswer, BulletinQuestion
from portal.messaging.letters import Button, Letter
from portal.messaging.models import Notice
from portal.messaging.notices import notice
from portal.people.models import Person

SENT = "networks.bulletin_sent"


def _bulletin(event):
    return Bulletin.objects.select_related("school_class", "written_by").get(pk=event.subject_id)


def guardians_told(event):
    """Every guardian of the class, whoever sent it too. What is read quietly first is told to the writer's home when it is
    sent, and to all others when it is released."""
    bulletin = _bulletin(event)
    everyone = Person.objects.filter(pk__in=bulletin.guardians().values("guardian"))
    if not bulletin.is_quiet:
        return everyone
    at_home = bulletin.guardians_at_home().values("guardian")
    return everyone.filter(pk__in=at_home) if event.verb == SENT else everyone.exclude(pk__in=at_home)


def those_told(event):
    """Those whom a message has reached, and who are still guardians there."""
    bulletin = _bulletin(event)
    told = Notice.objects.about(bulletin).filter(kind=SENT).told()
    today = bulletin.guardians().filter(guardian__in=told.values("recipient")).values("guardian")
    return Person.objects.filter(pk__in=today).exclude(pk=bulletin.written_by_id)


def those_who_release(event):
    bulletin = _bulletin(event)
    return bulletin.releasers() if bulletin.is_waiting else []


def the_writer(event):
    bulletin = _bulletin(event)
    return [bulletin.written_by] if can_change_bulletin(bulletin.written_by, bulletin) else []


def the_writer_who_waits(event):
    """Whoever does not know that it waited need not hear that it is released."""
    return [] if _bulletin(event).is_quiet else the_writer(event)


def the_writer_unless_self(event):
    return [one for one in the_writer(event) if one.pk != event.by]


def _is_guardian(notice):
    return notice.subject.guardians().filter(guardian_id=notice.recipient_id).exists()


def still_to_read(notice):
    return notice.subject.is_out and _is_guardian(notice)


def still_gone(notice):
    return notice.subject.is_taken_back and _is_guardian(notice)


def still_to_release(notice):
    return notice.subject.is_waiting and can_release(notice.recipient, notice.subject)


def was_released(notice):
    return notice.subject.is_sent and can_change_bulletin(notice.recipient, notice.subject)


def was_returned(notice):
    bulletin = notice.subject
    return bulletin.is_draft and bool(bulletin.returned_because) and can_change_bulletin(notice.recipient, bulletin)


def is_still_the_writers(notice):
    return notice.subject.is_taken_back and can_change_bulletin(notice.recipient, notice.subject)


def tells(name, *, on, to, category, wanted, says, adds, button):
    """Register one letter: `says` is its subject, with the class and the kind of notice, `adds` its only line, and `button`
    a pair of words and page. The subject of the message is a notice, or a question about one."""
    label, page = button

    @notice(name, on=on, to=to, category=category, wanted=wanted)
    def letter(told):
        bulletin = getattr(told.subject, "bulletin", told.subject)
        keys = {"bulletin_list": bulletin.school_class_id, "question_answer": told.subject.pk}
        names = {"class": bulletin.school_class.name, "kind": bulletin.get_kind_display()}
        url = settings.SITE_URL + reverse(f"networks:{page}", args=[keys.get(page, bulletin.pk)])
        return Letter(subject=str(says) % names, lines=[str(adds)], buttons=(Button(str(label), url),))

    return letter


tells(
    SENT,
    on=("networks.bulletin_sent", "networks.bulletin_released"),
    to=guardians_told,
    category="news",
    wanted=still_to_read,
    says=_("New notice in %(class)s: %(kind)s"),
    adds=_("It is for every guardian in the class. Questions go to whoever sent it, never to all."),
    button=(_("Read the notice"), "bulletin_show"),
)
tells(
    "networks.bulletin_taken_back",
    on="networks.bulletin_taken_back",
    to=those_told,
    category="news",
    wanted=still_gone,
    says=_("A notice in %(class)s has been taken back: %(kind)s"),
    adds=_("It can no longer be read. If you have read it, please do not pass it on."),
    button=(_("The notices of the class"), "bulletin_list"),
)
tells(
    "networks.bulletin_release_asked",
    on=("networks.bulletin_release_asked", "networks.bulletin_sent"),
    to=those_who_release,
    category="tasks",
    wanted=still_to_release,
    says=_("A notice waits for you in %(class)s: %(kind)s"),
    adds=_("A child could be known from it. Nobody else reads it before you release it or give it back."),
    button=(_("Read it and decide"), "bulletin_show"),
)
tells(
    "networks.bulletin_released",
    on="networks.bulletin_released",
    to=the_writer_who_waits,
    category="decisions",
    wanted=was_released,
    says=_("Your notice in %(class)s is released: %(kind)s"),
    adds=_("Every guardian in the class is told of it."),
    button=(_("See the notice"), "bulletin_show"),
)
tells(
    "networks.bulletin_returned",
    on="networks.bulletin_returned",
    to=the_writer,
    category="decisions",
    wanted=was_returned,
    says=_("Your notice in %(class)s comes back to you: %(kind)s"),
    adds=_("It is not sent. Read what should be different, and write it anew."),
    button=(_("See what should be different"), "bulletin_send"),
)
tells(
    "networks.bulletin_taken_from_writer",
    on="networks.bulletin_taken_back",
    to=the_writer_unless_self,
    category="decisions",
    wanted=is_still_the_writers,
    says=_("Your notice in %(class)s has been taken back by the school: %(kind)s"),
    adds=_("Nobody else can read it any more, and those who were told of it hear so."),
    button=(_("See the notice"), "bulletin_show"),
)


def _question(event):
    if event.subject_type != BulletinQuestion._meta.label:  # an answer whose question is gone
        return None
    return BulletinQuestion.objects.filter(pk=event.subject_id).select_related("bulletin__written_by").first()


def whoever_sent_it(event):
    question = _question(event)
    return [question.bulletin.written_by] if question else []


def whoever_asked(event):
    question = None if event.details.get("waits") else _question(event)
    return [question.asked_by] if question and is_asking_home(question.asked_by, question.bulletin) else []


def those_who_release_answers(event):
    question = _question(event)
    return question.bulletin.releasers() if question and event.details.get("waits") else []


def still_open(notice):
    question = notice.subject
    return bool(question) and question.is_open and can_change_bulletin(notice.recipient, question.bulletin)


def still_their_question(notice):
    question = notice.subject
    return bool(question) and question.bulletin.is_out and is_asking_home(notice.recipient, question.bulletin)


def answers_still_wait(notice):
    question = notice.subject
    if not question or not can_release(notice.recipient, question.bulletin):
        return False
    return BulletinAnswer.objects.waiting().filter(bulletin=question.bulletin_id).exists()


tells(
    "networks.question_asked",
    on="networks.question_asked",
    to=whoever_sent_it,
    category="tasks",
    wanted=still_open,
    says=_("A home in %(class)s asks about your notice: %(kind)s"),
    adds=_("Only you read the question. Answer that home, or everyone in your own words."),
    button=(_("Read it and answer"), "question_answer"),
)
tells(
    "networks.question_answered",
    on=("networks.question_answered", "networks.answer_released"),
    to=whoever_asked,
    category="decisions",
    wanted=still_their_question,
    says=_("Your question about a notice in %(class)s is answered: %(kind)s"),
    adds=_("You find it with the notice."),
    button=(_("Read the answer"), "bulletin_show"),
)
tells(
    "networks.answer_dropped",
    on="networks.answer_dropped",
    to=whoever_sent_it,
    category="tasks",
    wanted=still_open,
    says=_("Your answer in %(class)s is taken away: %(kind)s"),
    adds=_("It is not for everyone to read. You can answer only the home that asked."),
    button=(_("Read it and answer"), "question_answer"),
)
tells(
    "networks.answer_waits",
    on="networks.question_answered",
    to=those_who_release_answers,
    category="tasks",
    wanted=answers_still_wait,
    says=_("An answer waits for you in %(class)s: %(kind)s"),
    adds=_("A child could be known from it. Nobody else reads it before you release it."),
    button=(_("Read it and decide"), "bulletin_show"),
)
