"""Every change to messages that somebody makes: stopping, choosing, reading, opening, revoking, and what comes back."""

from contextlib import suppress
from datetime import time

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.actions import action
from portal.ledger.record import record
from portal.messaging import rules
from portal.messaging.models import AlreadySent, Delivery, Notice, PersonalLink, Preference, naming
from portal.messaging.queueing import fall_back
from portal.people.actions import mark_email_failed
from portal.people.actions.persons import NotFailed
from portal.people.models import Person
from portal.people.rules import only_the_portal


@action(may=rules.can_stop, records="messaging.sending_stopped", refuses=(AlreadySent,))
def stop_sending(subject: models.Model, *, by: Person, kind: str) -> int:
    """Stop whatever still waits of this message about this subject; returns how many people will not get it. Refused
    when everything has been sent."""
    now = timezone.now()
    waiting = Delivery.objects.unclaimed(now).filter(
        notice__in=Notice.objects.about(subject).filter(kind=kind, state=Notice.State.WAITING)
    )
    rows = dict(waiting.select_for_update(of=("self",), skip_locked=True).values_list("pk", "notice_id"))
    if not rows:
        raise AlreadySent(_("The message has already been sent, so it cannot be stopped."))
    Delivery.objects.filter(pk__in=rows).update(state=Delivery.State.STOPPED)
    stopped = Notice.objects.unqueued().filter(pk__in=rows.values()).update(state=Notice.State.STOPPED)
    record("messaging.sending_stopped", subject, by=by, kind=kind, people=stopped)
    return stopped


@action(may=rules.can_choose, claims=Person.objects.all, records="messaging.preference_chosen")
def choose_messages(
    receiver: Person,
    *,
    by: Person,
    invitations: str,
    reminders: str,
    news: str,
    decisions: str,
    tasks: str,
    digest: str,
    quiet_from: time,
    quiet_until: time,
    morning: bool | None = None,
    morning_at: time | None = None,
) -> Preference:
    """Choose how to hear about what, how often, and when to be left in peace; whoever works at a school also whether and
    when the letter of the morning comes. Applies also to messages already waiting."""
    at_work = {"morning": morning, "morning_at": morning_at}
    chosen, _made = Preference.objects.update_or_create(
        person=receiver,
        defaults={
            "invitations": invitations,
            "reminders": reminders,
            "news": news,
            "decisions": decisions,
            "tasks": tasks,
            "digest": digest,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            **{name: said for name, said in at_work.items() if said is not None},
        },
    )
    record("messaging.preference_chosen", chosen, by=by)
    return chosen


@action(may=rules.can_choose, claims=Person.objects.all, records="messaging.morning_chosen")
def choose_morning(receiver: Person, *, by: Person, wanted: bool) -> None:
    """Get the letter of the morning, or no longer. What each thing that waits sends by itself comes all the same."""
    Preference.objects.update_or_create(person=receiver, defaults={"morning": wanted})
    record("messaging.morning_chosen", receiver, by=by, wanted=wanted)


@action(may=rules.can_read, claims=Notice.objects.all, records="messaging.notice_read")
def read_notice(notice: Notice, *, by: Person) -> None:
    """Mark one's own message as read. Only the first reading counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    record("messaging.notice_read", notice, by=by)


@action(
    may=rules.can_tell_otherwise,
    claims=Notice.objects.set_aside,
    gone=AlreadySent(gettext_lazy("This message is no longer waiting for you.")),
    records="messaging.told_otherwise",
)
def tell_otherwise(notice: Notice, *, by: Person) -> None:
    """Record that somebody has been told in another way what the portal could not send. Refused once the message is no
    longer set aside."""
    notice.state = Notice.State.STOPPED
    notice.save(update_fields=["state"])
    record("messaging.told_otherwise", notice, by=by)


@action(may=rules.can_open, claims=PersonalLink.objects.all, records="messaging.link_opened")
def open_link(link: PersonalLink, *, by: Person) -> None:
    """Record that a person, not a mail scanner, has opened the link. Only the first opening counts."""
    PersonalLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now())
    record("messaging.link_opened", link, by=by)


@action(may=rules.can_lend, claims=PersonalLink.objects.in_right_hands, records="messaging.link_lent")
def lend_link(link: PersonalLink, *, by: Person) -> None:
    """Record that somebody of another home, who is signed in, did something by this link: the home is told. Refused when
    the link has been made dead meanwhile, since its home is then no longer the one to hear."""
    record("messaging.link_lent", link, by=by)


@action(may=rules.can_revoke, claims=PersonalLink.objects.all, records="messaging.link_revoked")
def revoke_link(link: PersonalLink, *, by: Person) -> None:
    """Make a personal link dead at once. The next message about the same thing carries a new one."""
    PersonalLink.objects.filter(pk=link.pk, revoked_at=None).update(
        revoked_at=timezone.now(), rotation=F("rotation") + 1
    )
    record("messaging.link_revoked", link, by=by)


@action(may=rules.can_choose, claims=Person.objects.all, records="messaging.calendar_opened")
def open_calendar(receiver: Person, *, by: Person) -> PersonalLink:
    """Make the secret address at which a calendar reads its owner's talks and gatherings. An earlier address is dead at
    once."""
    fresh = {
        "household": receiver.household,
        "expires_at": timezone.now() + PersonalLink.CALENDAR_LIFE,
        "revoked_at": None,
        "opened_at": None,
    }
    link, made = PersonalLink.objects.update_or_create(
        person=receiver,
        purpose=PersonalLink.CALENDAR,
        **naming(receiver),
        defaults={**fresh, "rotation": F("rotation") + 1},
        create_defaults=fresh,
    )
    link.refresh_from_db(fields=["rotation"])
    record("messaging.calendar_opened", link, by=by, made=made)
    return link


@action(may=only_the_portal, claims=Delivery.objects.all, records="messaging.mail_bounced")
def take_bounce(delivery: Delivery, *, by: Person, status: str) -> None:
    """A message came back: mark the address as not working, and send the contents another way. Idempotent: the same
    bounce read twice changes nothing more."""
    now = timezone.now()
    came_back = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENT).update(
        state=Delivery.State.BOUNCED, answer=status[:200]
    )
    if came_back:
        receiver = delivery.notice.recipient
        with suppress(NotFailed):
            mark_email_failed(receiver, by=by)
        fall_back(delivery, receiver, now)
    record("messaging.mail_bounced", delivery, by=by, status=status[:9])
