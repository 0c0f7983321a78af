"""What is asked at the school, on its board and in the municipality."""

from django.utils.translation import gettext_lazy as _

from portal.home.answers.question import (
    CODE,
    CONTACT,
    HATS,
    MESSAGES,
    NO_CODE,
    PASSKEY,
    SEEN,
    STAFF_SIGNING_IN,
    UNSAFE,
    Chapter,
    Question,
)

OF_TEACHER = (
    Chapter(
        _("Talks with families"),
        (
            Question(
                _("Where are my talks today?"),
                (_("Open Conferences. The day's page shows who comes, what they need and what they have shared."),),
                "conferences:teacher_day",
                _("My day"),
            ),
            Question(
                _("How do I offer times?"),
                (
                    _(
                        "Open the round and “My times”. Say from when to when. The portal cuts it into talks and breaks."
                    ),
                    _(
                        "Offer some times after four o'clock. The school may not fix a time that does not suit the home."
                    ),
                ),
                "conferences:round_list",
                _("Rounds"),
            ),
            Question(
                _("A family has not booked"),
                (
                    _("Remind them from the list of the round, or call and write the time down for them."),
                    _("You can keep up to three times for one family alone."),
                ),
            ),
            Question(
                _("A child has two homes"),
                (
                    _(
                        "Both are called to one talk. Each may take a talk of its own, without a reason, if the school offers it."
                    ),
                    _("Do not tell one home what the other has written, or whether it needs an interpreter."),
                ),
            ),
            Question(
                _("Who reads the summary?"),
                (
                    _(
                        "Only those who hold the talk, until you share it. Then the homes that were called, the pupil from 12,"
                        " the child's teachers and the principal. It cannot be changed then, only corrected in a new version."
                    ),
                    _("Do not write diagnoses, health, other children's names or what the child said in confidence."),
                ),
            ),
        ),
    ),
    Chapter(
        _("Who sees what"),
        (
            Question(
                _("Does the family see what I open?"),
                (
                    _("Yes, when you open a summary, a plan, what they have shared, or somebody's page."),
                    _("Your name and the time are kept. Open only what your work needs."),
                ),
            ),
            SEEN,
        ),
    ),
    Chapter(_("Signing in"), (CODE, NO_CODE, PASSKEY, HATS)),
    Chapter(_("More"), (MESSAGES, CONTACT, UNSAFE)),
)

FAMILY_CAN_SEE = Question(
    _("Does the family see what I open?"),
    (
        _("Yes. Your name, your role and the time are kept when you open somebody's page, and the person can see it."),
        _("Open only what your work needs."),
    ),
)

OF_LEADER = (
    Chapter(
        _("Leading"),
        (
            Question(
                _("How do I start a round of conferences?"),
                (
                    _("Open Conferences and make a round: the classes, the dates, how long a talk is."),
                    _("Before you send, the page says how many are told, and how. Call families in good time."),
                ),
                "conferences:round_list",
                _("Rounds"),
            ),
            Question(
                _("How do I see whether all talks are held?"),
                (_("One page counts them for the whole school."),),
                "conferences:coverage_show",
                _("See the numbers"),
            ),
            Question(
                _("An application for a grant has come"),
                (
                    _(
                        "Open it, decide, and read the letter before it goes. Reasons and the right to appeal stand in it."
                    ),
                    _(
                        "Are you related to the one who applies? The page asks. If you are, it goes to the municipality."
                    ),
                ),
                "grants:application_list",
                _("Grants"),
            ),
            Question(
                _("I am away. Who decides?"),
                (_("Appoint a deputy with a first and a last day. It ends by itself."),),
                "people:role_list",
                _("Roles"),
            ),
        ),
    ),
    Chapter(_("Who sees what"), (FAMILY_CAN_SEE, SEEN)),
    STAFF_SIGNING_IN,
    Chapter(_("More"), (MESSAGES, CONTACT, UNSAFE)),
)

OF_OFFICE = (
    Chapter(
        _("Keeping people right"),
        (
            Question(
                _("A guardian cannot sign in"),
                (
                    _("Find the person. Is the e-mail address right, and is the guardian confirmed for the child?"),
                    _("Correct the address there. A guardian who is only proposed sees nothing until you confirm."),
                    _(
                        "Somebody who is at other schools too is asked first, at the old address or through their offices."
                    ),
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
            Question(
                _("A family does not use the internet"),
                (_("Book for them on the page of the talk. Call, or send the message home on paper."),),
                "conferences:round_list",
                _("Rounds"),
            ),
        ),
    ),
    Chapter(_("Who sees what"), (FAMILY_CAN_SEE, SEEN)),
    STAFF_SIGNING_IN,
    Chapter(_("More"), (MESSAGES, CONTACT, UNSAFE)),
)

OF_BOARD = (
    Chapter(
        _("On the board"),
        (
            Question(
                _("What can I do here?"),
                (
                    _("Read and write the principles of the school, and follow with numbers how they are kept."),
                    _("The overview shows the numbers of this school year."),
                ),
                "principles:principle_list",
                _("Principles"),
            ),
            Question(
                _("Why is a number not shown?"),
                (_("When it is about fewer than five, somebody could be recognised. So it is left out."),),
            ),
            Question(
                _("A parent comes to me with a case"),
                (
                    _(
                        "The board does not deal with single children or staff. Ask the parent to talk to the teacher first,"
                        " then to the principal."
                    ),
                ),
            ),
            SEEN,
        ),
    ),
    Chapter(_("Signing in"), (CODE, NO_CODE, PASSKEY, HATS)),
    Chapter(_("More"), (MESSAGES, CONTACT, UNSAFE)),
)

OF_MUNICIPALITY = (
    Chapter(
        _("For the municipality"),
        (
            Question(
                _("What can I do here?"),
                (
                    _("Decide the applications for grants that a principal may not decide, and see what was awarded."),
                    _("Appoint principals, and look after roles and restrictions at the schools."),
                ),
                "grants:application_list",
                _("Grants"),
            ),
            Question(
                _("Can I read what is said in talks?"),
                (_("No. You see neither talks, preparations nor summaries."),),
            ),
        ),
    ),
    Chapter(_("Who sees what"), (FAMILY_CAN_SEE, SEEN)),
    STAFF_SIGNING_IN,
    Chapter(_("More"), (MESSAGES, CONTACT, UNSAFE)),
)
