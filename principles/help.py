"""What members of the board ask, and how families find the right adult."""

from django.utils.translation import gettext_lazy as _

from portal.help import ON_THE_BOARD, Chapter, Question, answers
from portal.people.hats import PARENT, PUPIL
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

FINDING = Chapter(_("Finding the right adult"), 5)

answers(
    PARENT,
    chapter=FINDING,
    questions=[
        Question(
            _("Whom do I talk to about my child?"),
            (
                _(
                    "On the overview, below your child's name, press “Whom can I talk to?”. There stand those who see the"
                    " child every day, with numbers and hours."
                ),
                _("Is it sensitive? Call. Is it not enough? The management is one step further, and always open."),
            ),
            "home",
            _("Overview"),
        ),
    ],
)

answers(
    PUPIL,
    chapter=FINDING,
    questions=[
        Question(
            _("Whom can I talk to at school?"),
            (
                _(
                    "On the overview, press “Whom can I talk to?”. There stand your grown-ups at school, and how to reach them."
                ),
            ),
            "home",
            _("Overview"),
        ),
    ],
)
