"""What the class contact, the principal and the municipality ask about money for a gathering."""

from django.utils.translation import gettext_lazy as _

from networks.help.chapters import GATHERING
from portal.help import LEADING, MUNICIPALITY, Question, answers
from portal.people.models import Role
from portal.people.rules import LEADERS

answers(
    Role.Kind.CLASS_CONTACT,
    chapter=GATHERING,
    place=20,
    questions=[
        Question(
            _("Can we get money for it?"),
            (_("Perhaps. The page of grants says whether your class can apply. The principal decides."),),
            "grants:application_list",
            _("Grants"),
        ),
    ],
)

answers(
    *LEADERS,
    chapter=LEADING,
    place=20,
    questions=[
        Question(
            _("An application for a grant has come"),
            (
                _("Open it, decide, and read the letter before it goes. Reasons and the right to appeal stand in it."),
                _("Are you related to the one who applies? The page asks. If you are, it goes to the municipality."),
            ),
            "grants:application_list",
            _("Grants"),
        ),
    ],
)

answers(
    Role.Kind.OFFICE,
    *LEADERS,
    chapter=LEADING,
    place=30,
    questions=[
        Question(
            _("An application for a grant came on paper"),
            (
                _("Enter it with the day on which it came: that day counts, and not today."),
                _(
                    "The class contact is told, and the application is theirs. The principal decides it like the others."
                ),
            ),
            "grants:paper_list",
            _("Applications on paper"),
        ),
    ],
)

answers(
    Role.Kind.MUNICIPALITY_OFFICER,
    chapter=MUNICIPALITY,
    place=20,
    questions=[
        Question(
            _("How do I offer classes support?"),
            (
                _("Make a scheme: who can apply, for how much, and when. You can make it like the last one."),
                _("Try it as an applicant. From the day it opens, only the last day and the money can be changed."),
                _("Share the money out among the schools. A share is never less than what the school has given."),
            ),
            "grants:scheme_list",
            _("Schemes and money"),
        ),
    ],
)

answers(
    Role.Kind.MUNICIPALITY_OFFICER,
    chapter=MUNICIPALITY,
    place=10,
    questions=[
        Question(
            _("What can I do here?"),
            (
                _("Decide the applications for grants that a principal may not decide, and see what was awarded."),
                _("Appoint principals, and look after roles and restrictions at the schools."),
            ),
            "grants:application_list",
            _("Grants"),
        ),
    ],
)
