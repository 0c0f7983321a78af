"""Signing in, who knows what about whom, and how the office keeps it right."""

from django.utils.translation import gettext_lazy as _

from portal.help import (
    CODE,
    CONTACT,
    HATS,
    LANGUAGE,
    LEADING,
    LINK,
    MORE,
    NO_CODE,
    NOBODY,
    PASSKEY,
    SECOND,
    WHO_SEES,
    WORN_OUT,
    Chapter,
    Question,
    answers,
)
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Role
from portal.people.rules import LEADERS, SECOND_FACTOR, TEACHERS

Kind = Role.Kind
SIGNING_IN = Chapter(_("Signing in"), 90)
CORRECT = Chapter(_("Correct information about people"), 10)


answers(NOBODY, chapter=Chapter(_("Coming in"), 10), questions=[LINK, CODE, NO_CODE, WORN_OUT])

answers(PARENT, chapter=SIGNING_IN, questions=[CODE, NO_CODE, WORN_OUT, PASSKEY])

answers(PUPIL, chapter=SIGNING_IN, questions=[CODE, NO_CODE, PASSKEY, LANGUAGE])

REACH = Question(
    _("How do families reach me?"),
    (
        _("By the ways that you choose, at the hours that you say. What you do not tick is not shown."),
        _("Are you away? Say until which day, and who stands in. It is gone by itself after the day."),
    ),
    "people:ways_choose",
    _("How I am reached"),
)
CARE = Question(
    _("Who goes to after-school care?"),
    (
        _(
            "Tick the children, class by class. Their guardians then find the after-school staff among the child's adults."
        ),
        _("The staff get their role like everybody else. They read the children's names, and nothing more."),
    ),
    "people:care_list",
    _("After-school care"),
)

answers(
    Kind.CLASS_CONTACT,
    *TEACHERS,
    Kind.BOARD_MEMBER,
    Kind.AFTER_SCHOOL,
    chapter=SIGNING_IN,
    questions=[CODE, NO_CODE, PASSKEY, HATS],
)

answers(*SECOND_FACTOR, chapter=SIGNING_IN, questions=[CODE, NO_CODE, SECOND, HATS])

answers(
    PARENT,
    chapter=Chapter(_("Your child"), 15),
    questions=[
        Question(
            _("Where do I find what is about my child?"),
            (
                _(
                    "Press the name of your child on the first page. What comes next, what you have agreed on and who "
                    "the grown-ups at school are stand there together."
                ),
                _("Both homes have the page. What one home has written, the other does not read there."),
                _("You can take it along as a file."),
            ),
            "people:child_list",
            _("My children"),
        ),
    ],
)
answers(
    PARENT,
    chapter=Chapter(_("Your child"), 15),
    place=10,
    questions=[
        Question(
            _("How do I say what we need?"),
            (
                _(
                    "On one page: an interpreter, a call instead of writing, easy words, no stairs, food, days you keep free."
                ),
                _("You say it once. Beside each stands who gets to know it. The other home reads nothing of it."),
            ),
            "people:needs_edit",
            _("What our home needs"),
        ),
    ],
)
answers(*TEACHERS, Kind.AFTER_SCHOOL, Kind.OFFICE, *LEADERS, chapter=MORE, place=15, questions=[REACH])

answers(Kind.OFFICE, *LEADERS, chapter=CORRECT, place=30, questions=[CARE])

answers(PARENT, chapter=MORE, place=20, questions=[CONTACT, LANGUAGE])

answers(*Kind, chapter=MORE, place=20, questions=[CONTACT])

answers(
    PARENT,
    chapter=WHO_SEES,
    place=20,
    questions=[
        Question(
            _("Do other parents see my phone number?"),
            (
                _(
                    "Only if you share it with the class. The page of the class shows who does. You can stop at any time."
                ),
            ),
            "people:directory",
            _("What I share with the class"),
        ),
        Question(
            _("Whom can I ask about the class?"),
            (
                _(
                    "On the page of the class stand the class contacts, the contact teacher, those who share their number, "
                    "and what you do together."
                ),
            ),
            "people:child_list",
            _("My children"),
        ),
    ],
)

answers(
    PARENT,
    chapter=WHO_SEES,
    place=40,
    questions=[
        Question(
            _("Something about my child is wrong"),
            (_("Look at what the school has written down. Then call the office. They correct it."),),
            "people:child_list",
            _("My children"),
        ),
    ],
)

answers(
    *SECOND_FACTOR,
    chapter=WHO_SEES,
    place=20,
    questions=[
        Question(
            _("Does the family see what I open?"),
            (
                _(
                    "Yes. Your name, your role and the time are kept when you open somebody's page, and the person can see it."
                ),
                _("Open only what your work needs."),
            ),
        ),
    ],
)

answers(
    *LEADERS,
    chapter=LEADING,
    place=30,
    questions=[
        Question(
            _("I am away. Who decides?"),
            (_("Appoint a deputy with a first and a last day. It ends by itself."),),
            "people:role_list",
            _("Roles"),
        ),
    ],
)

answers(
    Kind.OFFICE,
    chapter=CORRECT,
    place=10,
    questions=[
        Question(
            _("A guardian cannot sign in"),
            (
                _("Find the person. Is the e-mail address right, and is the guardian confirmed for the child?"),
                _("Correct the address there. A guardian who is only proposed sees nothing until you confirm."),
                _("Somebody who is at other schools too is asked first, at the old address or through their offices."),
            ),
            "people:person_list",
            _("People"),
        ),
        Question(
            _("Who are the guardians, and who lives together?"),
            (
                _("An import only proposes. You confirm, after you have looked in the school's own register."),
                _("Two homes are equal: neither is the first."),
            ),
            "people:relation_list",
            _("Guardians to confirm"),
        ),
        Question(
            _("Somebody may not see a child any more"),
            (
                _("Set a restriction on the child's page. It counts when a second person has confirmed it."),
                _("The person is not told where the child is. Is it urgent? Call the principal at the same time."),
            ),
            "people:restriction_list",
            _("Restrictions"),
        ),
        Question(
            _("A family has a secret address"),
            (_("Write the protection down on the person's page. Other families then see another name, or “+1”."),),
        ),
    ],
)
