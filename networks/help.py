"""What guardians and the class contact ask about gatherings."""

from django.utils.translation import gettext_lazy as _

from portal.help import WHO_SEES, Chapter, Question, answers
from portal.people.hats import PARENT
from portal.people.models import Role

CONTACT = Role.Kind.CLASS_CONTACT
GATHERING = Chapter(_("Gathering the class"), 10)

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
                    "Open Gatherings and press “What families propose”. Write it in a few words, with your name or without."
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
    CONTACT,
    chapter=GATHERING,
    place=20,
    questions=[
        Question(
            _("How does the class agree on something?"),
            (
                _("Take up a topic. Every home is asked without names. You see how many have answered, never who."),
                _(
                    "When the survey is closed, talk about the result at a meeting. Write down what you agree, and when you "
                    "look at it again."
                ),
                _("Print the card for the children. It names nobody."),
            ),
            "networks:gathering_list",
            _("Gatherings"),
        ),
        Question(
            _("Too few have answered. What now?"),
            (
                _(
                    "Then nothing is shown, and the answers are deleted: somebody could be known. Nobody can change that."
                ),
                _("Talk about it at a meeting all the same, or ask anew. Every home is reminded once."),
            ),
        ),
    ],
)

answers(
    CONTACT,
    chapter=GATHERING,
    place=10,
    questions=[
        Question(
            _("What do I do first?"),
            (
                _("Open Gatherings and plan one. There are ideas for each season. Two in a school year are enough."),
                _(
                    "Before you send, go through the list that says whether everybody can come. Then all homes are invited."
                ),
            ),
            "networks:gathering_list",
            _("Gatherings"),
        ),
        Question(
            _("Can our gathering follow a dugnad at the school?"),
            (
                _("Yes. Open the gathering, press Change, and tie it to what the school plans. Then it moves along."),
                _("If the school calls it off, you are told, and you decide."),
            ),
        ),
        Question(
            _("Some have not answered"),
            (
                _("They are reminded by themselves, once. After that a call helps more."),
                _("The page shows whom you have not reached. Write down when you have called. Nobody else sees it."),
            ),
        ),
        Question(
            _("Families propose something"),
            (
                _("You answer in words, or plan a gathering of it. Whoever proposed it is told."),
                _("What you do not answer in thirty days runs out, and the class sees that."),
            ),
        ),
        Question(
            _("A theme evening: where do I begin?"),
            (
                _(
                    "There are seven topics with questions, rules and a plan for an hour. Print two pages and bring them."
                ),
                _("The topics that most families want stand first."),
            ),
        ),
        Question(
            _("Why do I see “+1” and not a name?"),
            (
                _("Some families are protected. You invite them like all others, and the portal sends it."),
                _("Do not ask who they are."),
            ),
        ),
    ],
)

answers(
    CONTACT,
    chapter=GATHERING,
    place=30,
    questions=[
        Question(
            _("Parents disagree, or a child is left out"),
            (
                _("You need not solve it, and you deal with no single child. Ask those concerned to call each other."),
                _("Does that not help? Tell them to call the contact teacher."),
            ),
            "principles:principle_list",
            _("What we have agreed"),
        ),
    ],
)

answers(
    CONTACT,
    chapter=WHO_SEES,
    place=10,
    questions=[
        Question(
            _("What do I see of the families?"),
            (
                _("Names, answers, and the phone number or e-mail of those who share it. Nothing about talks."),
                _("It ends on the day when you are no longer class contact."),
            ),
        ),
        Question(
            _("What is kept afterwards?"),
            (_("Sixty days after the gathering, who was called and what people eat is deleted."),),
        ),
    ],
)
