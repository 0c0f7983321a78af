"""What the child, the home and the school each do, stage by stage: said to grown-ups, and to the child itself. The three
stand side by side with the same weight, and nobody is measured by them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Stage:
    """`shift` says who carries what at this age."""

    name: str
    grades: range
    shift: str
    child: tuple
    home: tuple
    school: tuple


YOUNG, MIDDLE, OLD = range(4), range(4, 7), range(7, 11)
NAMES = {YOUNG: _("The first grades, to grade 3"), MIDDLE: _("Grades 4 to 6"), OLD: _("Grades 7 to 10")}


def stages_for(*, is_own):
    return list(FOR_THE_CHILD if is_own else FOR_GROWN_UPS)


FOR_GROWN_UPS = (
    Stage(
        NAMES[YOUNG],
        YOUNG,
        _("The grown-ups carry most. The child tries, with a hand to hold."),
        child=(
            _("Packs the bag together with a grown-up"),
            _("Tells one thing from the day at home"),
            _("Waits for its turn, listens, and learns to say sorry"),
            _("Goes to a grown-up when something is hard"),
        ),
        home=(
            _("A night’s sleep, breakfast and a packed lunch"),
            _("There on time, with clothes for the weather"),
            _("Reads with the child for a little while every day"),
            _("Speaks well of the class, and asks in those who are seldom asked"),
        ),
        school=(
            _("Sees every child every day, and makes it safe to be there"),
            _("Practises how to play, listen and speak to each other"),
            _("Tells the homes what the class works with"),
            _("Calls home early, also when it went well"),
        ),
    ),
    Stage(
        NAMES[MIDDLE],
        MIDDLE,
        _("The child does more alone. The grown-ups look on, and help when asked."),
        child=(
            _("Packs the bag, and knows what is due"),
            _("Says when something is too much or not understood"),
            _("Sees who stands alone, and fetches a grown-up"),
            _("Comes along to the talks with something to say"),
        ),
        home=(
            _("Sleep, breakfast and a packed lunch, which the child now helps to make"),
            _("Asks about the day, and hears the answer to the end"),
            _("Lets the child try first"),
            _("Agrees with the other homes on phones, games and tone, also online"),
        ),
        school=(
            _("Makes plans that a child can follow"),
            _("Works so that everyone belongs, in the break and online"),
            _("Asks the pupils, and uses what they say"),
            _("Tells child and home early when something slips"),
        ),
    ),
    Stage(
        NAMES[OLD],
        OLD,
        _("The young one carries more and more. The grown-ups stand beside, and stay."),
        child=(
            _("Keeps track of time, tasks and tests"),
            _("Comes rested and on time, and says so when that is hard"),
            _("Answers for how it speaks to and about others"),
            _("Leads a part of the talk about itself"),
        ),
        home=(
            _("Meals, sleep and peace to work, without taking over"),
            _("Is curious about what the young one thinks, and not only about marks"),
            _("Knows the friends, and talks with their homes"),
            _("Keeps what was agreed, and comes when it matters"),
        ),
        school=(
            _("Says clearly what is learnt, and how it goes"),
            _("Lets the pupils decide more"),
            _("Talks with the young one first, and with the home beside"),
            _("Acts when somebody is left out"),
        ),
    ),
)

FOR_THE_CHILD = (
    Stage(
        NAMES[YOUNG],
        YOUNG,
        _("When you were small, the grown-ups carried most."),
        child=(
            _("You packed the bag with a grown-up"),
            _("You learnt to wait, to listen and to say sorry"),
            _("You went to a grown-up when something was hard"),
        ),
        home=(
            _("Got you to bed, and made breakfast and lunch"),
            _("Got you to school on time"),
            _("Read with you"),
        ),
        school=(
            _("Made it safe to be there"),
            _("Practised with you how to play and to talk"),
            _("Called home when something was up"),
        ),
    ),
    Stage(
        NAMES[MIDDLE],
        MIDDLE,
        _("You do more alone, and ask when you need help."),
        child=(
            _("You pack your bag, and know what is due"),
            _("You say when it is too much, or when you do not get it"),
            _("You see who stands alone, and fetch a grown-up if you need one"),
        ),
        home=(
            _("See to sleep and food, and let you help"),
            _("Ask how your day was, and listen"),
            _("Let you try first"),
        ),
        school=(
            _("Makes plans that you can follow"),
            _("Sees to it that everyone has somewhere to be"),
            _("Asks what you think, and uses it"),
        ),
    ),
    Stage(
        NAMES[OLD],
        OLD,
        _("More and more is yours. The grown-ups are still there."),
        child=(
            _("You keep track of time, tasks and tests"),
            _("You answer for how you speak to others, also on the phone"),
            _("You lead a part of the talk about you, and say what helps"),
        ),
        home=(
            _("Give you peace to work, food and sleep, and do not take over"),
            _("Want to know what you think, and not only your marks"),
            _("Are on your side, also when it went wrong"),
        ),
        school=(
            _("Tells you what you should learn, and how it goes"),
            _("Lets you decide more"),
            _("Talks with you first"),
        ),
    ),
)
