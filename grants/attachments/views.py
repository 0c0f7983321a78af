"""The page on which a class sends files along, and the files as downloads."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from grants.attachments import actions
from grants.attachments.forms import AttachmentForm
from grants.models import Attachment, GrantApplication
from grants.models.files import MOST_BYTES
from grants.rules import can_read_whole, grant_writers
from portal.access import MEGABYTE, WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.uploads import download, takes_files


@page(open_to=grant_writers, body=60 * MEGABYTE)  # a file that is too large is named beside its field
@WRITES
@takes_files(MOST_BYTES)
def attachment_add(request, pk):
    application = get_object_or_404(GrantApplication.objects.visible_to(request.user).with_names(), pk=pk)
    require(actions.add_attachments.may(request.user, application))
    form = AttachmentForm(*posted(request))
    form.is_valid()
    if form.sound:
        with refusals_as(form):
            _keep(request, application, form)
            if not form.errors:
                return redirect("grants:attachment_add", application.pk)
    application.refresh_from_db(fields=["status", "taken_up_at"])
    shown = {
        "application": application,
        "form": form,
        "attachments": application.attachments.without_files(),
        "may_add": application.takes_files,
        "may_remove": application.is_draft or application.is_changeable,
    }
    return render(request, "grants/attachments/attachment_add.html", shown)


def _keep(request, application, form):
    """What is sound is kept also when another file is not."""
    number = actions.add_attachments(application, by=request.user, files=form.sound)
    kept = ngettext("%(n)s file is added.", "%(n)s files are added.", number) % {"n": number}
    messages.success(request, kept if number else _("You have added it already."))


def found_attachment(request, pk):
    """With the whole application: for the guardians of the class the file does not exist."""
    attachments = Attachment.objects.visible_to(request.user).select_related("application__school__municipality")
    attachment = get_object_or_404(attachments, pk=pk)
    return get_object_or_404(attachments, pk=pk if can_read_whole(request.user, attachment.application) else None)


@page(open_to=signed_in)
@require_safe
def attachment_open(request, pk):
    attachment = found_attachment(request, pk)
    return download(attachment.content, attachment.name, attachment.kind)


@page(open_to=grant_writers)
@require_POST
def attachment_remove(request, pk):
    attachment = found_attachment(request, pk)
    require(actions.remove_attachment.may(request.user, attachment))
    with refusals_shown(request):
        actions.remove_attachment(attachment, by=request.user)
        messages.success(request, _("The file is taken away."))
    return redirect("grants:attachment_add", attachment.application_id)
