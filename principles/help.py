"""What members of the board ask."""

from django.utils.translation import gettext_lazy as _

from portal.help import ON_THE_BOARD, Question, answers
from portal.people.models import Role

BOARD = Role.Kind.BOARD_MEMBER

answers(
    BOARD,
    chapter=ON_THE_BOARD,
    place=10,
    questions=[
        Question(
            _("What can I do here?"),
            (
                _("Read and write the principles of the school, and follow with numbers how they are kept."),
                _("The overview shows the numbers of this school year."),
            ),
            "principles:principle_list",
            _("Principles"),
        ),
    ],
)

answers(
    BOARD,
    chapter=ON_THE_BOARD,
    place=30,
    questions=[
        Question(
            _("A parent comes to me with a case"),
            (
                _(
                    "The board does not deal with single children or staff. Ask the parent to talk to the teacher first,"
                    " then to the principal."
                ),
            ),
        ),
    ],
)
