"""What the class contact, the principal and the municipality ask about money for a gathering."""

from django.utils.translation import gettext_lazy as _

from networks.help.chapters import GATHERING
from portal.help import LEADING, MUNICIPALITY, Question, answers
from portal.people.models import Role
from portal.people.rules import LEADERS

answers(
    Role.Kind.CLASS_CONTACT,
    chapter=GATHERING,
    place=20,
    questions=[
        Question(
            _("Can we get money for it?"),
            (_("Perhaps. The page of grants says whether your class can apply. The principal decides."),),
            "grants:application_list",
            _("Grants"),
        ),
        Question(
            _("We are not content with the decision"),
            (
                _("Open the letter and press “Appeal the decision”. Say what you want changed; why is up to you."),
                _("The last day stands at the top of the letter. Somebody who did not decide looks at it first."),
            ),
            "grants:application_list",
            _("Grants"),
        ),
        Question(
            _("We have got the money. What now?"),
            (
                _("After the gathering you send a short report. Most of it is filled in already."),
                _("Is something left over, or was it not held? The page of your application says how to pay it back."),
            ),
            "grants:application_list",
            _("Grants"),
        ),
        Question(
            _("Can I change an application?"),
            (
                _(
                    "A draft saves itself, and the principal cannot see it. What is sent may be changed until it is opened."
                ),
                _(
                    "If the gathering is moved, the money follows. If it is cancelled, use the money for another, or give it back."
                ),
                _("You can ask somebody of the class to apply together with you."),
                _("A programme or an offer can go along as a file. You need none."),
            ),
            "grants:application_list",
            _("Grants"),
        ),
    ],
)

answers(
    *LEADERS,
    chapter=LEADING,
    place=20,
    questions=[
        Question(
            _("An application for a grant has come"),
            (
                _("Open it, decide, and read the letter before it goes. Reasons and the right to appeal stand in it."),
                _("Those that meet every condition can be approved together. Each class gets its own letter."),
                _("Does it take longer than a month? Tell the class why and when, from the page of the case."),
                _("Are you related to the one who applies? The page asks. If you are, it goes to the municipality."),
            ),
            "grants:application_list",
            _("Grants"),
        ),
        Question(
            _("A class appeals"),
            (
                _(
                    "Whoever decided first cannot take part. It waits for somebody else at the school, or for the municipality."
                ),
                _(
                    "They change the decision for the better, or send the appeal on with a statement. The class gets a copy."
                ),
            ),
            "grants:application_list",
            _("Grants"),
        ),
        Question(
            _("A decided case goes to the archive"),
            (
                _(
                    "The page “To the archive” gives each case as one file. Nothing is deleted before it has been handed over."
                ),
            ),
            "grants:archive_list",
            _("To the archive"),
        ),
    ],
)

answers(
    Role.Kind.OFFICE,
    *LEADERS,
    chapter=LEADING,
    place=30,
    questions=[
        Question(
            _("An application for a grant came on paper"),
            (
                _("Enter it with the day on which it came: that day counts, and not today."),
                _(
                    "The class contact is told, and the application is theirs. The principal decides it like the others."
                ),
            ),
            "grants:paper_list",
            _("Applications on paper"),
        ),
    ],
)

answers(
    Role.Kind.MUNICIPALITY_OFFICER,
    chapter=MUNICIPALITY,
    place=20,
    questions=[
        Question(
            _("How do I offer classes support?"),
            (
                _("Make a scheme: who can apply, for how much, and when. You can make it like the last one."),
                _("Try it as an applicant. From the day it opens, only the last day and the money can be changed."),
                _("Share the money out among the schools. A share is never less than what the school has given."),
            ),
            "grants:scheme_list",
            _("Schemes and money"),
        ),
    ],
)

answers(
    Role.Kind.MUNICIPALITY_OFFICER,
    chapter=MUNICIPALITY,
    place=11,
    questions=[
        Question(
            _("How do I pay the grants?"),
            (
                _(
                    "The page of payments shows what can be paid. Make a file for the bank, or take the list to whoever "
                    "keeps the accounts. When it is paid, mark it with the day, and the class is told."
                ),
                _(
                    "When a class asks for another account, somebody calls a class contact whom they know and says yes "
                    "or no. Until then nothing is paid."
                ),
                _("Was one marked as paid by mistake? Take it back on the page of its money. The class is told."),
            ),
            "grants:payment_list",
            _("Payments"),
        ),
        Question(
            _("Where do I see the cases of all schools?"),
            (
                _("The register has those of the whole school year, with what is given, paid and told of."),
                _("Choose a school, a class or a result, and take what you see along as a table."),
            ),
            "grants:register_show",
            _("Register of the school year"),
        ),
    ],
)

answers(
    Role.Kind.MUNICIPALITY_OFFICER,
    chapter=MUNICIPALITY,
    place=10,
    questions=[
        Question(
            _("What can I do here?"),
            (
                _("Decide the applications for grants that a principal may not decide, and see what was awarded."),
                _("Look at appeals of what schools decided, and write down what the appeal body says."),
                _("Appoint principals, and look after roles and restrictions at the schools."),
            ),
            "grants:application_list",
            _("Grants"),
        ),
        Question(
            _("Where do the reasons in the letters come from?"),
            (
                _("You write them once, in each language. Whoever refuses an application picks from them."),
                _("A reason that stands in a letter is never changed: end it, and write a new one."),
            ),
            "grants:reason_list",
            _("Reasons for letters"),
        ),
    ],
)
