"""What members of the board ask, and how families find the right adult."""

from django.utils.translation import gettext_lazy as _

from portal.help import ON_THE_BOARD, Chapter, Question, answers
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Role
from portal.people.rules import LEADERS, TEACHERS

BOARD = Role.Kind.BOARD_MEMBER
STAFF = (*TEACHERS, Role.Kind.AFTER_SCHOOL, *LEADERS)

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
        Question(
            _("I wonder about something, or I am worried"),
            (
                _(
                    "Open your child’s page, and press “I wonder about something, or I am worried”. One of three fields is"
                    " enough. You read who answers, and by when."
                ),
                _("Are you angry or tired? Save it, and it is sent tomorrow morning. Until then you can take it back."),
                _(
                    "You get one answer. Is it not enough? Say so once, and the management answers. The other home reads"
                    " it only if you say so. The board never does."
                ),
            ),
            "people:child_list",
            _("Your children"),
        ),
    ],
)

answers(
    *STAFF,
    chapter=FINDING,
    questions=[
        Question(
            _("A family or a pupil has asked about a child"),
            (
                _(
                    "You find it on your overview. Answer once, suggest to meet, or hand it to another of the child’s"
                    " adults or to the management. Call first when it is sensitive."
                ),
                _(
                    "The day that the school has promised stays. When it has passed, the management sees the inquiry too."
                ),
            ),
            "principles:inquiry_list",
            _("Inquiries"),
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
        Question(
            _("Can I ask the school something myself?"),
            (
                _(
                    "Yes, from the age of 15. Open the page about you, and press “I wonder about something, or I am"
                    " worried”. Your grown-ups at home read it only if you say so."
                ),
            ),
            "home",
            _("Overview"),
        ),
    ],
)
