"""What is asked about when it suits, and about letters on paper."""

from django.utils.translation import gettext_lazy as _

from portal.help import Chapter, Question, answers
from portal.people.hats import PARENT
from portal.people.models import Role
from portal.people.rules import LEADERS

CONTACT, OFFICE = Role.Kind.CLASS_CONTACT, Role.Kind.OFFICE
WHEN = Chapter(_("When it suits the families"), 12)
WHEN_FOR_HOMES = Chapter(_("When it suits the families"), 21)
PAPER = Chapter(_("Letters on paper"), 13)
PAPER_FOR_HOMES = Chapter(_("Letters on paper"), 28)
PAPER_AT_OFFICE = Chapter(_("Letters home"), 30)

answers(
    CONTACT,
    chapter=WHEN,
    questions=[
        Question(
            _("How do I find a time that suits most?"),
            (
                _(
                    "Plan a gathering, and ask about two to six times instead of one. Every family in the class is asked."
                ),
                _("What a family leaves open never counts as a no. The portal shows which time suits most."),
            ),
            "networks:gathering_list",
            _("Gatherings"),
        ),
        Question(
            _("A family tells me on the phone when it suits"),
            (
                _("Open the gathering, find the family and press Write down. The family is told, and can change it."),
                _("What a family has said itself, you cannot write over."),
            ),
        ),
        Question(
            _("None of the times is good"),
            (
                _("Fix another time, that you did not ask about. The invitation says so."),
                _("Or call it off and say why. Then it is a draft again, which only you see."),
            ),
        ),
        Question(
            _("Must they answer again when the time is fixed?"),
            (_("Yes. To say that a time suits is no promise. Everyone is invited, and says whether they come."),),
        ),
    ],
)

answers(
    PARENT,
    chapter=WHEN_FOR_HOMES,
    questions=[
        Question(
            _("We are asked when it suits. How do we answer?"),
            (
                _("Press Yes, If need be or No at each time. Each press is saved, and you can change it."),
                _("What you leave open does not count as a no. When a time is fixed, you are asked whether you come."),
            ),
            "networks:gathering_list",
            _("Gatherings"),
        ),
        Question(
            _("Who sees what we said?"),
            (_("Those who organise. The other families see totals at most, from five families and up."),),
        ),
    ],
)

answers(
    CONTACT,
    chapter=PAPER,
    questions=[
        Question(
            _("What stands in a letter?"),
            (
                _(
                    "What you plan, where and when, and a code to answer by. A question when it suits has boxes to cross."
                ),
                _("No letter carries an address. Give it to the child to take home."),
            ),
        ),
        Question(
            _("Something changes after I have printed"),
            (
                _("Print the letters anew. The code in the earlier one works no longer."),
                _(
                    "If you call it off, the office sees which families it has to tell. Call them too, if you know them."
                ),
            ),
        ),
    ],
)

answers(
    PARENT,
    chapter=PAPER_FOR_HOMES,
    questions=[
        Question(
            _("We got a letter with a code"),
            (
                _("Open the address in the letter on any phone, and type the code. It is for your family alone."),
                _("You can also call the school, or put crosses in the boxes and send the page back with the child."),
            ),
            "networks:letter_enter",
            _("Answer a letter"),
        ),
    ],
)

answers(
    OFFICE,
    *LEADERS,
    chapter=PAPER_AT_OFFICE,
    questions=[
        Question(
            _("Which families get letters on paper?"),
            (
                _("Those without an e-mail or a phone that works. The list shows where letters are to be printed."),
                _("The letter of a protected family names nobody. Print it by itself, and hand it over in person."),
            ),
            "networks:letters_due",
            _("Letters home"),
        ),
        Question(
            _("A family calls, or sends the letter back"),
            (
                _(
                    "Find the gathering and the family, and press They have told us. Write down what they say to each time."
                ),
                _("It says that the office wrote it down. The family can change it."),
            ),
        ),
        Question(
            _("A gathering is called off"),
            (
                _("Those who had a letter stand on your list until you have called them or printed a new letter."),
                _("Press We have told them. Then it leaves your list."),
            ),
        ),
    ],
)
