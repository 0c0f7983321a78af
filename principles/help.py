"""What members of the board ask, and how families find the right adult."""

from django.utils.translation import gettext_lazy as _

from portal.help import ON_THE_BOARD, WHO_SEES, Chapter, Question, answers
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Role
from portal.people.models.roles import REACHED_KINDS

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
    PARENT,
    chapter=FINDING,
    place=10,
    questions=[
        Question(
            _("Something at home matters at school. Whom do I tell?"),
            (
                _(
                    "On the overview, below your child's name, press “Tell the school in confidence”. Choose who shall know"
                    " it, and until when. Then it is deleted."
                ),
                _(
                    "Is it sensitive? Choose that they call you. Then nothing is written. You see who opens it, and when."
                ),
            ),
            "home",
            _("Overview"),
        ),
    ],
)

answers(
    *REACHED_KINDS,
    chapter=WHO_SEES,
    place=60,
    questions=[
        Question(
            _("A family has told me something in confidence"),
            (
                _("It is for you by name. The family sees each time you open it. It stands in no message and no list."),
                _(
                    "Do not bring it up with the child, the other home or a class contact. After its last day it is deleted."
                ),
            ),
            "principles:confidence_received",
            _("What families have told me"),
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
