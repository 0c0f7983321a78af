"""Its part of the page of a case: under which number and class it is kept, and for how long."""

from types import SimpleNamespace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants import rules
from grants.archive.rules import can_export
from grants.case_page import stands_on_case, tells
from grants.letters import archived
from portal.class_page import Part

tells("grants.case_exported")(lambda _happened: gettext_lazy("The case was handed over to the archive."))


@stands_on_case(90)
def kept_in_archive(application, reader):
    if application.submitted_at is None or not rules.can_read_whole(reader, application):
        return None
    facts = [[_("Case number"), application.case_number], *archived(application)]
    if application.journal_number:
        facts.insert(1, [_("Journal number"), application.journal_number])
    rows = [{"label": label, "value": value, "url": ""} for label, value in facts]
    hands_over = application if application.is_decided and can_export(reader, application) else None
    return Part("grants/archive/_case_part.html", SimpleNamespace(rows=rows, hands_over=hands_over), aside=True)
