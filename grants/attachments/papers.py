"""What was sent along, for the archive: each file as it was taken in."""

from functools import partial

from django.utils.translation import gettext as _

from grants.models import Attachment
from grants.papers import Paper, Way, papers_of_case


@papers_of_case
def of_the_attachments(application):
    if application.submitted_at is None:
        return []
    by = _("Class %(class)s") % {"class": application.school_class.name}
    attachments = Attachment.objects.filter(application=application).without_files()
    return [
        Paper(
            f"attachment-{number}",
            _("Attachment %(number)s") % {"number": number},
            attachment.added_at,
            Way.IN,
            by,
            partial(_content, attachment.pk),
            kind=attachment.kind,
            attached_to="application",
            is_ours=False,
        )
        for number, attachment in enumerate(attachments, start=1)
    ]


def _content(key):
    return bytes(Attachment.objects.values_list("content", flat=True).get(pk=key))
