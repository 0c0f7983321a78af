"""What the history of a case says of its files."""

from django.utils.translation import gettext_lazy as _

from grants.case_page import tells

tells("grants.attachments_added")(lambda _happened: _("The class added files to the application."))
tells("grants.attachment_removed")(lambda _happened: _("The class took a file of the application away."))
