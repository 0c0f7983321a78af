"""What teachers, leaders and the office ask about gatherings."""

from django.utils.translation import gettext_lazy as _

from networks.help.chapters import TELLING
from portal.help import LEADING, Question, answers
from portal.people.models import Role
from portal.people.rules import LEADERS, TEACHERS

CONTACT = Role.Kind.CLASS_CONTACT

answers(
    *TEACHERS,
    chapter=TELLING,
    place=20,
    questions=[
        Question(
            _("The class contact asks me for a few words"),
            (
                _("Write in general what the class works with. Nothing about single children. You need not write."),
                _("You see it in the list of what waits for you, until the day that was chosen."),
            ),
        ),
        Question(
            _("What is this week’s line?"),
            (
                _(
                    "One line about what the class works with, so that homes have something to talk about. At most one a week."
                ),
                _(
                    "It stands on the page of each child, and on that of the class. Nobody gets a message. Name no child."
                ),
                _("You find it on the page of the class. You can correct it until Sunday, or take it away."),
            ),
        ),
    ],
)

answers(
    *LEADERS,
    chapter=LEADING,
    place=30,
    questions=[
        Question(
            _("What does the map of the classes show?"),
            (
                _("For each class, whether its families have met in the autumn and in the spring, or have planned to."),
                _("It is no contest. A class without a plan is one to offer help. The municipality sees only totals."),
            ),
            "networks:coverage_show",
            _("Gatherings, class by class"),
        ),
        Question(
            _("How soon are families told?"),
            (
                _("The map says how many hours half of the notices took, from noticed to told."),
                _("It counts all notices together, five at least. It says nothing of a single teacher."),
            ),
            "networks:coverage_show",
            _("Gatherings, class by class"),
        ),
    ],
)
