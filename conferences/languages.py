"""The languages that interpreters are asked for, by their codes, and what they are called."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = (
    ("sq", _("Albanian")),
    ("am", _("Amharic")),
    ("ar", _("Arabic")),
    ("bs", _("Bosnian")),
    ("da", _("Danish")),
    ("prs", _("Dari")),
    ("en", _("English")),
    ("et", _("Estonian")),
    ("tl", _("Filipino")),
    ("fi", _("Finnish")),
    ("fr", _("French")),
    ("hu", _("Hungarian")),
    ("is", _("Icelandic")),
    ("sw", _("Swahili")),
    ("ku", _("Kurdish (Kurmanji)")),
    ("ckb", _("Kurdish (Sorani)")),
    ("lv", _("Latvian")),
    ("lt", _("Lithuanian")),
    ("nb", _("Norwegian")),
    ("om", _("Oromo")),
    ("ps", _("Pashto")),
    ("fa", _("Persian")),
    ("pl", _("Polish")),
    ("pt", _("Portuguese")),
    ("ro", _("Romanian")),
    ("ru", _("Russian")),
    ("se", _("Northern Sami")),
    ("sgn", _("Sign language")),
    ("so", _("Somali")),
    ("es", _("Spanish")),
    ("ta", _("Tamil")),
    ("th", _("Thai")),
    ("ti", _("Tigrinya")),
    ("tr", _("Turkish")),
    ("de", _("German")),
    ("uk", _("Ukrainian")),
    ("ur", _("Urdu")),
    ("vi", _("Vietnamese")),
    ("zh", _("Chinese")),
)
NAMES = dict(LANGUAGES)


def name_of(code):
    """What a language is called; a code that nobody has named is shown as it is."""
    return str(NAMES.get(code, code))


def choices():
    """The languages in the order of their names, as the reader's language calls them."""
    return sorted(((code, str(name)) for code, name in LANGUAGES), key=lambda pair: pair[1])
