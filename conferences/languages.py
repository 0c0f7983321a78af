"""The languages that interpreters are asked for most often, by the codes that homes are kept with."""

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


def language_name(code):
    """The name of a language in the reader's own; the code itself when it is not in the list."""
    return dict(LANGUAGES).get(code, code)
