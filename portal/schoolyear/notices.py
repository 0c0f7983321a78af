"""Who is told when something that stands in their calendar moves or is called off shortly before."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.schoolyear.models import SchoolEvent
from portal.speech import period

NEWS = ("schoolyear.event_changed", "schoolyear.event_called_off")


def those_with_it(event, *, soon):
    """Not whoever did it, and nobody when it was far away: their calendars follow by themselves."""
    if not event.details.get("told"):
        return []
    if event.details["soon"] != soon:
        return []
    planned = SchoolEvent.objects.get(pk=event.subject_id)
    return planned.those_with_it(event.details.get("had")).exclude(pk=event.by)


def is_news(notice):
    """Not when it has changed again or was called off since, and not once it is over."""
    planned = notice.subject
    newest = all(notice.is_newest(verb, told=True) for verb in NEWS)
    return newest and not planned.is_over() and planned.those_with_it().filter(pk=notice.recipient_id).exists()


@notice(
    "schoolyear.event_news",
    on=NEWS,
    to=lambda event: those_with_it(event, soon=False),
    category="news",
    duty=True,
    wanted=is_news,
)
def event_news(notice):
    planned = notice.subject
    names = {"title": planned.title, "whom": planned.whom}
    if planned.is_cancelled:
        subject, line = _("Called off: %(title)s (%(whom)s)"), _("It does not take place.")
    else:
        subject, line = _("Moved: %(title)s (%(whom)s)"), _("Something has changed. This is how it is now.")
    because = [planned.cancelled_because] if planned.cancelled_because else []
    return Letter(
        subject=subject % names,
        lines=[line, *because],
        facts=(
            (_("When"), period(planned.starts_at, planned.ends_at, planned.school)),
            (_("Where"), planned.place),
        ),
        buttons=(Button(_("See it in Skolebro"), settings.SITE_URL + planned.get_absolute_url()),),
        sender=planned.school.name,
    )


@notice(
    "schoolyear.event_news_soon",
    on=NEWS,
    to=lambda event: those_with_it(event, soon=True),
    category="news",
    duty=True,
    urgent=True,
    wanted=is_news,
)
def event_news_soon(notice):
    return event_news(notice)
