"""What is asked by those at home: before signing in, as guardian, as pupil, as class contact."""

from django.utils.translation import gettext_lazy as _

from portal.home.answers.question import (
    CODE,
    CONTACT,
    HATS,
    LANGUAGE,
    LINK,
    MESSAGES,
    NO_CODE,
    PASSKEY,
    SEEN,
    SIGNING_IN,
    UNSAFE,
    WORN_OUT,
    Chapter,
    Question,
)

NOBODY = (
    Chapter(_("Coming in"), (LINK, CODE, NO_CODE, WORN_OUT)),
    Chapter(
        _("What this is"),
        (
            Question(
                _("What is Skolebro?"),
                (
                    _(
                        "Here home and school keep in touch: talks about the child, gatherings of the class, what we agree."
                    ),
                    _("The school has written down who you are. You cannot sign yourself up."),
                ),
            ),
            Question(
                _("I have a child at the school, but I cannot come in"),
                (
                    _("The school must first confirm that you are the child's guardian. Call the school and ask."),
                    _("They also need an e-mail address that is yours alone."),
                ),
            ),
            Question(
                _("I cannot use this at all"),
                (
                    _("Call the school. They write down the time or the answer for you. You lose nothing by it."),
                    _("The school can get you an interpreter. Your child shall not interpret."),
                ),
            ),
            UNSAFE,
        ),
    ),
)

GUARDIAN = (
    Chapter(
        _("Talks with the teacher"),
        (
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
        ),
    ),
    Chapter(
        _("Gatherings of the class"),
        (
            Question(
                _("How do I answer an invitation?"),
                (
                    _("Press Yes, Maybe or No. The press is the answer. Nothing more is needed."),
                    _("You can change it until the gathering starts. One answer counts for your whole home."),
                ),
                "networks:gathering_list",
                _("Gatherings"),
            ),
            Question(
                _("We have no car, or it costs too much"),
                (
                    _("Write in your answer that you need a lift. Only those who arrange the gathering see it."),
                    _("Tell the class contact if the price is hard. No child shall stay at home because of money."),
                ),
            ),
        ),
    ),
    Chapter(
        _("Who sees what"),
        (
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
            Question(
                _("Do other parents see my phone number?"),
                (_("Only if you share it with the class. You can stop at any time."),),
                "people:directory",
                _("What I share with the class"),
            ),
            SEEN,
            Question(
                _("Something about my child is wrong"),
                (_("Look at what the school has written down. Then call the office. They correct it."),),
                "people:child_list",
                _("My children"),
            ),
        ),
    ),
    SIGNING_IN,
    Chapter(_("More"), (MESSAGES, CONTACT, LANGUAGE, UNSAFE)),
)

OF_PUPIL = (
    Chapter(
        _("My talks"),
        (
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
        ),
    ),
    Chapter(_("Signing in"), (CODE, NO_CODE, PASSKEY, LANGUAGE)),
)

OF_CLASS_CONTACT = (
    Chapter(
        _("Gathering the class"),
        (
            Question(
                _("What do I do first?"),
                (
                    _(
                        "Open Gatherings and plan one. There are ideas for each season. Two in a school year are enough."
                    ),
                    _(
                        "Before you send, go through the list that says whether everybody can come. Then all homes are invited."
                    ),
                ),
                "networks:gathering_list",
                _("Gatherings"),
            ),
            Question(
                _("Some have not answered"),
                (
                    _("They are reminded by themselves, twice at most. After that a call helps more."),
                    _(
                        "The page shows whom you have not reached. Write down when you have called. Nobody else sees it."
                    ),
                ),
            ),
            Question(
                _("Why do I see “+1” and not a name?"),
                (
                    _("Some families are protected. You invite them like all others, and the portal sends it."),
                    _("Do not ask who they are."),
                ),
            ),
            Question(
                _("Can we get money for it?"),
                (_("Perhaps. The page of grants says whether your class can apply. The principal decides."),),
                "grants:application_list",
                _("Grants"),
            ),
            Question(
                _("Parents disagree, or a child is left out"),
                (
                    _(
                        "You need not solve it, and you deal with no single child. Ask those concerned to call each other."
                    ),
                    _("Does that not help? Tell them to call the contact teacher."),
                ),
                "principles:principle_list",
                _("What we have agreed"),
            ),
        ),
    ),
    Chapter(
        _("Who sees what"),
        (
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
            SEEN,
        ),
    ),
    Chapter(_("Signing in"), (CODE, NO_CODE, PASSKEY, HATS)),
    Chapter(_("More"), (MESSAGES, CONTACT, UNSAFE)),
)
