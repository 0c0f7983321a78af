"""An application as the class sent it: what stands in it stays, whatever happens later to the class or its gathering."""

from django.utils import translation
from django.utils.translation import gettext as _

from grants.models import GrantApplication
from grants.queries import answers
from portal.speech import when


def as_sent(application: GrantApplication) -> dict:
    """In the language of the answer, and without the account: where money was paid stands with whoever pays."""
    with translation.override(application.reply_language):
        gathering = f"{application.gathering.title}, {when(application.gathering.starts_at, application.school)}"
        said = [[str(row["label"]), row["value"]] for row in answers(application)]
        rows = [[_("Gathering"), gathering], *(row for row in said if row[1])]
    return {"class": application.school_class.name, "language": application.reply_language, "rows": rows}
