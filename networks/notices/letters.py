"""What the letters of the room share: the facts, the personal link to answer by, and who signs."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from networks.calendar import calendar_of
from networks.notices.people import answer_of, told_before
from networks.queries import contacts_of
from portal.ledger.models import Event
from portal.messaging.letters import Button, Letter
from portal.messaging.links import link_for
from portal.people import protection
from portal.people.models import School
from portal.speech import in_words, money, when

ANSWER = "networks.answer"
OPEN_AFTER = timedelta(days=7)


def to_answer(notice, *, subject, lines):
    gathering, school = notice.subject, school_of(notice.subject)
    link = link_for(notice.recipient, gathering, purpose=ANSWER, expires_at=gathering.ends_at + OPEN_AFTER)
    choices, answer = (), answer_of(gathering, notice.recipient)
    has_turn = answer is not None and answer.has_turn()
    if answer is not None and not has_turn:
        preheader, label = (
            _("Your family has answered. You can change it until it starts."),
            _("See or change the answer"),
        )
    else:
        by = answer.turn_until if has_turn else gathering.answer_by
        preheader = _("Answer by %(when)s. It takes a tap or two.") % {"when": when(by, school)}
        label = _("Answer")
        chosen = {"yes": _("Yes, we are coming"), "no": _("We cannot come")}
        choices = [Button(words, f"{link.url()}?answer={name}") for name, words in chosen.items()]
    return Letter(
        subject=subject,
        preheader=preheader,
        lines=[*lines, *_waits(answer), *_news(notice), *([gathering.description] if gathering.description else [])],
        facts=facts_of(gathering, school),
        buttons=(Button(label, link.url()), *choices),
        calendar=None if has_turn else calendar_of(gathering, url=link.url()),
        sender=signature(gathering, notice.recipient),
        mute=link.url("networks:gathering_mute"),
    )


def facts_of(gathering, school):
    room = _("%(n)s people. When it is full, your yes is a place in line.")
    said = [
        (_("When"), when(gathering.starts_at, school)),
        (_("Where"), gathering.place),
        (_("Topic"), gathering.topic),
        (_("Price"), money(gathering.family_cost) if gathering.family_cost else _("Free")),
        (_("Bring"), gathering.bring),
        (_("Room for"), room % {"n": gathering.capacity} if gathering.capacity else ""),
        (_("The children's part"), gathering.children_involved),
    ]
    return tuple(fact for fact in said if fact[1])


def _waits(answer):
    if answer is None or not answer.is_waiting or answer.has_turn():
        return []
    return [_("It is full, and your family stands on the waiting list. We write when there is room.")]


def _news(notice):
    """What has changed in small since the reader was last written to, and was told to nobody then."""
    has_changed = notice.subject.sequence > 0
    last = told_before(notice).order_by("-told_at").first() if has_changed else None
    if last is None:
        return []
    since = Event.objects.about(notice.subject).filter(verb="networks.gathering_changed", at__gt=last.told_at)
    changed = {name for details in since.values_list("details", flat=True) for name in details.get("later", ())}
    said = {
        "title": _("what you are going to do"),
        **dict.fromkeys(("kit", "own_topic"), _("what you are going to talk about")),
        "description": _("what everyone should know"),
        "bring": _("what everyone should bring"),
    }
    new = list(dict.fromkeys(words for name, words in said.items() if name in changed))
    return [_("New since the last message: %(what)s.") % {"what": in_words(new)}] if new else []


def of_fixed_time(gathering, said):
    """Of one that the families were asked about. A yes to a time was no promise, so a home is asked whether it comes;
    `said` is what it said to the time that was fixed."""
    if not hasattr(gathering, "poll") or gathering.poll.fixed_at is None:
        return []
    words = {
        "yes": _("The time is fixed. You said yes to it. Please say whether you are coming."),
        "if_need": _("The time is fixed. You said that it suits you if need be. Please say whether you are coming."),
    }
    if said not in words and not gathering.poll.times.filter(is_fixed=True).exists():
        return [_("The time is fixed. It is not one of those that you were asked about.")]
    return [words.get(said, _("The time is fixed."))]


def names_of(gathering):
    return {"title": gathering.title_at_home, "class": gathering.school_class.name}


def signature(gathering, reader):
    contacts = contacts_of(gathering, reader)
    names = ", ".join(person.full_name for person in contacts.named)
    if not names:
        return protection.class_contact_of(gathering.school_class) if contacts.is_unnamed else ""
    return _("%(names)s, class contact of %(class)s") % {"names": names, "class": gathering.school_class.name}


def school_of(gathering):
    return School.objects.get(classes=gathering.school_class_id)


def page_of(name, gathering):
    return settings.SITE_URL + reverse(name, args=[gathering.pk])
