"""The shape of what is sent along. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from grants.uploads import KINDS, FilesField, TakesFiles
from portal.text import forms


class AttachmentForm(TakesFiles, forms.Form):
    use_required_attribute = False

    files = FilesField(
        label=_("Files"), help_text=KINDS, error_messages={"required": _("Choose the files that you want to send.")}
    )
