"""What the frame of every page needs: the hat worn, the hats held, the menu, the languages."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language, get_language_info

ICONS = {
    "guardian": "Person",
    "class_contact": "PersonGroup",
    "contact_teacher": "HatSchool",
    "subject_teacher": "HatSchool",
    "principal": "Buildings3",
    "deputy": "Buildings3",
    "office": "Buildings3",
    "board_member": "Gavel",
    "municipality_officer": "Globe",
}
COLORS = {
    "class_contact": "gatherings",
    "contact_teacher": "conferences",
    "subject_teacher": "conferences",
    "board_member": "principles",
}
OWN_NAMES = {
    "nb": "Bokmål",
    "nn": "Nynorsk",
    "da": "Dansk",
    "en": "English",
    "pl": "Polski",
    "lt": "Lietuvių",
    "so": "Soomaali",
    "uk": "Українська",
    "ar": "العربية",
}


@dataclass(frozen=True)
class Hat:
    """One role a person acts in. `label` is the whole name, `short` what the header has room for,
    `band` the sentence below the header when the person acts for others (empty for a guardian)."""

    kind: str
    label: str
    url: str
    short: str = ""
    band: str = ""
    initials: str = ""
    school: str = ""
    current: bool = False

    @property
    def icon(self):
        return ICONS.get(self.kind, "Person")

    @property
    def color(self):
        return COLORS.get(self.kind, "accent")


@dataclass(frozen=True)
class Place:
    """One of the five places in the main menu; `short` is the word for the phone's bottom bar."""

    label: str
    icon: str
    url: str
    short: str = ""
    current: bool = False


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    dir: str
    current: bool


def languages():
    now = get_language()
    return [
        Language(
            code=code,
            name=OWN_NAMES.get(code) or get_language_info(code)["name_local"],
            dir="rtl" if get_language_info(code)["bidi"] else "ltr",
            current=code == now,
        )
        for code, _name in settings.LANGUAGES
    ]


def page(request):
    """Names every page may use. A visitor without a login has no hat and no menu."""
    hat = getattr(request, "hat", None)
    return {
        "hat": hat,
        "hats": getattr(request, "hats", ()),
        "menu": getattr(request, "menu", ()),
        "school": getattr(request, "school", None) or getattr(hat, "school", ""),
        "appearance": getattr(request, "appearance", "auto"),
        "languages": languages(),
    }
