"""The tips for help at home: a school's list, and those that fit one talk."""

from django.db.models import Q
from django.utils import translation

from conferences.after.starting_tips import STARTING_TIPS
from conferences.models import Subject, Tip
from conferences.models.rounds import LEADING
from conferences.models.tips import TEACHING
from portal.people.models import School, keys_of


def schools_of(person):
    led = keys_of.schools(person, LEADING)
    taught = person.roles.live(kinds=TEACHING).values("school_class__school")
    return list(School.objects.filter(Q(pk__in=led) | Q(pk__in=taught)).order_by("name"))


def tips_of(school, person, *, subject=None, grade=None):
    tips = Tip.objects.visible_to(person).live().filter(school=school).select_related("subject")
    if subject:
        tips = tips.filter(Q(subject=subject) | Q(subject=None))
    return list(tips.for_grades([grade] if grade else []))


def tips_to_choose(conference, draft):
    """The tips that fit the child's grade, and those already in the draft as they read there; those of every subject
    first."""
    chosen = {given["tip"]: given for given in draft.tips} if draft else {}
    fitting = Tip.objects.live().for_grades(conference.school_class.grades).filter(school=conference.school_id)
    tips = Tip.objects.filter(Q(pk__in=fitting.values("pk")) | Q(pk__in=chosen, school=conference.school_id))
    tips = list(tips.select_related("subject"))
    for tip in tips:
        given = chosen.get(tip.pk, {})
        tip.title, tip.how, tip.why = (given.get(name, getattr(tip, name)) for name in ("title", "how", "why"))
    return sorted(tips, key=lambda tip: (tip.subject.name if tip.subject else "", tip.title))


def new_to(school):
    """[(starting tip, subject, texts)] in the school's language, for titles that the school has never had."""
    had = set(Tip.objects.filter(school=school).values_list("title", flat=True))
    subjects = {subject.name: subject for subject in Subject.objects.filter(school=school)}
    with translation.override(school.language_form):
        found = [(one, {name: str(getattr(one, name)) for name in ("title", "how", "why")}) for one in STARTING_TIPS]
    return [
        (one, next((subjects[name] for name in one.subject if name in subjects), None), texts)
        for one, texts in found
        if texts["title"] not in had
    ]
