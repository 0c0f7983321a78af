"""What the frame of every page needs: the hat being worn, the hats available, the menu, the languages."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from portal.menu import menu_of, places_at_foot
from portal.people.hats import worn
from portal.people.models import Role
from portal.people.rules import LEADERS
from portal.speech import initials

ICONS = {
    "parent": "Person",
    "pupil": "ChildHairEyes",
    "class_contact": "PersonGroup",
    "contact_teacher": "HatSchool",
    "subject_teacher": "HatSchool",
    "principal": "Buildings3",
    "deputy": "Buildings3",
    "office": "Buildings3",
    "after_school": "ChildHairEyes",
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
    """`label` is the full name, `short` what fits in the header, `key` what the switch posts, `band` the line below the
    header when the person acts for others (empty for a guardian)."""

    kind: str
    label: str
    key: str = ""
    short: str = ""
    band: str = ""
    initials: str = ""
    school: str = ""
    current: bool = False

    @property
    def runs_office(self):
        return self.kind in (Role.Kind.OFFICE, *LEADERS)

    @property
    def icon(self):
        return ICONS.get(self.kind, "Person")

    @property
    def color(self):
        return COLORS.get(self.kind, "accent")


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


BANDS = {
    Role.Kind.CLASS_CONTACT: _("You are class contact for %(scope)s"),
    Role.Kind.CONTACT_TEACHER: _("You are contact teacher for %(scope)s"),
    Role.Kind.SUBJECT_TEACHER: _("You are teacher in %(scope)s"),
    Role.Kind.PRINCIPAL: _("You are principal at %(scope)s"),
    Role.Kind.DEPUTY: _("You are deputy principal at %(scope)s"),
    Role.Kind.OFFICE: _("You work at the office of %(scope)s"),
    Role.Kind.AFTER_SCHOOL: _("You work in after-school care at %(scope)s"),
    Role.Kind.BOARD_MEMBER: _("You are on the board of %(scope)s"),
    Role.Kind.MUNICIPALITY_OFFICER: _("You act for %(scope)s"),
}


def page(request):
    """What every page may use. A visitor who is not signed in has no hat and no menu; a page that shows neither makes
    no query for them."""
    person = getattr(request, "user", None)
    appearance = person.scheme if person is not None and person.is_authenticated else "auto"
    dressed = SimpleLazyObject(lambda: _dressed(request, person))
    return {
        "hat": SimpleLazyObject(lambda: dressed["hat"]),
        "hats": SimpleLazyObject(lambda: dressed["hats"]),
        "menu": SimpleLazyObject(lambda: dressed["menu"]),
        "school": SimpleLazyObject(lambda: getattr(dressed["hat"], "school", "")),
        "appearance": getattr(request, "appearance", appearance),
        "languages": languages(),
        "foot": SimpleLazyObject(places_at_foot),
        "is_demo": settings.DEMO,
    }


def _dressed(request, person):
    if hasattr(request, "hat"):
        return {"hat": request.hat, "hats": request.hats, "menu": request.menu}
    if person is None or not person.is_authenticated:
        return {"hat": None, "hats": (), "menu": ()}
    hat, hats = worn(request)
    shown = [_shown(one, current=one == hat) for one in hats]
    current = next((one for one in shown if one.current), None)
    return {"hat": current, "hats": shown, "menu": menu_of(hat, request.path)}


def _shown(hat, *, current):
    band = BANDS.get(hat.kind)
    return Hat(
        kind=hat.kind,
        label=hat.label,
        key=hat.key,
        short=hat.short,
        band=band % {"scope": hat.scope} if band else "",
        initials=initials(hat.person.full_name),
        school=hat.school.name if hat.school and hat.school != hat.scope else "",
        current=current,
    )
