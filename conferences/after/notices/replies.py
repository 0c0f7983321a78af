"""The author of a comment on a summary hears that the teacher has answered."""

from django.utils.translation import gettext as _

from conferences.models import SummaryAnswer
from conferences.notices.people import names, page
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.models import Person


@notice(
    "conferences.comment_replied",
    on="conferences.comment_replied",
    to=lambda event: Person.objects.active().filter(pk=event.details["person"]),
    category="news",
    wanted=lambda notice: replies_to(notice).exists(),
)
def comment_replied(notice):
    conference = notice.subject
    return Letter(
        subject=_("%(teacher)s has answered your comment") % names(conference),
        lines=[_("It is about the summary of the talk.")],
        buttons=(Button(_("Read the answer"), page("summary_show", conference.pk)),),
        sender=conference.teacher.full_name,
    )


def replies_to(notice):
    own = SummaryAnswer.objects.comments().visible_to(notice.recipient).filter(person_id=notice.recipient.pk)
    return own.filter(summary__conference=notice.subject.pk, replied_at__isnull=False)
