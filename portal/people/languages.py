"""The languages that interpreters are most often asked for, with the codes that households store."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = [
    ("ar", _("Arabic")),
    ("prs", _("Dari")),
    ("en", _("English")),
    ("et", _("Estonian")),
    ("fr", _("French")),
    ("kmr", _("Kurmanji")),
    ("lv", _("Latvian")),
    ("lt", _("Lithuanian")),
    ("my", _("Burmese")),
    ("ps", _("Pashto")),
    ("fa", _("Persian")),
    ("pl", _("Polish")),
    ("pt", _("Portuguese")),
    ("ro", _("Romanian")),
    ("ru", _("Russian")),
    ("so", _("Somali")),
    ("ckb", _("Sorani")),
    ("es", _("Spanish")),
    ("sw", _("Swahili")),
    ("ta", _("Tamil")),
    ("th", _("Thai")),
    ("ti", _("Tigrinya")),
    ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
    ("ur", _("Urdu")),
    ("vi", _("Vietnamese")),
    ("sign", _("Sign language")),
]


def languages():
    # sign language, which belongs to no country, comes last
    return sorted(LANGUAGES, key=lambda pair: (pair[0] == "sign", str(pair[1])))


def interpreter_choices(own):
    others = [choice for choice in languages() if choice[0] != own]
    return [("", _("No, we do not need one")), *([(own, language_name(own))] if own else []), *others]


def language_name(code):
    return dict(LANGUAGES).get(code, code)
