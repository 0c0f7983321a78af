"""Help about what this is, what is logged about who has read what, and where to turn when something is wrong."""

from django.utils.translation import gettext_lazy as _

from portal.help import MORE, NOBODY, ON_THE_BOARD, SEEN, UNSAFE, WHO_SEES, Chapter, Question, answers
from portal.people.hats import PARENT
from portal.people.models import Role

Kind = Role.Kind
STAFF = tuple(kind for kind in Kind if kind != Kind.BOARD_MEMBER)

answers(
    NOBODY,
    chapter=Chapter(_("What this is"), 20),
    questions=[
        Question(
            _("What is Skolebro?"),
            (
                _("Here home and school keep in touch: talks about the child, gatherings of the class, what we agree."),
                _("The school has written down who you are. You cannot sign yourself up."),
            ),
        ),
        Question(
            _("I have a child at the school, but I cannot come in"),
            (
                _("The school must first confirm that you are the child's guardian. Call the school and ask."),
                _("They also need an e-mail address that is yours alone."),
            ),
        ),
        Question(
            _("I cannot use this at all"),
            (
                _("Call the school. They write down the time or the answer for you. You lose nothing by it."),
                _("The school can get you an interpreter. Your child shall not interpret."),
            ),
        ),
        UNSAFE,
    ],
)

answers(PARENT, *STAFF, chapter=WHO_SEES, place=30, questions=[SEEN])

answers(PARENT, *Kind, chapter=MORE, place=90, questions=[UNSAFE])

answers(
    Kind.BOARD_MEMBER,
    chapter=ON_THE_BOARD,
    place=20,
    questions=[
        Question(
            _("Why is a number not shown?"),
            (_("When it is about fewer than five, somebody could be recognised. So it is left out."),),
        ),
    ],
)

answers(Kind.BOARD_MEMBER, chapter=ON_THE_BOARD, place=40, questions=[SEEN])
