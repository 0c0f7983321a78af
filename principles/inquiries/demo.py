"""What families of the demo wonder about: one that waits, one that is answered, and one that has waited too long."""

from datetime import timedelta

from django.utils import timezone

from portal.people.models import GuardianRelation, Person, Role
from principles.inquiries import actions
from principles.inquiries.models import Inquiry

ASKED = {
    "sol": {
        "open": (
            "worry",
            "Hun sier lite om skolen, og vil ikke sykle dit lenger.",
            "At vi finner ut hva det er, sammen.",
        ),
        "answered": ("wonder", "Han gleder seg til svømmingen, men er redd for dypt vann.", "At noen vet om det."),
        "late": ("wonder", "Leksene tar mye lenger tid enn dere skriver.", "Et råd om hvor lenge vi skal holde på."),
        "answer": "Takk for at du spør. Vi har snakket med ham, og han får begynne i det lave bassenget.",
    },
    "lia": {
        "open": (
            "worry",
            "Ho seier lite om skulen, og vil ikkje sykle dit lenger.",
            "At vi finn ut kva det er, saman.",
        ),
        "answered": ("wonder", "Han gler seg til symjinga, men er redd for djupt vatn.", "At nokon veit om det."),
        "late": ("wonder", "Leksene tek mykje lenger tid enn de skriv.", "Eit råd om kor lenge vi skal halde på."),
        "answer": "Takk for at du spør. Vi har snakka med han, og han får byrje i det låge bassenget.",
    },
    "eng": {
        "open": (
            "worry",
            "Hun siger ikke meget om skolen og vil ikke cykle derhen mere.",
            "At vi sammen finder ud af hvorfor.",
        ),
        "answered": ("wonder", "Han glæder sig til svømning, men er bange for dybt vand.", "At nogen ved det."),
        "late": (
            "wonder",
            "Lektierne tager meget længere tid, end I skriver.",
            "Et råd om, hvor længe vi skal blive ved.",
        ),
        "answer": "Tak, fordi du spørger. Vi har talt med ham, og han begynder i det lave bassin.",
    },
}


def wonder(town):
    """Each of another child of 2A; the last was sent two weeks before the demo began."""
    for key, said in ASKED.items():
        asked = zip(("open", "answered", "late"), _families(town.classes[f"{key}-2A"]), strict=False)
        made = {name: _ask(town.schools[key], *family, said[name]) for name, family in asked}
        if "answered" in made:
            teacher = _teacher(town.classes[f"{key}-2A"]) or town.leader(key)
            actions.answer_inquiry(made["answered"], by=teacher, answer=said["answer"])
        if "late" in made:
            then = {"sent_at": timezone.now() - timedelta(days=14), "due_on": timezone.localdate() - timedelta(days=7)}
            Inquiry.objects.filter(pk=made["late"].pk).update(**then)


def _families(school_class):
    """(child, one of its guardians) of the first children whose homes have one."""
    pupils = Person.objects.filter(enrolments__school_class=school_class).in_name_order()
    relations = GuardianRelation.objects.live().filter(pupil__in=pupils).select_related("pupil", "guardian")
    first = {one.pupil_id: one for one in relations.order_by("-pk")}
    return [(first[pupil.pk].pupil, first[pupil.pk].guardian) for pupil in pupils if pupil.pk in first][:3]


def _teacher(school_class):
    roles = Role.objects.live(kinds=[Role.Kind.CONTACT_TEACHER]).filter(school_class=school_class)
    role = roles.select_related("person").first()
    return role.person if role else None


def _ask(school, pupil, guardian, said):
    kind, seen, hoped = said
    return actions.write_inquiry(pupil, by=guardian, school=school, kind=kind, seen=seen, hoped=hoped)
