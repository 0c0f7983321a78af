"""What guardians ask about gatherings."""

from django.utils.translation import gettext_lazy as _

from networks.help.chapters import BEGINNING, TOLD
from portal.help import Chapter, Question, answers
from portal.people.hats import PARENT
from portal.people.models import Role
from portal.people.rules import TEACHERS

CONTACT = Role.Kind.CLASS_CONTACT

answers(
    PARENT,
    chapter=Chapter(_("Gatherings of the class"), 20),
    questions=[
        Question(
            _("How do I answer an invitation?"),
            (
                _("Press Yes, Maybe or No. The press is the answer. Nothing more is needed."),
                _("You can change it until the gathering starts. One answer counts for your whole home."),
                _("When it is full, your yes is a place on the waiting list. We write to you when there is room."),
            ),
            "networks:gathering_list",
            _("Gatherings"),
        ),
        Question(
            _("We have no car, or it costs too much"),
            (
                _("Write in your answer that you need a lift. Only those who arrange the gathering see it."),
                _("Tell the class contact if the price is hard. No child shall stay at home because of money."),
            ),
        ),
        Question(
            _("We would like to do something, or talk about something"),
            (
                _(
                    "Open the page of the class and go to “Have a say”. Write it in a few words, with your name or without."
                ),
                _(
                    "The other families support it with one press, and you are told the answer. Nobody else can delete it."
                ),
            ),
            "networks:gathering_list",
            _("Gatherings"),
        ),
    ],
)

answers(
    PARENT,
    chapter=Chapter(_("What the class agrees"), 25),
    questions=[
        Question(
            _("What is an agreement of the class?"),
            (
                _("Something that the families agree on, such as screens or birthdays. It is no rule of the school."),
                _("First every home is asked. Then it is talked about at a meeting, and written down with a date."),
            ),
            "networks:gathering_list",
            _("Gatherings"),
        ),
        Question(
            _("Can anybody see what we answered?"),
            (
                _("No. The portal counts your answer and keeps no name with it. That is why you cannot change it."),
                _("Totals are shown when enough homes have answered, never fewer than five."),
            ),
        ),
    ],
)

answers(
    PARENT,
    chapter=Chapter(_("Birthdays and the class fund"), 27),
    questions=[
        Question(
            _("Can we invite some of the class to a birthday?"),
            (
                _(
                    "Not here. An invitation goes to the whole class, or to the whole grade if the class has agreed on that."
                ),
                _("You find it on the page of the class, with what a present may cost."),
            ),
        ),
        Question(
            _("Must we give money to the class fund?"),
            (
                _("No. School is free, and nobody may ask you. Your child takes part in everything all the same."),
                _("Nothing is written down about who gave. You see what the fund holds, and what it is used for."),
            ),
        ),
    ],
)

answers(
    PARENT,
    chapter=TOLD,
    questions=[
        Question(
            _("What is a notice to the class?"),
            (
                _("Something that all guardians should know, from the class contact or a teacher. It names no child."),
                _("It stands on the page of the class. If it is taken back, you are told so."),
            ),
        ),
        Question(
            _("I have a question about a notice"),
            (
                _("Open the notice and ask whoever sent it. Nobody else reads your question."),
                _("An answer may be for everyone. Then it says nothing of who asked."),
            ),
        ),
        Question(
            _("What is the monthly letter?"),
            (
                _(
                    "Once a month the class contact tells what was held and what is planned. Each home of a child gets it."
                ),
                _("You can say no to it with one press in the message, and choose it again under your choices."),
            ),
            "messaging:preference_edit",
            _("Choose your messages"),
        ),
    ],
)

answers(
    PARENT,
    *TEACHERS,
    chapter=BEGINNING,
    questions=[
        Question(
            _("How does a class find a class contact?"),
            (
                _(
                    "At a meeting a code hangs on the wall. Each family opens it, looks at its own address and says what it shares."
                ),
                _("Those who are chosen are written down, with the day on which their time ends."),
            ),
        ),
    ],
)

answers(
    PARENT,
    chapter=Chapter(_("Gatherings of the class"), 20),
    place=10,
    questions=[
        Question(
            _("We are asked how it was. Who sees the answer?"),
            (
                _(
                    "Nobody sees yours. It is counted without a name, and nothing is shown before five homes have answered."
                ),
            ),
        ),
    ],
)
