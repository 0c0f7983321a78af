"""A public text of as many points as are asked for, and its hearings: one is open, one waits for replies, one is over."""

import random
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from bench._servers import cookies_of
from portal.people.models import Household, the_portal
from principles.descent.models import Descent
from principles.hearings.asked import guardians_at
from principles.hearings.models import Answer, Hearing, HearingPart, Theme
from principles.models import Clause, Principle, PrincipleSection, PrincipleVersion

MOST_ANSWERS = 2_000
WORDS = ("skolen", "hjemmet", "barnet", "klassen", "møtet", "planen", "leksen", "trivsel", "fravær", "uke", "ønsker")


def pages_of_principles(school, guardian, principal, size):
    """[(name, address, cookies)]."""
    days = {"open": (-3, 10), "answered": (-20, -1), "replied": (-20, -1)}
    asked, answered, replied = (
        _hearing(school, size, name, guardian.household, begins, ends) for name, (begins, ends) in days.items()
    )
    _close(replied)
    lists = reverse("principles:answer_list", args=[answered.pk])
    result = reverse("principles:hearing_result", args=[replied.pk])
    return [
        ("a public principle", _principle(school, size), ""),
        ("a hearing, to a home", reverse("principles:hearing_show", args=[asked.pk]), cookies_of(guardian)),
        ("a hearing, to the head", reverse("principles:hearing_arrange", args=[answered.pk]), cookies_of(principal)),
        ("the answers of a hearing", f"{lists}?under=all", cookies_of(principal)),
        ("the result of a hearing", result, ""),
        ("the result of a hearing, to a home", result, cookies_of(guardian)),
    ]


def _principle(school, size):
    """In its second version, with every point worded anew."""
    today = school.today()
    principle, first = _version(school, "samarbeid", size, "Vi hilser.")
    _publish(first, today - timedelta(days=9), today - timedelta(days=1))
    second = PrincipleVersion.objects.create(principle=principle, number=2, title="Samarbeid", language="nb")
    _points(second, size, "Vi hilser på alle.")
    steps = [Descent(version=second, lineage=one, kind="changed") for one in principle.lineages.all()]
    Descent.objects.bulk_create(steps)
    _publish(second, today, None)
    return principle.get_absolute_url()


def _version(school, slug, size, text):
    place = {"municipality": school.municipality, "school": school}
    principle = Principle.objects.create(slug=slug, title="Samarbeid", **place)
    version = PrincipleVersion.objects.create(principle=principle, number=1, title="Samarbeid", language="nb")
    _points(version, size, text)
    return principle, version


def _points(version, size, text):
    named = {"version": version, "kind": "school", "heading": "Mål", "position": 1}
    section = PrincipleSection.objects.create(**named)
    point = {"version": version, "section": section, "party": "school", "text": text}
    Clause.objects.bulk_create(Clause(number=number, position=number, **point) for number in range(1, size + 1))


def _publish(version, begins, ends):
    now, by = timezone.now(), the_portal()
    adopted = {"adopted_on": begins, "adopted_by": "FAU", "effective_from": begins, "effective_to": ends}
    PrincipleVersion.objects.filter(pk=version.pk).update(
        state="published", published_at=now, published_by=by, **adopted
    )


def _hearing(school, size, slug, household, begins, ends):
    """With an answer of this home to every point, and others up to two thousand in all, each as long as may be."""
    today = school.today()
    principle, version = _version(school, slug, size, "Vi hilser på alle.")
    for state in ("board_first_reading", "hearing"):
        PrincipleVersion.objects.filter(pk=version.pk).update(state=state)
    days = {"opens_on": today + timedelta(days=begins), "closes_on": today + timedelta(days=ends)}
    hearing = Hearing.objects.create(version=version, school=school, reply_on=today + timedelta(days=30), **days)
    section = version.sections.get()
    HearingPart.objects.create(hearing=hearing, section=section, voices=["home"])
    themes = [Theme(hearing=hearing, title=f"Tema {number}") for number in range(max(3, size // 10))]
    Theme.objects.bulk_create(themes)
    said = {"hearing": hearing, "voice": "home", "verdict": "change", "by": the_portal()}
    said |= {"words": "Vi hilser på alle.", "stood": section.heading}
    Answer.objects.bulk_create(
        Answer(lineage=point, household=home, text=_long(), theme=themes[place % len(themes)], **said)
        for place, (home, point) in enumerate(_who_says_what(school, household, list(principle.lineages.all())))
    )
    return hearing


def _who_says_what(school, household, points):
    homes = Household.objects.filter(pk__in=guardians_at(school).values("guardian__household"))
    others = list(homes.exclude(pk=household.pk))
    pairs = [(household, point) for point in points]
    for turn in range(min(MOST_ANSWERS, len(points) * (len(others) + 1)) - len(points)):
        before, home = divmod(turn, len(others))
        pairs.append((others[home], points[(home + before) % len(points)]))
    return pairs


def _long():
    return " ".join(random.choices(WORDS, k=Answer.LENGTH))[: Answer.LENGTH].strip()  # noqa: S311 it keeps no secret


def _close(hearing):
    hearing.themes.update(outcome="taken", reply="Vi gjorde det.", heard=MOST_ANSWERS)
    Hearing.objects.filter(pk=hearing.pk).update(closed_at=timezone.now(), homes_asked=300, homes_answered=300)
