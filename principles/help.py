"""What members of the board ask, and how families find the right adult."""

from django.utils.translation import gettext_lazy as _

from portal.help import LEADING, ON_THE_BOARD, Chapter, Question, answers
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Role
from portal.people.rules import LEADERS, TEACHERS
from portal.schoolyear.help import YEAR

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

LOOKING = Question(
    _("Where do I find homework, the week plan and messages?"),
    (
        _("On the page of your child and of the class stands where the school writes what, and how often."),
        _("A link there leads to the school's other system. What stands in it is not copied to Skolebro."),
    ),
    "home",
    _("Overview"),
)
FILLING_IN = Question(
    _("Where do we say where we write what?"),
    (
        _("At the start of the school year it waits on your first page until one of you has published it."),
        _("It begins with what the class had last year. Families and pupils are told when it is published or changed."),
    ),
    "home",
    _("Overview"),
)
USUAL = Question(
    _("How do we say where the school writes what?"),
    (
        _(
            "Put the school's other systems on a list, by name and address, and say what is usual. Classes begin with it."
        ),
        _("On the same page you see which classes have published their own."),
    ),
    "principles:matrix_usual",
    _("Where the school writes what"),
)
POINT = Question(
    _("Can families see which principle a round of conferences follows?"),
    (
        _(
            "Yes. Choose the point under More choices when you make the round. Families read it where they choose a time."
        ),
        _("On the page of the principle, the point leads to the round, for those who may open it."),
    ),
    "conferences:round_list",
    _("Rounds of conferences"),
)

answers(PARENT, PUPIL, chapter=FINDING, questions=[LOOKING])
answers(*TEACHERS, chapter=YEAR, questions=[FILLING_IN])
answers(Role.Kind.OFFICE, chapter=YEAR, questions=[USUAL])
answers(*LEADERS, chapter=LEADING, place=45, questions=[USUAL, POINT])
