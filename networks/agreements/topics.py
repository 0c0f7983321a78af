"""What a class may agree upon: what the homes are asked, and a text to begin from. After the municipality's page on parent
networks: class environment, screens, times to be home, chores and pocket money, and how we speak."""

from dataclasses import dataclass
from datetime import time

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from networks.models import SharedNormAgreement
from portal.speech import capital
from portal.surveys.questions import Ask, Option, at_what_time, band, several


@dataclass(frozen=True)
class AgreementTopic:
    """`text` is a first wording, to be made the class's own. `for_children` is what the card for them is called."""

    key: str
    icon: str
    ask: object
    asks: tuple[Ask, ...]
    text: object
    for_children: object

    @property
    def title(self):
        return SharedNormAgreement.Topic(self.key).label


@dataclass(frozen=True)
class OnDay:
    """A question about one day of the week, Monday being 0."""

    number: int

    def __str__(self):
        return gettext("%(day)s: when should children be home?") % {"day": capital(WEEKDAYS[self.number])}


def yes_or_no(text, card=""):
    return Ask(text, (Option(_("Yes"), card), Option(_("Sometimes")), Option(_("No"))))


def shall_we(text, card=""):
    return Ask(text, (Option(_("Yes, let us agree on that"), card), Option(_("I am not sure")), Option(_("No"))))


SCREENS = AgreementTopic(
    "screens",
    "Mobile",
    _("How much is fine, and what is fine to watch at their age?"),
    (
        band(
            _("How long may your child use a screen on a school day, homework left out?"),
            _("Not at all"),
            _("Up to half an hour"),
            _("Up to one hour"),
            _("Up to two hours"),
            _("More than two hours"),
            _("We have no limit"),
        ),
        several(
            _("What does your child have?"),
            Option(_("A phone of their own")),
            Option(_("A watch to call with")),
            Option(_("A tablet or a computer at home")),
            Option(_("A game console")),
            Option(_("None of these"), _("%(n)s of %(all)s have no screen of their own")),
        ),
        yes_or_no(
            _("Do you follow the age limits of games, films and apps?"), _("%(n)s of %(all)s follow the age limits")
        ),
        yes_or_no(
            _("Is the screen put away well before bedtime?"), _("%(n)s of %(all)s put the screen away before bedtime")
        ),
    ),
    _(
        "On school days we keep to one hour of games and films.\n"
        "We follow the age limits, also when other children visit us.\n"
        "Screens are put away an hour before bedtime.\n"
        "We look at the screen together with our children, and ask what they like."
    ),
    _("Screens in our class"),
)

CHORES = AgreementTopic(
    "chores",
    "House",
    _("Which chores do the children have at home, and do they get pocket money?"),
    (
        several(
            _("What does your child do at home?"),
            Option(_("Sets the table"), _("%(n)s of %(all)s set the table")),
            Option(_("Empties the dishwasher"), _("%(n)s of %(all)s empty the dishwasher")),
            Option(_("Tidies their room"), _("%(n)s of %(all)s tidy their room")),
            Option(_("Takes out the rubbish"), _("%(n)s of %(all)s take out the rubbish")),
            Option(_("Helps to cook"), _("%(n)s of %(all)s help to cook")),
            Option(_("Looks after a pet"), _("%(n)s of %(all)s look after a pet")),
            Option(_("Nothing of this yet")),
        ),
        band(
            _("How much pocket money does your child get in a week?"),
            _("None"),
            _("Up to 30 kroner"),
            _("31–60 kroner"),
            _("61–100 kroner"),
            _("More than 100 kroner"),
        ),
        Ask(
            _("Does the pocket money depend on chores?"),
            (Option(_("Yes")), Option(_("Partly")), Option(_("No")), Option(_("There is no pocket money"))),
        ),
    ),
    _(
        "Every child has a chore at home that others count on.\n"
        "Chores are a part of living together. Pocket money is something else.\n"
        "Children in our class get about the same, so that nobody has to compare."
    ),
    _("What we do at home"),
)

OUT = AgreementTopic(
    "out",
    "Clock",
    _("How late may children be out, and how do they say where they are?"),
    (
        *(at_what_time(OnDay(number), time(17), time(23), _("There is no fixed time")) for number in range(7)),
        several(
            _("What does your child do when going out?"),
            Option(_("Says where they go"), _("%(n)s of %(all)s say where they go")),
            Option(_("Says with whom"), _("%(n)s of %(all)s say whom they are with")),
            Option(_("Calls when plans change"), _("%(n)s of %(all)s call when plans change")),
            Option(_("Nothing of this yet")),
        ),
    ),
    _(
        "Children are home at the times below. On days off we agree at home.\n"
        "Before they go, children say where they are going and with whom, and they call when plans change.\n"
        "Whoever has a guest sends them home in time."
    ),
    _("When we are home"),
)

BIRTHDAYS = AgreementTopic(
    "birthdays",
    "Heart",
    _("How do we celebrate so that nobody is left out?"),
    (
        Ask(
            _("Who should be invited to a birthday?"),
            (
                Option(_("The whole class"), _("%(n)s of %(all)s want to invite the whole class")),
                Option(_("A group that the class has agreed on")),
                Option(_("Each home decides")),
            ),
        ),
        band(
            _("What may a present cost?"),
            _("No presents"),
            _("Up to 50 kroner"),
            _("Up to 100 kroner"),
            _("Up to 150 kroner"),
            _("Each home decides"),
        ),
        shall_we(
            _("Shall those who have their birthdays near each other celebrate together?"),
            _("%(n)s of %(all)s want to celebrate together"),
        ),
    ),
    _(
        "We invite the whole class, or the group that we have agreed on here. Nobody is the only one left out.\n"
        "A present costs 50 kroner at most. A drawing is a present too.\n"
        "Those who have their birthdays near each other can celebrate together."
    ),
    _("Birthdays in our class"),
)

SPEAK = AgreementTopic(
    "speak",
    "Chat",
    _("How do we speak of each other's children, and what do we do when something has happened?"),
    (
        shall_we(
            _("At home we speak well of all children in the class, and of their families."),
            _("In %(n)s of %(all)s homes the grown-ups speak well of all of us"),
        ),
        shall_we(
            _("When something has happened between children, we call the other home before we judge."),
            _("In %(n)s of %(all)s homes the grown-ups call each other when something has happened"),
        ),
        shall_we(
            _("Nobody in the class is kept out of a message group for the class."),
            _("In %(n)s of %(all)s homes nobody is kept out of message groups"),
        ),
    ),
    _(
        "We speak well of all children in the class, and of their families, also when our children are not listening.\n"
        "When something has happened, we call the other home and ask before we judge.\n"
        "Message groups are for all, or they are not for the class.\n"
        "When a child is not safe, we talk with the school at once."
    ),
    _("How we speak to each other"),
)

TOPICS = {topic.key: topic for topic in (SCREENS, CHORES, OUT, BIRTHDAYS, SPEAK)}
