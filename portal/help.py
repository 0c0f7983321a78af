"""The register of help: rooms answer the questions of each hat, in short sentences, for somebody who is tired and reads
in a third language. Chapters and questions that several rooms share are here."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Question:
    ask: str
    says: tuple
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class Chapter:
    name: str
    place: int = 0
    questions: tuple = field(default=(), compare=False)


@dataclass(frozen=True)
class _Answers:
    chapter: Chapter
    place: int
    questions: tuple


NOBODY = None  # a visitor without a hat
_ANSWERS: dict[str | None, list[_Answers]] = {}


def answers(*kinds, chapter, questions, place=0):
    """Register the questions that wearers of these hats have about a room. In a chapter that rooms share, lower places
    come first."""
    for kind in kinds:
        _ANSWERS.setdefault(kind, []).append(_Answers(chapter, place, tuple(questions)))


def chapters_for(kind):
    parts: dict[Chapter, list] = {}
    for one in sorted(_ANSWERS.get(kind, ()), key=lambda one: one.place):
        parts.setdefault(one.chapter, []).extend(one.questions)
    chapters = [replace(chapter, questions=tuple(questions)) for chapter, questions in parts.items()]
    return sorted(chapters, key=lambda chapter: chapter.place)


LINK = Question(
    _("Do I have to sign in?"),
    (
        _(
            "Often not. Open the message from the school and press the button. The button opens one task, for you alone."
        ),
        _("Do not pass the message on. Whoever has the link can answer in your place."),
    ),
)
CODE = Question(
    _("How do I sign in?"),
    (
        _("Write the e-mail address that the school has. You get a code. Write the code. You need no password."),
        _("The code works for ten minutes. You can ask for a new one."),
    ),
)
NO_CODE = Question(
    _("No code comes. What now?"),
    (
        _("Look in the junk folder of your mail. Wait a minute, then ask for a new code."),
        _("Still nothing? Perhaps the school has another address. Call the school. They correct it at once."),
    ),
)
WORN_OUT = Question(
    _("The button in the message does not work"),
    (
        _("A link stops working after a while, and when something has changed. Sign in, and you find the same there."),
        _("You cannot sign in? Call the school, or ask the class contact when it was about a gathering."),
    ),
)
PASSKEY = Question(
    _("Can I sign in without a code?"),
    (
        _("Yes. Add a passkey once. Then you sign in with your finger, your face or the lock of your phone."),
        _("Add it only on a phone or computer that is yours."),
    ),
    "mfa_index",
    _("How I prove who I am"),
)
LANGUAGE = Question(
    _("Can I read this in another language?"),
    (
        _("The pages are in Norwegian (two written forms), Danish and English. Choose in the menu at the top."),
        _("Do you need another language? Call the school. They can get you an interpreter."),
    ),
)
MESSAGES = Question(
    _("I get too many messages, or too few"),
    (
        _("You choose: each time, once a day or once a week, by e-mail or text message, and when it shall be quiet."),
        _("A few messages always come, such as when a talk is moved."),
    ),
    "messaging:preference_edit",
    _("Choose your messages"),
)
CONTACT = Question(
    _("My phone number or e-mail is wrong"),
    (_("Change it on your own page. The school sees it at once."),),
    "people:profile",
    _("My page"),
)
SEEN = Question(
    _("Who has read what is written about me?"),
    (_("You can see it. The page says who at the school has read what, and when."),),
    "privacy_seen",
    _("Who has seen my data?"),
)
UNSAFE = Question(
    _("A child is not safe, or is being hurt"),
    (
        _("Do not write it here. Call the school now, or talk to a grown-up at the school. The school must act."),
        _("Is it dangerous right now? Call 112."),
    ),
)
HATS = Question(
    _("I have more than one role here"),
    (
        _("You wear one hat at a time: as a parent, or in a role. The top of the page says which."),
        _("Press it to change. What you do with one hat is never sent with the other."),
    ),
)
SECOND = Question(
    _("Why must I prove twice who I am?"),
    (
        _("Your role opens much about many people. So you need a passkey, or an app that shows a number."),
        _("Keep the spare codes at home, on paper. You need them when the phone is lost."),
    ),
    "mfa_index",
    _("How I prove who I am"),
)

LEADING = Chapter(_("Leading"), 10)
ON_THE_BOARD = Chapter(_("On the board"), 10)
MUNICIPALITY = Chapter(_("For the municipality"), 10)
WHO_SEES = Chapter(_("Who sees what"), 80)
MORE = Chapter(_("More"), 95)
