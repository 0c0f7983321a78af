"""Seven topics that parents of a class may talk about together, each ready for an evening of sixty minutes."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from networks.models import Gathering, SharedNormAgreement

YOUNGEST, MIDDLE, OLDEST = "1-4", "5-7", "8-10"
BANDS = ((YOUNGEST, _("Grades 1 to 4")), (MIDDLE, _("Grades 5 to 7")), (OLDEST, _("Grades 8 to 10")))
LAST_GRADE = {YOUNGEST: 4, MIDDLE: 7}
Key = Gathering.Kit
Topic = SharedNormAgreement.Topic


@dataclass(frozen=True)
class Kit:
    """`opening` is asked of everyone, `questions` at the tables, `task` is done in pairs. `bands` says what matters at
    each age; `agree` is what the class may end up with, and `agreement` the topic of an agreement on it. `at_home` is a
    sheet to go through with one's child."""

    key: Key
    lead: str
    opening: str
    questions: tuple[str, str, str]
    task: str
    signs: tuple[str, str, str]
    agree: str
    bands: dict[str, str]
    drawing: str = "hands"
    agreement: str = ""
    at_home: tuple[str, ...] = ()

    @property
    def title(self):
        return self.key.label

    def at(self, grades):
        """(word, text) for the ages of these grades; for a class without grades, for all."""
        wanted = {band_of(grade) for grade in grades} or set(self.bands)
        return [(word, self.bands[band]) for band, word in BANDS if band in wanted]

    def elsewhere(self, grades):
        here = [word for word, _text in self.at(grades)]
        return [(word, self.bands[band]) for band, word in BANDS if word not in here]


RULES = (
    _("We never speak of named children who are not our own."),
    _("We speak of what we do at home, not of what others ought to do."),
    _("What is told here stays here."),
    _("Everyone gets the word, nobody has to take it, and homes may be different."),
)

PLAN = (
    (5, _("Welcome. Read the rules of the talk aloud, and say when you end.")),
    (10, _("The opening question, two and two with somebody you do not know.")),
    (20, _("The three questions at small, mixed tables. One keeps the time, one writes down key words.")),
    (10, _("The small task, in pairs.")),
    (10, _("Each table shares one thing that all agree on. Is there something the class wants to agree on?")),
    (5, _("Sum up in two sentences, thank each other, and say who tells those who could not come.")),
)

EXITS = (
    _("Are you worried about a child? Do not bring it up here, and do not write about it here. Tell the school today."),
    _("It need not be proven, and you need not be sure. The contact teacher and the principal have to act on it."),
    _("Is somebody in danger now? Call 112."),
)
DUTIES = {  # opplæringslova §§ 12-4, 12-6, the five days as the directorate reads it; undervisningsmiljøloven § 1 c
    "NO": _(
        "Everyone who works at the school must step in and tell the principal. The school must look into it at once and "
        "make a written plan, as a rule within five working days. If it does not help, the county governor can take it over."
    ),
    "DK": _(
        "The principal must look into it and make a plan of action within ten working days. If it does not help, you can "
        "complain, and the school must send the complaint on."
    ),
}

SOCIAL_MEDIA = (
    _("You show me the apps you like best, and what you do there."),
    _("We look up the age limit of each, and decide together."),
    _("We go through who follows you and whom you follow. Is there anybody you have not met?"),
    _("We look at what you have posted, and take away what you no longer like."),
    _("We set who may write to you, see your pictures and see where you are."),
    _(
        "When something is unpleasant, you keep a picture of it, do not answer, and tell me. I am not going to be angry."
    ),
    _("We agree on when I look along, and that I never look in secret."),
)
BEFORE_GOING_OUT = (
    _("I say where I am going, and with whom."),
    _("I say when I am home, and how I get there."),
    _("I call when plans change."),
    _("My phone is charged, and I wear a reflector in the dark."),
    _("When something feels wrong I call home, whatever the hour, and am fetched."),
)

KITS = (
    Kit(
        Key.INCLUSION,
        _("A class is safest when every child has somebody to be with, and parents can do a lot for that."),
        _("When did you last see a child, or an adult, being let in by others? What made it happen?"),
        (
            _("How do we do birthdays, visits after school and groups where children write to each other?"),
            _("What can I do, without anybody asking me, so that one more child is invited?"),
            _("How do we speak at home of other children and their parents?"),
        ),
        _(
            "Think of one family you have not spoken with yet, and how you will greet them this week. Keep it to yourself."
        ),
        (
            _("The child is never asked along, or never asks anybody."),
            _("The child often has a sore stomach or a headache on school mornings."),
            _("The child says it does not want to go to things it used to like."),
        ),
        _("How birthdays are held, so that nobody is left out."),
        {
            YOUNGEST: _(
                "Adults decide who comes. Invite everyone, or a small group that you do not talk about in class."
            ),
            MIDDLE: _("Friendships shift. Help your child to open the door to one more, and not to choose sides."),
            OLDEST: _("They arrange things themselves. Ask who was not there, without questioning them."),
        },
        "hands",
        agreement=Topic.BIRTHDAYS,
    ),
    Kit(
        Key.SCREENS,
        _("No number fits all homes, but it helps a child when homes are not too far from each other."),
        _("What is the best thing your family uses a screen for?"),
        (
            _("How much is all right on a school day, and who decides when it ends?"),
            _("Which games, films and videos are fine at this age, and how do we find out?"),
            _("What do we do when a child says that all the others are allowed?"),
        ),
        _("Draw a usual afternoon at your home as a line. Where are the screens, the adults too? Show each other."),
        (
            _("Sleep, meals or friends have to give way again and again."),
            _("The child hides what it watches or plays."),
            _("Ending always becomes a quarrel, or the child seems afraid afterwards."),
        ),
        _("When screens are put away in the evening, and what we do about them when children visit each other."),
        {
            YOUNGEST: _("Be near, and choose with them. Play it once yourself before they do."),
            MIDDLE: _("Keep the age limits, and talk about money in games. Screens sleep outside the bedroom."),
            OLDEST: _("Agree instead of ordering. Ask them to teach you, and keep the nights free."),
        },
        "film",
        agreement=Topic.SCREENS,
    ),
    Kit(
        Key.SOCIAL_MEDIA,
        _("Much of what hurts children today happens where adults do not look. They need grown-ups who are there too."),
        _("What do you yourself post about your child, and have you asked first?"),
        (
            _("Do we know where our children write, whom they follow and who follows them?"),
            _("How do we follow along without reading everything in secret?"),
            _("What does a child do who sees something unpleasant, and whom does it tell?"),
        ),
        _("Say to each other, in two sentences, what your child is to do when a picture is shared that should not be."),
        (
            _("The child turns the screen away, or grows silent when a message comes."),
            _("The child leaves groups, or is not in those that the others are in."),
            _("There are new friends whom nobody has met."),
        ),
        _("From what age we use which services, and that groups of the class have room for all."),
        {
            YOUNGEST: _("Most services have an age limit of thirteen. It is easier to wait when many homes wait."),
            MIDDLE: _(
                "Begin together, with few people and an adult who is let in. Say that you are not angry if they tell."
            ),
            OLDEST: _("Talk about pictures, pressure and what is punishable. Give them words to say no with."),
        },
        "quiz",
        agreement=Topic.SPEAK,
        at_home=SOCIAL_MEDIA,
    ),
    Kit(
        Key.OUT_TIMES,
        _("It is good to be out with friends, and safer when homes say about the same."),
        _("What did you like best about being out when you were as old as they are?"),
        (
            _(
                "How late is all right on a school day and at the weekend, in the dark and in the light half of the year?"
            ),
            _("What does the child tell us: where, with whom, what they do, and how they get home?"),
            _("What do we do when a child does not come home, and may we call each other?"),
        ),
        _("Find three sentences your child can say before it goes out. Compare with the one beside you."),
        (
            _("The child will not say where it has been, or with whom."),
            _("It has things or money that you do not know of."),
            _("It does not dare to go home alone, or to go out at all."),
        ),
        _("A time for each day of the week, and that we may always call each other."),
        {
            YOUNGEST: _("Agree on a place, a time and a way home. Walk the way together first."),
            MIDDLE: _("Give a little more time for each thing that works. Reflectors, and a phone that is charged."),
            OLDEST: _(
                "Parties begin now. Be one whom they can call at any hour, without questions until the next day."
            ),
        },
        "night",
        agreement=Topic.OUT,
        at_home=BEFORE_GOING_OUT,
    ),
    Kit(
        Key.BULLYING,
        _(
            "Bullying lives where adults do not talk about it. Here we talk about what we do at home, never about cases."
        ),
        _("What would have helped a child who was alone when you went to school?"),
        (
            _("How do we ask at home, so that a child tells: about itself, about others, and about what it saw?"),
            _("What do we say to our own child when it has been the one who hurt somebody?"),
            _("What can children do who stand beside, and how do we practise it?"),
        ),
        _("Practise: one is a child who says “nothing happened”. The other asks once more, without pressing."),
        (
            _("Things or clothes are broken or gone."),
            _("The child sleeps badly, eats less or does not want to go to school."),
            _("The child says nasty things about itself, or about one who is always the same."),
        ),
        _("What each home does when it hears of something: it calls the school, and does not write to the others."),
        {
            YOUNGEST: _(
                "Ask whom they were with at break, not only how the day was. Praise the child who fetched an adult."
            ),
            MIDDLE: _(
                "To be left out is bullying too. Talk about the difference between telling tales and getting help."
            ),
            OLDEST: _(
                "It often happens on the phone. Keep what was written, do not answer for them, and go to the school."
            ),
        },
        "lantern",
    ),
    Kit(
        Key.CHORES,
        _("Children like to know that their friends have jobs at home as well."),
        _("Which job did you have as a child, and what did you think of it?"),
        (
            _("Which jobs do our children have, and which could they manage now?"),
            _("Do they get pocket money, and is it paid for jobs or given without?"),
            _("What do we do when it is not done, and who in the family does most?"),
        ),
        _("Write one job your child can take over this month. How will you teach it, so that you can let go?"),
        (
            _("A child takes care of brothers and sisters or adults more than it should."),
            _("A child works so much that schoolwork, sleep or friends give way."),
            _("A child is afraid of what happens when something is not done."),
        ),
        _("Two or three jobs that most children in the class have at home."),
        {
            YOUNGEST: _("Lay the table, put away clothes, empty the lunch box. Do it together, and thank them."),
            MIDDLE: _("Empty the dishwasher, vacuum, make a simple dinner. Let them see it through."),
            OLDEST: _("A dinner a week, their own clothes, a budget. Talk about paid work and what it may take."),
        },
        "porridge",
        agreement=Topic.CHORES,
    ),
    Kit(
        Key.CONFLICTS,
        _("All children quarrel, and most can learn to make up. It helps to hear how others do it."),
        _("What helps you yourself to calm down when you are angry?"),
        (
            _("When do we step in, and when do we let them manage?"),
            _("How do we hear both sides when we only know our own child's?"),
            _("How do we call another parent so that it becomes easier, not harder?"),
        ),
        _(
            "Say aloud how you would begin a call to a parent you do not know. The other says what it felt like to be called."
        ),
        (
            _("It is always the same child who gives way, or who is blamed."),
            _("The child dreads meeting somebody, or is threatened."),
            _("An adult is part of it, or it goes on when adults have tried."),
        ),
        _("That we call each other, and do not write, when our children have fallen out."),
        {
            YOUNGEST: _("They need an adult beside them. Ask: what happened, what did you feel, what do you want now?"),
            MIDDLE: _("Let them try first, and ask afterwards how it went. Three friends is a hard number."),
            OLDEST: _("Listen more than you advise. Ask whether they want help, or want to be heard."),
        },
        "hands",
        agreement=Topic.SPEAK,
    ),
)

BY_KEY = {kit.key: kit for kit in KITS}


def band_of(grade):
    return next((band for band, last in LAST_GRADE.items() if grade <= last), OLDEST)


def title_of(proposal):
    """A kit has its title in the reader's language."""
    return str(BY_KEY[proposal.kit].title) if proposal.kit in BY_KEY else proposal.title
