"""What the keepers of a class fund are told. No sum and no words of a row stand in a message."""

from django.conf import settings
from django.utils.translation import gettext as _

from networks.models import ClassFund, FundHandOver
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.models import Person


def _fund(event):
    return ClassFund.objects.select_related("school_class").get(pk=event.subject_id)


def _seated(fund):
    return Person.objects.filter(pk__in=fund.seated().values("person"))


def the_other_keeper(event):
    return _seated(_fund(event)).exclude(pk=event.by)


def those_who_begin(event):
    """Once it has gone over to them: while signatures are missing, those seated are the keepers before."""
    fund, hand_over = _fund(event), event.details.get("hand_over")
    if hand_over and not fund.hand_overs.filter(pk=hand_over, state=FundHandOver.State.DONE).exists():
        return []
    return _seated(fund).exclude(pk=event.by)


def those_to_sign(event):
    hand_over = _fund(event).hand_overs.open().first()
    return Person.objects.filter(pk__in=hand_over.unsigned().values("person")).exclude(pk=event.by) if hand_over else []


def is_seated(notice):
    return notice.subject.seated().filter(person=notice.recipient_id).exists()


def still_to_confirm(notice):
    waiting = notice.subject.rows.waiting().exclude(written_by__person=notice.recipient_id)
    return is_seated(notice) and waiting.exists()


def still_to_sign(notice):
    hand_over = notice.subject.hand_overs.open().first()
    return hand_over is not None and hand_over.unsigned().filter(person=notice.recipient_id).exists()


def _letter(notice, *, subject, lines, button):
    fund = notice.subject
    return Letter(
        subject=subject % {"class": fund.class_today.name},
        lines=lines,
        buttons=(Button(button, settings.SITE_URL + fund.get_absolute_url()),),
    )


@notice(
    "networks.fund_row_waits",
    on=("networks.fund_row_written", "networks.fund_row_reversed"),
    to=the_other_keeper,
    category="tasks",
    wanted=still_to_confirm,
)
def fund_row_waits(notice):
    return _letter(
        notice,
        subject=_("Confirm a row of the class fund of %(class)s"),
        lines=[
            _("The other keeper has written down what came in or went out."),
            _("It counts when you have seen the money or the receipt, and confirmed it."),
        ],
        button=_("Open the class fund"),
    )


@notice(
    "networks.fund_keeper_begins",
    on=("networks.fund_opened", "networks.fund_signed_over", "networks.fund_handing_over"),
    to=those_who_begin,
    category="tasks",
    wanted=is_seated,
)
def fund_keeper_begins(notice):
    return _letter(
        notice,
        subject=_("You keep the class fund of %(class)s"),
        lines=[
            _("The class has elected you with another guardian. Your names stand on the page of the fund."),
            _("One writes down what comes in and goes out, and the other confirms it. Nobody has to give anything."),
            _("If you do not want to, tell the class contact. No reason is needed."),
        ],
        button=_("Open the class fund"),
    )


@notice(
    "networks.fund_to_sign",
    on="networks.fund_handing_over",
    to=those_to_sign,
    category="tasks",
    wanted=still_to_sign,
)
def fund_to_sign(notice):
    return _letter(
        notice,
        subject=_("Sign the hand-over of the class fund of %(class)s"),
        lines=[
            _(
                "The class has elected its next keepers. Look at the money and the receipts, and sign that they are there."
            ),
            _("Until both of you have signed, no row is written or confirmed."),
        ],
        button=_("Open the class fund"),
    )
