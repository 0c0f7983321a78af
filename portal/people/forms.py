"""The shape of what people and offices write. Choices hold only what the person may pick."""

from contextlib import suppress

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.numbers import WholeNumberField
from portal.people import protection
from portal.people.languages import interpreter_choices
from portal.people.models import (
    AddressProtection,
    DirectoryChoice,
    GuardianRelation,
    Person,
    Role,
    School,
    SchoolClass,
    keys_of,
)
from portal.people.models.roles import CARE_KINDS, SCHOOL_KINDS, TEACHER_KINDS
from portal.people.overtaken import SeenForm
from portal.people.queries import families_of
from portal.people.rules import fills_post
from portal.text import forms


class ProfileForm(SeenForm):
    language = forms.ChoiceField(
        label=_("Which language do you want?"),
        help_text=_("Pages and messages to you use this language."),
        choices=Person.Language,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("We write to you here. The address you sign in with does not change."),
        required=False,
        max_length=254,
    )
    phone = forms.CharField(
        label=_("Your mobile number"),
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    scheme = forms.ChoiceField(label=_("Light or dark pages?"), choices=Person.Scheme, widget=forms.RadioSelect)

    @classmethod
    def values_of(cls, person):
        return {name: getattr(person, name) for name in cls.base_fields}


class NeedsForm(SeenForm):
    """Shared by all the adults of the home. Beside each need stands who gets to know it."""

    MOST = 20  # days

    interpreter_language = forms.ChoiceField(
        label=_("Do you need an interpreter?"),
        help_text=_(
            "For every talk with the school, until you change it here. The school orders and pays. The teacher and the"
            " office see it."
        ),
        required=False,
    )
    prefers_call = forms.BooleanField(
        label=_("Please call us, do not write"),
        help_text=_("The teacher and those who arrange a gathering of the class see it. Messages come all the same."),
        required=False,
    )
    easy_text = forms.BooleanField(
        label=_("Please use easy words with us"),
        help_text=_("Whoever holds your talk sees it there. What the portal sends is the same for all."),
        required=False,
    )
    step_free = forms.BooleanField(
        label=_("We need a place without stairs"),
        help_text=_(
            "Whoever holds your talk sees it there. Those who arrange a gathering see that somebody needs it, and not who."
        ),
        required=False,
    )
    food = forms.CharField(
        label=_("What do you not eat?"),
        help_text=_(
            "For example no pork, vegetarian, nut allergy. It goes along when you say yes to a gathering here yourselves,"
            " and only the organisers of that one see it. You can change it there for one time."
        ),
        max_length=300,
        required=False,
    )
    free_days = forms.CharField(
        label=_("Which days do you keep free?"),
        help_text=_(
            "For example a feast of your faith. One day on each line, such as 17.05.2027. Those who ask when a gathering"
            " suits see that families keep the day free, never who, how many or why."
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, home, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["interpreter_language"].choices = interpreter_choices(home.interpreter_language)
        for name in ("interpreter_language", "prefers_call", "easy_text", "step_free"):
            self.fields[name].depends = True

    @staticmethod
    def values_of(home):
        names = ("interpreter_language", "prefers_call", "easy_text", "step_free")
        said = {name: getattr(home, name) for name in names}
        return {**said, "food": home.food or "", "free_days": _in_lines(home.free_days)}

    def clean_free_days(self):
        """Days that have passed are dropped."""
        days, today = [], timezone.localdate()
        for line in filter(None, map(str.strip, self.cleaned_data["free_days"].splitlines())):
            day = _day_in(line)
            if day is None:
                raise forms.ValidationError(
                    _("“%(line)s” is not a day. Write one on each line, such as 17.05.2027.") % {"line": line}
                )
            if day.year > today.year + 2:
                raise forms.ValidationError(_("Write days of this year and the next two."))
            days.append(day)
        ahead = sorted({day for day in days if day >= today})
        if len(ahead) > self.MOST:
            raise forms.ValidationError(_("Write at most 20 days."))
        return _in_lines(ahead)

    @property
    def said(self):
        return {
            **self.cleaned_data,
            "free_days": [_day_in(line) for line in self.cleaned_data["free_days"].splitlines()],
        }


def _in_lines(days):
    return "\n".join(day.strftime("%d.%m.%Y") for day in sorted(days))


def _day_in(line):
    with suppress(forms.ValidationError):
        return forms.DateField(input_formats=["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"]).clean(line)
    return None


class DirectoryForm(SeenForm):
    fields = forms.MultipleChoiceField(
        label=_("What will you share with the class?"),
        help_text=_(
            "The other guardians in your child's class and the class contact see what you tick, for as long as it is ticked "
            "here, in a new class too. With a phone or an e-mail they see your name, and whose guardian you are."
        ),
        choices=DirectoryChoice.Field,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @staticmethod
    def values_of(person):
        return {"fields": list(person.directory_choices.values_list("field", flat=True))}


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)

    def narrow(self, people, viewer):
        """Addresses that the viewer may not see are not searched."""
        words = self.cleaned_data["q"].split() if self.is_valid() else []
        hidden = protection.out_of_reach_of(viewer).values("pk")
        for word in words:
            address = Q(email__icontains=word) & ~Q(pk__in=hidden)
            people = people.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word) | address)
        return people


class ContactForm(SeenForm):
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    phone = forms.CharField(
        label=_("Mobile number"), required=False, max_length=32, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    @staticmethod
    def values_of(person):
        waiting = person.sign_in_moves.open().first()
        email, phone = waiting.wanted() if waiting else (person.email, person.phone)
        return {"email": email, "phone": phone}


class ClassListForm(forms.Form):
    pupils = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": _("Tick at least one child.")})
    together = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting = {row.pupil.pk: row for row in waiting if row.is_plain}
        for field in self.fields.values():
            field.choices = [(pk, row.pupil.full_name) for pk, row in self.waiting.items()]

    def clean(self):
        given = super().clean()
        chosen = [self.waiting[pk] for pk in given.get("pupils", ())]
        together = [row for row in chosen if row.pupil.pk in given.get("together", ())]
        return {
            "relations": [relation.pk for row in chosen for relation in row.relations],
            "homes": [[relation.guardian_id for relation in row.relations] for row in together],
        }


class RelationForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("How is this person related to the child?"), choices=GuardianRelation.Kind, widget=forms.RadioSelect
    )
    legal_authority = forms.BooleanField(label=_("Has parental responsibility"), required=False)
    information_right = forms.BooleanField(
        label=_("Has a right to information"),
        help_text=_("Without this right the person sees nothing and gets no messages."),
        required=False,
    )
    valid_to = forms.DateField(
        label=_("Until when?"),
        help_text=_("Needed for a step-parent, a close relative and a representative."),
        required=False,
        widget=forms.DateInput,
    )
    lives_with = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Does this person live with another guardian of the child?"),
        help_text=_("Those who live together answer as one home. Two homes never see each other's answers."),
        empty_label=_("No, has a home of their own"),
        required=False,
        blank=True,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, relation, **kwargs):
        initial = {"kind": relation.kind, "legal_authority": True, "information_right": True}
        super().__init__(*args, initial=initial, **kwargs)
        others = GuardianRelation.objects.filter(pupil=relation.pupil).exclude(state=GuardianRelation.State.ENDED)
        people = Person.objects.filter(pk__in=others.values("guardian")).exclude(pk=relation.guardian_id)
        self.fields["lives_with"].queryset = people
        if not people.exists():
            del self.fields["lives_with"]

    def clean(self):
        given = super().clean()
        if given.get("kind") == GuardianRelation.Kind.NON_CUSTODIAL and given.get("legal_authority"):
            self.add_error("legal_authority", _("A parent without parental responsibility cannot have it."))
        if given.get("kind") in GuardianRelation.NEEDS_AUTHORISATION and not given.get("valid_to"):
            self.add_error("valid_to", _("Write the day when the authorisation ends."))
        given.setdefault("lives_with", None)
        return given


class GuardianForm(forms.Form):
    guardian = forms.ModelChoiceField(Person.objects.none(), label=_("Who is a guardian of this child?"))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["guardian"].queryset = people.exclude(enrolments__isnull=False).in_name_order()


class HomeForm(forms.Form):
    other = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who does this person live with?"),
        help_text=_("Those who live together answer as one home."),
        empty_label=_("Has a home of their own"),
        required=False,
        blank=True,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, guardian, **kwargs):
        super().__init__(*args, **kwargs)
        pupils = GuardianRelation.objects.live().filter(guardian=guardian).values("pupil")
        others = GuardianRelation.objects.live().filter(pupil__in=pupils).exclude(guardian=guardian)
        self.fields["other"].queryset = Person.objects.filter(pk__in=others.values("guardian"))


class ProtectionForm(forms.Form):
    grade = forms.ChoiceField(label=_("Which protection?"), choices=AddressProtection.Grade, widget=forms.RadioSelect)
    alias = forms.CharField(
        label=_("What are other families shown instead of the name?"),
        help_text=_("Leave it empty to show only a number."),
        required=False,
        max_length=60,
    )
    valid_to = forms.DateField(label=_("Until when?"), required=False, widget=forms.DateInput)


class RestrictionForm(forms.Form):
    guardian = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who must see nothing about this child?"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    reason = forms.CharField(
        label=_("What is it based on?"),
        help_text=_("The decision and its date. Only the two who set this can read it."),
        widget=forms.Textarea,
        max_length=1000,
    )
    valid_to = forms.DateField(label=_("Until when?"), required=False, widget=forms.DateInput)

    def __init__(self, *args, pupil, **kwargs):
        super().__init__(*args, **kwargs)
        related = pupil.guardian_relations.exclude(state=GuardianRelation.State.ENDED).values("guardian")
        self.fields["guardian"].queryset = Person.objects.filter(pk__in=related)


class YearForm(forms.Form):
    year = WholeNumberField(widget=forms.HiddenInput)
    last_grade = WholeNumberField(
        label=_("Which is the last grade at the school?"),
        help_text=_("Classes of this grade leave the school when the year ends."),
        min_value=0,
        max_value=13,
    )


class PostForm(forms.Form):
    post = forms.ChoiceField(label=_("Which role, and where?"))
    valid_to = forms.DateField(
        label=_("Until when?"),
        help_text=_("A deputy acts until this day. Other roles may be left open."),
        required=False,
        widget=forms.DateInput,
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.posts = {f"{kind}-{scope.pk}": (kind, scope) for kind, scope in posts_of(person)}
        self.fields["post"].choices = [
            (key, f"{Role.Kind(kind).label}, {scope}") for key, (kind, scope) in self.posts.items()
        ]

    def clean(self):
        given = super().clean()
        if given.get("post") in self.posts:
            given["kind"], given["scope"] = self.posts[given.pop("post")]
        if given.get("kind") == Role.Kind.DEPUTY and not given.get("valid_to"):
            self.add_error("valid_to", _("Write the last day the deputy acts."))
        return given


class RoleForm(PostForm):
    valid_from = forms.DateField(label=_("From when?"), required=False, widget=forms.DateInput)

    field_order = ["post", "valid_from", "valid_to"]


class WelcomeForm(PostForm):
    given_name = forms.CharField(label=_("First name"), max_length=120)
    family_name = forms.CharField(label=_("Last name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), help_text=_("They sign in with a code sent to this address."))

    field_order = ["given_name", "family_name", "email", "post", "valid_to"]


class ContactElectForm(forms.Form):
    holder = forms.ModelChoiceField(Person.objects.none(), label=_("Whom did the parents elect?"))
    valid_to = forms.DateField(label=_("Until when?"), widget=forms.DateInput)

    def __init__(self, *args, school_class, person, **kwargs):
        super().__init__(*args, initial={"valid_to": school_class.year.ends_on}, **kwargs)
        adults = [adult.pk for family in families_of(school_class) for adult in family.adults]
        self.fields["holder"].queryset = Person.objects.filter(pk__in=adults).unrestricted_for(person)


def posts_of(person):
    """Every (kind, scope) that the person may fill, class contacts aside: they are elected, on a page of their own."""
    run, served = keys_of.schools_run(person), keys_of.municipalities_served(person)
    schools = School.objects.filter(Q(pk__in=run) | Q(municipality__in=served))
    classes = SchoolClass.objects.current().filter(school__in=run).select_related("school")
    caring = set(schools.with_care().values_list("pk", flat=True))
    at_schools = [
        (kind, school)
        for school in schools
        for kind in (*SCHOOL_KINDS, *(CARE_KINDS if school.pk in caring else ()))
        if fills_post(person, kind, school)
    ]
    return at_schools + [(kind, school_class) for school_class in classes for kind in TEACHER_KINDS]
