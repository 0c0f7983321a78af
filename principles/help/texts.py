"""What everybody asks when a text is in a hearing, and what those who write texts ask."""

from django.utils.translation import gettext_lazy as _

from portal.help import LEADING, ON_THE_BOARD, Chapter, Question, answers
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Role
from portal.people.rules import LEADERS
from principles.help.adults import BOARD, STAFF

CONSULTED = Chapter(_("When the school asks what you think"), 8)
ANSWERING = Question(
    _("How do I answer a hearing?"),
    (
        _("It waits on your first page while it is open. One tap on each point is enough, and you can write more."),
        _(
            "You can change the answer until the last day. Until then nobody reads it; afterwards it is read without a name."
        ),
        _("When the board has replied, you get a letter with the replies to what you wrote."),
    ),
    "home",
    _("Overview"),
)
ASKING = Question(
    _("How do we ask what people think of a text?"),
    (
        _(
            "When the board has read the draft, open it and press “Send it out for hearing”. Say who answers each section."
        ),
        _("Until it opens you can look at it, put in a second wording of a point, or call it off."),
        _(
            "When the days are over, put each answer under a theme and write what became of it. Then publish the replies."
        ),
    ),
    "principles:principle_list",
    _("Principles"),
)

answers(PARENT, PUPIL, Role.Kind.CLASS_CONTACT, *STAFF, chapter=CONSULTED, questions=[ANSWERING])
answers(BOARD, chapter=ON_THE_BOARD, place=40, questions=[ASKING])
answers(*LEADERS, chapter=LEADING, place=46, questions=[ASKING])

BRINGING = Question(
    _("How do we bring in a principle that we already have?"),
    (
        _("Press “Bring in a text” and choose the file: Word, PDF or text. You see how each part was read."),
        _(
            "Correct it part by part: whose it is, its heading, and its points with an empty line between them. What was "
            "left out is named."
        ),
        _(
            "Where it is the next version of a principle, you are asked of each doubtful point which one it was. What people"
            " have answered stays with it."
        ),
        _("Without a text of your own you can begin from one of ours. What you change in it stays visible."),
    ),
    "principles:principle_list",
    _("Principles"),
)
READING = Question(
    _("Who reads a principle, and can it be kept?"),
    (
        _("Everybody, without signing in. Each version can be kept as a PDF that never changes."),
        _("Those who write it see how often it is read, in fives, and whether a link no longer answers."),
    ),
    "principles:principle_list",
    _("Principles"),
)
answers(BOARD, chapter=ON_THE_BOARD, place=15, questions=[BRINGING, READING])
answers(*LEADERS, chapter=LEADING, place=47, questions=[BRINGING, READING])
