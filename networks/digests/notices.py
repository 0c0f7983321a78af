"""Who hears of a monthly letter. It goes by message with its words, since it is about no child; what can be taken back on
its own, a notice or a proposal, is read on its page alone."""

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from networks.digests.lines import lines_of
from networks.digests.rules import can_manage_digest, can_write_paragraph
from networks.models import ClassDigest, NoDigest
from portal.messaging.choices import stands_among_choices
from portal.messaging.letters import Button, Letter
from portal.messaging.links import link_for
from portal.messaging.models import Notice
from portal.messaging.notices import notice
from portal.people.models import Person
from portal.people.rules import guardians

SENT = "networks.digest_sent"
stands_among_choices(gettext_lazy("The monthly letter of the class"), "networks:digest_choose", open_to=guardians)
ON_A_PHONE = 90


def _digest(event):
    return ClassDigest.objects.select_related("school_class").get(pk=event.subject_id)


def the_contacts(event):
    return _digest(event).contacts()


def the_teachers(event):
    return _digest(event).contact_teachers()


def contacts_with_a_paragraph(event):
    return [] if event.details.get("empty") else the_contacts(event)


def everyone_who_wants_it(event):
    told = Person.objects.filter(pk__in=_digest(event).guardians().values("guardian"))
    return told.exclude(pk__in=NoDigest.objects.values("person"))


def those_who_had_it(event):
    """Whether or not they want the next one."""
    digest = _digest(event)
    told = Notice.objects.about(digest).filter(kind=SENT).told()
    here = Person.objects.filter(pk__in=digest.guardians().values("guardian"))
    return here.filter(pk__in=told.values("recipient")).exclude(pk=event.by)


def still_a_draft(notice):
    drafts = ClassDigest.objects.drafts().filter(pk=notice.subject.pk)
    return drafts.exists() and can_manage_digest(notice.recipient, notice.subject)


def still_asked_for_words(notice):
    return can_write_paragraph(notice.recipient, notice.subject) and not notice.subject.teacher_text


def still_wanted(notice):
    is_muted = NoDigest.objects.filter(person=notice.recipient_id).exists()
    return notice.subject.is_sent and _is_guardian(notice) and not is_muted


def digest_is_gone(notice):
    return notice.subject.is_taken_back and _is_guardian(notice)


def _is_guardian(notice):
    return notice.subject.guardians().filter(guardian_id=notice.recipient_id).exists()


@notice(
    "networks.digest_prepared", on="networks.digest_prepared", to=the_contacts, category="tasks", wanted=still_a_draft
)
def digest_prepared(notice):
    return Letter(
        subject=_("%(month)s in %(class)s: the monthly letter is ready for you") % _names(notice.subject),
        lines=[
            _("The portal has put together what was held, planned and agreed. Nothing is sent before you send it."),
            _("Add a line, leave out what you like, or let it be."),
        ],
        buttons=(_to("digest_send", notice.subject, _("Look at it and send it")),),
    )


@notice(
    "networks.paragraph_asked",
    on="networks.paragraph_asked",
    to=the_teachers,
    category="tasks",
    wanted=still_asked_for_words,
)
def paragraph_asked(notice):
    return Letter(
        subject=_("Would you like to write a few words to the families of %(class)s?") % _names(notice.subject),
        lines=[_("They go along with the monthly letter. You need not: nobody waits for it beyond the day.")],
        buttons=(_to("digest_paragraph", notice.subject, _("Write a few words")),),
    )


@notice(
    "networks.paragraph_written",
    on="networks.paragraph_written",
    to=contacts_with_a_paragraph,
    category="tasks",
    wanted=still_a_draft,
)
def paragraph_written(notice):
    return Letter(
        subject=_("The contact teacher of %(class)s has written for the monthly letter") % _names(notice.subject),
        lines=[_("Look it over, and send the letter when you like.")],
        buttons=(_to("digest_send", notice.subject, _("Look at it and send it")),),
    )


@notice(SENT, on="networks.digest_sent", to=everyone_who_wants_it, category="news", wanted=still_wanted)
def digest_sent(notice):
    digest = notice.subject
    groups = lines_of(digest, notice.recipient)
    lines = [digest.opening] if digest.opening else []
    if digest.teacher_text:
        lines += [_("From the contact teacher:"), digest.teacher_text]
    button = _to("digest_show", digest, _("Read it on the page of the class"))
    subject = _("%(month)s in %(class)s") % _names(digest)
    return Letter(
        subject=subject,
        lines=lines or [_("What was held, what is planned, and what the class was told.")],
        facts=tuple(fact for group in groups for fact in _facts(group)),
        buttons=(button,),
        sms=f"{subject}. {_next(groups)}{button.url}",
        mute=link_for(notice.recipient, digest.school_class, purpose="networks.digests").url(),
        mute_words=_("No more monthly letters"),
    )


def _facts(group):
    heading = str(group.heading)
    if group.name == "proposal":
        n = len(group.lines)
        return [(heading, ngettext("%(n)s proposal", "%(n)s proposals", n) % {"n": n})]
    return [(heading, line.in_message) for line in group.lines]


def _next(groups):
    planned = [line.in_message for group in groups if group.name in ("ahead", "event") for line in group.lines]
    return f"{Truncator(planned[0]).chars(ON_A_PHONE)}. " if planned else ""


@notice(
    "networks.digest_taken_back",
    on="networks.digest_taken_back",
    to=those_who_had_it,
    category="news",
    wanted=digest_is_gone,
)
def digest_taken_back(notice):
    return Letter(
        subject=_("The monthly letter of %(class)s is taken back: %(month)s") % _names(notice.subject),
        lines=[_("It no longer stands on the page of the class. Please delete the message, and do not pass it on.")],
        buttons=(
            Button(
                _("The monthly letters of the class"),
                settings.SITE_URL + reverse("networks:digest_list", args=[notice.subject.school_class_id]),
            ),
        ),
    )


def _names(digest):
    return {"class": digest.school_class.name, "month": digest.named}


def _to(page, digest, label):
    return Button(label, settings.SITE_URL + reverse(f"networks:{page}", args=[digest.pk]))
