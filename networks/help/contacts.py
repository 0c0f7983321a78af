"""What class contacts ask about gatherings."""

from django.utils.translation import gettext_lazy as _

from networks.help.chapters import BEGINNING, GATHERING, TELLING
from portal.help import WHO_SEES, Question, answers
from portal.people.models import Role
from portal.people.rules import TEACHERS

CONTACT = Role.Kind.CLASS_CONTACT

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
            _("What do we do at the gathering?"),
            (
                _(
                    "Open the gathering and press Programme. There are short games for the age, each put in with one press."
                ),
                _("You print the programme and name tags there. A protected family stands on neither."),
            ),
        ),
        Question(
            _("The same few arrange everything"),
            (
                _(
                    "Draw the order on the page of the class: over the years each home helps once. You ask, one home at a time."
                ),
                _("A home can pass once without a reason. Then the next one is asked by itself."),
            ),
        ),
        Question(
            _("A family has neither e-mail nor phone"),
            (
                _("Print a letter on the page Reach everyone. It goes home with the child, with a code to answer by."),
                _("The school office prints for protected families, and writes down what a family tells it."),
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

answers(
    CONTACT,
    *TEACHERS,
    chapter=TELLING,
    questions=[
        Question(
            _("How do I tell the whole class something?"),
            (
                _("Open the page of the class and write a notice. You see how it reads before it is sent."),
                _("A child’s name stops it. A word that may be a name is asked about."),
            ),
        ),
        Question(
            _("Something has happened. Who reads it first?"),
            (
                _("The contact teacher or a leader reads it, and sends it or gives it back. You are told."),
                _("Write the facts, what the school does, what to say at home, and whom to call."),
            ),
        ),
        Question(
            _("I sent something wrong"),
            (_("Open it and take it back. It is gone for all but you, and those who were told hear so."),),
        ),
    ],
)

answers(
    CONTACT,
    chapter=TELLING,
    place=10,
    questions=[
        Question(
            _("Where does the monthly letter come from?"),
            (
                _(
                    "In the first days of a month the portal puts together what was held and planned. Then it waits for you."
                ),
                _("Add a line, leave something out, and send it. If you do not, nothing is sent."),
            ),
        ),
        Question(
            _("Can the contact teacher write in it?"),
            (_("Ask for a few words, until a day that you choose. They need not, and you need not wait."),),
        ),
    ],
)

answers(
    CONTACT,
    chapter=BEGINNING,
    questions=[
        Question(
            _("I am new as class contact"),
            (
                _(
                    "One page shows what is planned, held, agreed and proposed, and what the job is. You got it by message."
                ),
            ),
        ),
        Question(
            _("My time runs out"),
            (
                _(
                    "A month before, you are asked. Go on, or ask another parent. All that is planned stays with the class."
                ),
                _("Sit down together for a quarter of an hour with the page of what is handed over."),
            ),
        ),
    ],
)

answers(
    CONTACT,
    chapter=GATHERING,
    place=15,
    questions=[
        Question(
            _("What do I do after a gathering?"),
            (
                _(
                    "Write down in five lines how many came and how it was. It becomes the report when you have got money for it."
                ),
                _("Those who came are thanked and asked two questions. You see totals of five homes or more."),
            ),
        ),
    ],
)
