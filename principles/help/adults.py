"""What members of the board ask, and how families find the right adult."""

from django.utils.translation import gettext_lazy as _

from portal.help import LEADING, ON_THE_BOARD, WHO_SEES, Chapter, Question, answers
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Role
from portal.people.models.roles import REACHED_KINDS
from portal.people.rules import LEADERS, TEACHERS
from portal.schoolyear.help import YEAR

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

for kind in (BOARD, *LEADERS):
    answers(
        kind,
        chapter=ON_THE_BOARD if kind == BOARD else LEADING,
        place=20,
        questions=[
            Question(
                _("How does the board see whether a principle is kept?"),
                (
                    _(
                        "It chooses a few points and the numbers that belong to them. The head answers three questions of"
                        " each point and hands them in."
                    ),
                    _(
                        "The board asks for more where it must, assesses each point, and concludes after a meeting. Then it"
                        " can publish one page for everybody."
                    ),
                    _(
                        "Numbers of people are rounded to the nearest five. Nobody is named: the board supervises no single cases."
                    ),
                ),
                "principles:supervision_list",
                _("Does the school keep its principles?"),
            ),
        ],
    )

for kind in (BOARD, *LEADERS):
    answers(
        kind,
        chapter=ON_THE_BOARD if kind == BOARD else LEADING,
        place=25,
        questions=[
            Question(
                _("What do parents and staff think of the cooperation?"),
                (
                    _(
                        "Ask once a school year: four questions, two minutes, no name. It closes by itself, and then you read"
                        " totals and have one page for the meeting."
                    ),
                ),
                "principles:cooperation_list",
                _("How parents and staff rate the cooperation"),
            ),
            Question(
                _("The board has decided. What now?"),
                (
                    _(
                        "Write down the meeting: the text is public at once. Then parents, pupils and staff are told, each in"
                        " words of their own, and it waits until that is done."
                    ),
                    _("On the page of the principle, “Decided, told, carried out” has the list of what is to be done."),
                    _("There you put a slip in the decision right, and give a step to somebody else."),
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

DISAGREEING = Chapter(_("When children disagree"), 6)

answers(
    PARENT,
    chapter=DISAGREEING,
    questions=[
        Question(
            _("My child has fallen out with another. What do I do?"),
            (
                _(
                    "Call the parents of the other child first. The guide has their number when they share it with the class,"
                    " and words to begin with. Otherwise we can tell them your number, and ask them to call."
                ),
                _("Does it not help? Then ask those who work with the class for a talk, and last call the management."),
                _("Nothing of it is kept here, and the school does not see that you have read it."),
            ),
            "principles:conflict_choose",
            _("When children disagree"),
        ),
        Question(
            _("It is bullying, or somebody is afraid"),
            (
                _("That is nothing to sort out between parents. Call the school at once. It must find out and act."),
                _("Tonight: 116 111 for children and their adults, 116 006 for violence and abuse. In danger: 112."),
            ),
        ),
    ],
)

DOING = Chapter(_("Who does what"), 7)

answers(
    PARENT,
    chapter=DOING,
    questions=[
        Question(
            _("What is for us at home, and what for the school?"),
            (
                _(
                    "On the overview, below your child's name, press “Who does what”. Child, home and school stand side by side,"
                    " and the years of your child come first."
                ),
                _("It is to talk about. Nobody is measured by it."),
            ),
            "principles:stage_list",
            _("Who does what"),
        ),
    ],
)

answers(
    PUPIL,
    chapter=DOING,
    questions=[
        Question(
            _("What is for me to do, and what for the grown-ups?"),
            (_("On the overview, press “Who does what”. It is about your age, and changes as you grow."),),
            "home",
            _("Overview"),
        ),
    ],
)

LOOKING = Question(
    _("Where do I find homework, the week plan and messages?"),
    (
        _(
            "The page of your child and the page of the class say where homework and messages stand, and how often they come."
        ),
        _("A link there leads to the school's other system. What stands in it is not copied to Skolebro."),
    ),
    "home",
    _("Overview"),
)
FILLING_IN = Question(
    _("Where do we say where homework and messages stand?"),
    (
        _("At the start of the school year it waits on your first page until one of you has published it."),
        _("It begins with what the class had last year. Families and pupils are told when it is published or changed."),
    ),
    "home",
    _("Overview"),
)
USUAL = Question(
    _("How do we say where homework and messages stand?"),
    (
        _(
            "Put the school's other systems on a list, by name and address, and say what is usual. Classes begin with it."
        ),
        _("On the same page you see which classes have published their own."),
    ),
    "principles:matrix_usual",
    _("Where homework and messages stand"),
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
