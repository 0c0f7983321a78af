"""Help about how many messages to expect."""

from django.utils.translation import gettext_lazy as _

from portal.help import MESSAGES, MORE, Question, answers
from portal.people.hats import PARENT
from portal.people.models import Role
from portal.people.models.roles import REACHED_KINDS

answers(PARENT, *Role.Kind, chapter=MORE, place=10, questions=[MESSAGES])

answers(
    *REACHED_KINDS,
    chapter=MORE,
    place=20,
    questions=[
        Question(
            _("Why do I get a letter in the morning?"),
            (
                _(
                    "On school days, when something waits for you. It says what your first page says, without a child’s name."
                ),
                _(
                    "You choose the hour, and whether you want it. It does not come when you have said that you are away."
                ),
            ),
            "messaging:preference_edit",
            _("Choose your messages"),
        ),
    ],
)
