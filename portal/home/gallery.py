"""Every part of the design on one page, with long names, for anyone who changes the design. Not in production.

Its words are samples, so they are not translated.
"""

import datetime
import zoneinfo

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from portal.access import anyone, page
from portal.home.context import Hat
from portal.menu import Place
from portal.numbers import WholeNumberField
from portal.speech import STATUSES
from portal.text import forms

OSLO = zoneinfo.ZoneInfo("Europe/Oslo")
TALK = datetime.datetime(2026, 11, 12, 16, 40, tzinfo=OSLO)
GATHERING = datetime.datetime(2026, 11, 21, 16, 0, tzinfo=OSLO)
LONG_NAMES = ("Gabrielė Petrauskas-Šimkūnaitė", "Cabdullaahi Maxamed Xuseen", "Олександра Коваленко")


class GalleryForm(forms.Form):
    plan = forms.CharField(
        label="What will you do?",
        help_text="Two or three sentences are enough. Leave out children's names.",
        widget=forms.Textarea,
    )
    phone = forms.CharField(
        label="Telephone",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    cost = WholeNumberField(
        label="What does it cost each family?",
        help_text="Write 0 if it is free.",
        widget=forms.NumberInput(attrs={"data-affix": "kroner"}),
    )
    adults = WholeNumberField(
        label="Adults",
        min_value=0,
        max_value=20,
        widget=forms.NumberInput(attrs={"data-enhance": "step"}),
    )
    on = forms.DateField(label="Which day?", widget=forms.DateInput)
    at = forms.SplitDateTimeField(label="When does it start?", required=False)
    lift = forms.ChoiceField(
        label="Do you need a lift?",
        choices=[("own", "We manage on our own"), ("need", "We need a lift"), ("offer", "We can offer a lift")],
        widget=forms.RadioSelect,
    )
    close = forms.ChoiceField(
        label="Are you related to the principal?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    food = forms.MultipleChoiceField(
        label="Food",
        required=False,
        help_text="Choose what is true for any of you.",
        choices=[("pork", "No pork"), ("vegetarian", "Vegetarian")],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label="Language", choices=[("nb", "Bokmål"), ("so", "Soomaali")])
    receipt = forms.FileField(label="Receipt", required=False)
    sober = forms.BooleanField(label="The gathering is free of alcohol, and we send a short report afterwards")


@page(open_to=anyone)
def gallery(request):
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    wear_sample_hat(request)
    messages.success(request, "Your answer is saved.")
    with_errors = "errors" in request.GET
    return render(
        request,
        "home/gallery.html",
        {
            "form": GalleryForm({"cost": "many", "adults": 2} if with_errors else None),
            "statuses": list(STATUSES),
            "names": LONG_NAMES,
            "talk": TALK,
            "gathering": GATHERING,
            "gathering_end": GATHERING + datetime.timedelta(hours=2, minutes=30),
            "tasks": sample_tasks(),
            "facts": sample_facts(),
            "rows": sample_rows(),
            "pairs": [
                {"label": "Conference", "value": "No time chosen", "status": "last_day"},
                {"label": "Agreements", "value": "2 agreements from last spring, one is done"},
            ],
            "figures": sample_figures(),
            "tabs": sample_tabs(),
            "bars": [{"label": "1A", "share": 78, "value": "78 %"}, {"label": "10B", "share": 40, "value": "40 %"}],
            "answers": sample_answers(),
            "few": Paginator(range(300), 50).page(2),
        },
    )


def wear_sample_hat(request):
    request.hat = Hat(
        kind="class_contact",
        label="Class contact in 3B",
        short="Class contact",
        key="class_contact",
        band="You are class contact for 3B",
        initials="GP",
        school="Bjørkåsen skole",
        current=True,
    )
    request.hats = [Hat(kind="parent", label="Guardian", key="parent"), request.hat]
    request.menu = [
        Place("Overview", "House", "#", current=True),
        Place("Gatherings", "PersonGroup", "#"),
        Place("Conferences", "Chat2", "#"),
        Place("Grants", "SackKroner", "#"),
        Place("Principles", "Compass", "#"),
    ]


def sample_tasks():
    return [
        {
            "url": "#",
            "title": "Choose a time for the conference about Nora",
            "icon": "Chat2",
            "color": "conferences",
            "status": "last_day",
            "note": "The last day is tomorrow",
        },
        {
            "url": "#",
            "title": LONG_NAMES[0],
            "text": "Answer by Sunday 15 November",
            "icon": "PersonGroup",
            "color": "gatherings",
        },
        {"url": "#", "title": LONG_NAMES[1], "date": TALK, "color": "principles", "text": LONG_NAMES[2]},
    ]


def sample_facts():
    return [
        {"icon": "Calendar", "label": "When", "value": "21.11. 16.00", "strong": True},
        {"icon": "LocationPin", "label": "Where", "value": "Gapahuken ved Tjernet"},
        {"icon": "Kroner", "label": "Price", "value": "Free. Bring a cup."},
    ]


def sample_rows():
    return [
        {"label": "Class", "value": "1A, Bjørkåsen skole", "url": "#"},
        {"label": "Applicant", "value": LONG_NAMES[0], "url": "#"},
    ]


def sample_figures():
    return [
        {"number": 31, "word": "are coming", "status": "yes", "note": "14 families"},
        {"number": 2, "word": "maybe", "status": "maybe", "note": "1 family"},
        {"number": 5, "word": "have not answered", "status": "waiting", "note": "2 are not reached"},
    ]


def sample_tabs():
    return [
        {"label": "Answers", "url": "#", "current": True},
        {"label": "Reach everyone", "url": "#", "current": False, "count": 5, "count_label": "5 families"},
    ]


def sample_answers():
    return [
        {"value": "yes", "label": "Yes, we are coming", "icon": "CheckmarkCircle", "pressed": True},
        {"value": "maybe", "label": "Maybe", "icon": "QuestionmarkCircle", "pressed": False},
        {"value": "no", "label": "We cannot come", "icon": "XMark", "pressed": False},
    ]
