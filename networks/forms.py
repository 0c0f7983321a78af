"""The shape of what people write about a gathering. Nothing here saves."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks import ideas
from networks.catalogue import TRAITS
from networks.kinds import KindForm
from networks.models import Contact, Gathering, InclusionCheck, Rsvp
from networks.queries.narrowing import ANSWERS, NEEDS
from portal.numbers import ORE, MoneyField, WholeNumberField
from portal.people.models import Person
from portal.people.overtaken import SeenForm, Shown, of_home
from portal.schoolyear.models import HAS_PASSED, SchoolEvent
from portal.speech import when
from portal.text import forms

HIGHEST_PRICE = 5000
ANSWERED_BY = time(20)
WEEK = timedelta(days=7)
FURTHEST = timedelta(days=731)
MOST = 20
LARGEST = 2000
NOBODY = Person.objects.none()
NO_EVENTS = SchoolEvent.objects.none()


def label_of(model, name):
    return model._meta.get_field(name).verbose_name


def text(name, *, rows, lengths, help_text=""):
    return forms.CharField(
        label=label_of(Gathering, name),
        max_length=lengths,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class GatheringForm(KindForm):
    """People give a day and hours; the action gets moments in the school's time zone."""

    use_required_attribute = False
    AS_STORED = (
        *("idea", "title", "kind", "kit", "own_topic", "place", "description", "bring", "family_cost", "capacity"),
        "children_involved",
    )

    idea = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=label_of(Gathering, "title"), max_length=120)
    day = forms.DateField(label=_("Which day?"), widget=forms.DateInput)
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput)
    ends = forms.TimeField(
        label=_("To"),
        widget=forms.TimeInput,
        help_text=_("A time before the start means the day after."),
    )
    place = forms.CharField(label=label_of(Gathering, "place"), max_length=200)
    description = text("description", rows=5, lengths=2000, help_text=_("Do not write the names of children."))
    bring = forms.CharField(label=label_of(Gathering, "bring"), max_length=300, required=False)
    family_cost = MoneyField(
        label=label_of(Gathering, "family_cost"),
        required=False,
        min_value=0,
        max_value=HIGHEST_PRICE * ORE,
        help_text=_("Write 0 if it is free. A hundred kroner may keep a family away."),
    )
    capacity = WholeNumberField(
        label=label_of(Gathering, "capacity"),
        required=False,
        min_value=1,
        max_value=LARGEST,
        widget=forms.NumberInput,
        help_text=_(
            "Leave it empty if there is room for all. Everyone is invited, and adults and children count alike. When it "
            "is full, families stand on a waiting list."
        ),
    )
    children_involved = text(
        "children_involved",
        rows=3,
        lengths=500,
        help_text=_("For example a vote in class. You can send the invitation without writing anything here."),
    )
    answer_by = forms.DateField(
        label=_("Last day to answer"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Leave it empty, and it is a week before."),
    )

    quietly = forms.BooleanField(
        label=_("I only correct a small error: tell nobody"),
        required=False,
        help_text=_(
            "Only when the time, the place, the price, the last day to answer and who it is for stay the same."
        ),
    )

    field_order = ("idea", "title", "kind", "kit", "own_topic")

    def __init__(self, *args, school, is_known=False, at=None, **kwargs):
        """With `at` the form asks for no time, and that gathering's stays as it is."""
        super().__init__(*args, **kwargs)
        self.school, self.at = school, at
        if not is_known:
            del self.fields["quietly"]
        for name in ("day", "starts", "ends", "answer_by") if at else ():
            del self.fields[name]

    @classmethod
    def values_from(cls, idea):
        hours = {"starts": time(17), "ends": time(19), "kind": Gathering.Kind.FAMILIES, "family_cost": 0}
        if idea is None:
            return hours
        return hours | {
            "idea": idea.key,
            "title": str(idea.title),
            "kind": idea.audience,
            "description": str(idea.text),
            "bring": str(idea.bring),
        }

    @classmethod
    def values_of(cls, gathering):
        zone = gathering.school_class.school.zone
        starts, ends = gathering.starts_at.astimezone(zone), gathering.ends_at.astimezone(zone)
        return {
            **{name: getattr(gathering, name) for name in cls.AS_STORED},
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "answer_by": gathering.answer_by.astimezone(zone).date(),
        }

    def clean_idea(self):
        key = self.cleaned_data["idea"]
        return key if key in ideas.BY_KEY else ""

    def clean_family_cost(self):
        return self.cleaned_data["family_cost"] or 0

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day < self.school.today():
            raise forms.ValidationError(_("Choose a day that has not passed."))
        if day > self.school.today() + FURTHEST:
            raise forms.ValidationError(_("Choose a day within the next two years."))
        return day

    def clean(self):
        said = super().clean()
        if {"day", "starts", "ends"} <= said.keys():
            said.update(self._moments(said.pop("day"), said.pop("starts"), said.pop("ends"), said.get("answer_by")))
        if self.at:
            said.update({name: getattr(self.at, name) for name in ("starts_at", "ends_at", "answer_by")})
        return said

    def _moments(self, day, starts, ends, answer_on):
        starts_at = datetime.combine(day, starts, tzinfo=self.school.zone)
        over = day if ends > starts else day + timedelta(days=1)
        answer_on = answer_on or max(day - WEEK, min(day, self.school.today() + timedelta(days=1)))
        answer_by = datetime.combine(answer_on, ANSWERED_BY, tzinfo=self.school.zone)
        ends_at = datetime.combine(over, ends, tzinfo=self.school.zone)
        if starts == ends:
            self.add_error("ends", _("It must end after it starts."))
        elif ends_at <= timezone.now():
            self.add_error("ends", HAS_PASSED)
        if answer_on > day:
            self.add_error("answer_by", _("The last day to answer must be before the gathering."))
        return {
            "starts_at": starts_at,
            "ends_at": ends_at,
            "answer_by": min(answer_by, starts_at),
        }


class TieForm(SeenForm):
    school_event = forms.ModelChoiceField(
        NO_EVENTS, label=_("What does it belong to?"), required=False, empty_label=_("Nothing: it stands by itself")
    )

    def __init__(self, *args, gathering, **kwargs):
        super().__init__(*args, **kwargs)
        coming = SchoolEvent.objects.standing().coming().meant_for([gathering.school_class_id])
        own = SchoolEvent.objects.filter(pk=gathering.school_event_id)
        self.fields["school_event"].queryset = (coming | own).distinct().select_related("school")
        self.fields["school_event"].label_from_instance = lambda one: f"{one.title}, {when(one.starts_at, one.school)}"

    @staticmethod
    def values_of(gathering):
        return {"school_event": gathering.school_event_id}


class InclusionForm(SeenForm):
    fine = forms.MultipleChoiceField(
        label=_("Tick what you have thought of"),
        choices=InclusionCheck.Point,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you leave open becomes a task for you. You can still send the invitation."),
    )


class PointForm(forms.Form):
    point = forms.ChoiceField(choices=InclusionCheck.Point)


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=[(one.value, one.label) for one in Rsvp.GIVEN])


class ChildrenField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, child):
        return child.given_name


def number(model_field, **kwargs):
    return WholeNumberField(
        label=label_of(Rsvp, model_field),
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"data-enhance": "step"}),
        **kwargs,
    )


class DetailForm(SeenForm):
    """Private fields are not filled in for a browser that did not write them (`hides`); left empty there, they keep
    their values."""

    PRIVATE = ("food", "message")

    adults = number("adults")
    pupils = ChildrenField(NOBODY, label=_("Who of the class comes?"), required=False)
    siblings = number("siblings", required=False)
    lift = forms.ChoiceField(label=label_of(Rsvp, "lift"), choices=Rsvp.Lift, widget=forms.RadioSelect)
    seats = number("seats", required=False, help_text=_("Only if you can offer a lift."))
    area = forms.CharField(
        label=label_of(Rsvp, "area"),
        max_length=60,
        required=False,
        help_text=_(
            "For a lift. A part of town is enough, not your address. The organisers see it, and whom you may take along."
        ),
    )
    food = forms.CharField(
        label=label_of(Rsvp, "food"),
        max_length=300,
        required=False,
        help_text=_("For example no pork, vegetarian, nut allergy. Only the organisers see it."),
    )
    minded = number("minded", required=False, help_text=_("Leave it empty, and nobody is minded for you."))
    minded_ages = forms.CharField(
        label=label_of(Rsvp, "minded_ages"),
        max_length=60,
        required=False,
        help_text=_("For example 2 and 5 years. Do not write names."),
    )
    message = forms.CharField(
        label=label_of(Rsvp, "message"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example a wheelchair, a pram, or something you can bring."),
    )

    def __init__(self, *args, page, hides=False, **kwargs):
        rsvp, self.takes_hidden = page.rsvp, False
        self.hidden = dict(zip(self.PRIVATE, self.private(rsvp), strict=True)) if hides else {}
        super().__init__(*args, **kwargs)
        self.fields["pupils"].queryset = Person.objects.filter(pk__in=[child.pk for child in page.children])
        for name in self._not_asked(page):
            del self.fields[name]

    def _not_asked(self, page):
        """Whoever cannot come is asked for a word alone; children come along or are minded, by who is invited."""
        if page.asks_word:
            return self.fields.keys() - {"message"}
        return ("pupils", "siblings") if page.asks_minding else ("minded", "minded_ages")

    @classmethod
    def shown_of(cls, page, *, hides):
        """Locked in the order in which the answer is; None before the home's first tap."""
        if page.rsvp is None:
            return None
        return Shown(
            page.rsvp,
            cls.values_of,
            locks=(page.gathering,),
            about=lambda rsvp: rsvp.gathering,
            only=of_home(page.household),
            hides=cls.PRIVATE if hides else (),
        )

    @classmethod
    def values_of(cls, rsvp):
        names = ("adults", "siblings", "lift", "seats", "area", "minded", "minded_ages", *cls.PRIVATE)
        return {name: getattr(rsvp, name) for name in names} | {"pupils": [child.pk for child in rsvp.pupils.all()]}

    @classmethod
    def private(cls, rsvp):
        return [getattr(rsvp, name, None) or "" for name in cls.PRIVATE]

    def clean_siblings(self):
        return self.cleaned_data["siblings"] or 0

    def clean_seats(self):
        return self.cleaned_data["seats"] or 0

    def clean_minded(self):
        return self.cleaned_data["minded"] or 0

    def clean(self):
        said = super().clean()
        if "adults" in self.fields:
            said.setdefault("pupils", [])
        if said.get("minded_ages") and said.get("minded") == 0:
            self.add_error("minded", _("How many children are there? Write at least 1."))
        for name, known in self.hidden.items():
            if known and name in self.fields and not said.get(name):
                said[name], self.takes_hidden = known, True
        if said.get("lift") == Rsvp.Lift.OFFER and said.get("seats") == 0:
            self.add_error("seats", _("How many free seats do you have? Write at least 1."))
        return said


class ContactForm(forms.Form):
    """`kinds` are the ways that the school offers."""

    kind = forms.ChoiceField(widget=forms.RadioSelect)
    outcome = forms.ChoiceField(choices=Contact.Outcome, widget=forms.RadioSelect)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [(value, label) for value, label in Contact.Kind.choices if value in kinds]
        self.fields["kind"].choices, self.fields["kind"].initial = offered, offered[0][0]


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone who was invited reads this. Do not write about single families."),
    )


class HelperForm(forms.Form):
    person_asked = forms.ModelChoiceField(NOBODY, label=_("Who is going to help?"), empty_label=_("Choose"))

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person_asked"].queryset = Person.objects.filter(pk__in=[person.pk for person in candidates])


class ChipForm(forms.Form):
    """What chips have in their addresses. An invalid value narrows nothing."""

    def chosen(self):
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class IdeaForm(ChipForm):
    season = forms.ChoiceField(choices=ideas.SEASONS, required=False)
    audience = forms.ChoiceField(choices=ideas.AUDIENCES, required=False)
    cost = forms.ChoiceField(choices=ideas.COSTS, required=False)
    trait = forms.ChoiceField(choices=TRAITS, required=False)


class BoardForm(ChipForm):
    answer = forms.ChoiceField(choices=ANSWERS, required=False)
    need = forms.ChoiceField(choices=NEEDS, required=False)


class EmptyForm(forms.Form):
    pass
