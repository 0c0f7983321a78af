"""Questions about the talks: from homes, from school and from the municipality."""

from django.utils.translation import gettext_lazy as _

from portal.help import LEADING, MUNICIPALITY, SEEN, UNSAFE, WHO_SEES, Chapter, Question, answers
from portal.people.hats import PARENT, PUPIL
from portal.people.help import CORRECT
from portal.people.models import Role
from portal.people.rules import LEADERS, TEACHERS

answers(
    PARENT,
    chapter=Chapter(_("Talks with the teacher"), 10),
    questions=[
        Question(
            _("How do I choose a time?"),
            (
                _(
                    "Open Conferences and the talk. Press a time. Press the button at the bottom. Now the time is yours."
                ),
                _("You can move it or give it back until shortly before the talk. After that, call the school."),
            ),
            "conferences:conference_list",
            _("Your talks"),
        ),
        Question(
            _("No time fits me"),
            (
                _("Press “None of these times fit”. Say when you can come, or ask the teacher to call."),
                _("The school may not fix a time that you cannot come to. You can also talk by phone or video."),
            ),
        ),
        Question(
            _("Can I have an interpreter?"),
            (
                _("Yes. Choose the language when you choose the time, or later on the page of the talk."),
                _("The talk then gets twice the time. Children never interpret."),
            ),
        ),
        Question(
            _("My child has two homes"),
            (
                _("Both homes are called to the same talk and know the time. Both have the same rights."),
                _(
                    "Do you want a talk of your own? Ask on the page of the talk, if the school offers it. You give no reason."
                ),
                _("What you write, the other home does not see. What they write, you do not see."),
            ),
        ),
        Question(
            _("I want to talk before the next conference"),
            (_("Ask for an extra talk. The teacher of the class gets a message."),),
            "conferences:extra_list",
            _("Ask for a talk"),
        ),
    ],
)

answers(
    PARENT,
    chapter=WHO_SEES,
    place=10,
    questions=[
        Question(
            _("Who reads what I write before a talk?"),
            (
                _("Nobody, until you share it. You tick what to share. Then the teachers of the talk read that."),
                _("The other home, other parents and the office do not read it."),
            ),
        ),
        Question(
            _("Who reads what was said in the talk?"),
            (
                _(
                    "You, your child's other guardian if that home was called too, your child from the age of 12,"
                    " the teachers and the principal."
                ),
                _("The class contact and the school board do not."),
            ),
        ),
    ],
)

answers(
    PUPIL,
    chapter=Chapter(_("My talks"), 10),
    questions=[
        Question(
            _("What can I do here?"),
            (
                _("See when your talk is, read the plan before it, and write what you want to talk about."),
                _("Afterwards you read what you agreed, and say whether it is right."),
            ),
            "conferences:conference_list",
            _("Your talks"),
        ),
        Question(
            _("Who reads what I write?"),
            (
                _("Nobody, until you share it. You tick what your teacher may read."),
                _("You also choose whether those at home may read it."),
                _("What you write in the field for yourself is never shared."),
            ),
        ),
        Question(
            _("May I be in the talk?"),
            (_("Yes. It is about you. You can say what the talk shall begin with."),),
        ),
        SEEN,
        UNSAFE,
    ],
)

answers(
    *TEACHERS,
    chapter=Chapter(_("Talks with families"), 10),
    questions=[
        Question(
            _("Where are my talks today?"),
            (_("Open Conferences. The day's page shows who comes, what they need and what they have shared."),),
            "conferences:teacher_day",
            _("My day"),
        ),
        Question(
            _("How do I offer times?"),
            (
                _("Open the round and “My times”. Say from when to when. The portal cuts it into talks and breaks."),
                _("Offer some times after four o'clock. The school may not fix a time that does not suit the home."),
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
    ],
)

answers(
    *TEACHERS,
    chapter=WHO_SEES,
    place=10,
    questions=[
        Question(
            _("Does the family see what I open?"),
            (
                _("Yes, when you open a summary, a plan, what they have shared, or somebody's page."),
                _("Your name and the time are kept. Open only what your work needs."),
            ),
        ),
    ],
)

answers(
    *LEADERS,
    chapter=LEADING,
    place=10,
    questions=[
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
    ],
)

answers(
    Role.Kind.OFFICE,
    chapter=CORRECT,
    place=20,
    questions=[
        Question(
            _("A family does not use the internet"),
            (_("Book for them on the page of the talk. Call, or send the message home on paper."),),
            "conferences:round_list",
            _("Rounds"),
        ),
    ],
)

answers(
    Role.Kind.MUNICIPALITY_OFFICER,
    chapter=MUNICIPALITY,
    place=20,
    questions=[
        Question(
            _("Can I read what is said in talks?"),
            (_("No. You see neither talks, preparations nor summaries."),),
        ),
    ],
)
