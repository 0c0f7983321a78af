"""What is asked before the talk, one question at a time, in words for home and child together. Nothing here saves."""

from django.utils.translation import gettext_lazy as _

from conferences.before.queries.preparing import ALONE
from conferences.models import Preparation, PupilTalk
from portal.people.overtaken import SeenForm
from portal.text import forms

MOST = 1000


def own_words(label, help_text="", rows=5):
    return forms.CharField(
        label=label,
        max_length=MOST,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReadStep(SeenForm):
    use_required_attribute = False

    read_plan = forms.BooleanField(label=_("We have read it"), required=False)


class ProudStep(SeenForm):
    use_required_attribute = False

    proud = own_words(_("Our words"), _("Let the child say it first. A few words are enough."))


class HardStep(SeenForm):
    use_required_attribute = False

    hard = own_words(_("Our words"), _("It may be about learning, about friends, or about the way home from school."))


class AskStep(SeenForm):
    use_required_attribute = False

    goal = own_words(_("My goal"), _("What does the child want to get better at?"), rows=3)
    ask = own_words(_("What do we want to ask?"), rows=3)
    together = forms.BooleanField(
        label=_("We have gone through it together"), required=False, help_text=_("Only your home sees this.")
    )


STEPS = {1: ReadStep, 2: ProudStep, 3: HardStep, 4: AskStep}


class ShareForm(SeenForm):
    """Tick what the teacher may read. Nothing is ticked in advance, neither the child's answers nor the home's."""

    use_required_attribute = False

    shares = forms.MultipleChoiceField(
        label=_("What may the teacher read?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    shares.depends = True  # clean_shares says when none is too few

    def __init__(self, *args, answers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shares"].choices = [(answer.name, answer.question) for answer in answers]

    @classmethod
    def values_of(cls, own):
        return {name: getattr(own, name) for name in cls.base_fields}

    def clean_shares(self):
        """Sharing nothing is a change only for those who have shared; anyone else has forgotten to tick."""
        shares = list(self.cleaned_data["shares"])
        if not shares and not self.initial.get("shares"):
            raise forms.ValidationError(
                _("Tick what the teacher may read. You need not share anything: then leave the page.")
            )
        return shares


class PupilShareForm(ShareForm):
    home_may_read = forms.BooleanField(label=_("Those who look after me may read it too"), required=False)


class OwnPartForm(SeenForm):
    use_required_attribute = False

    proud = own_words(ALONE["proud"], rows=3)
    hard = own_words(ALONE["hard"], rows=3)
    goal = own_words(ALONE["goal"], rows=2)
    ask = own_words(ALONE["ask"], rows=2)
    kept = own_words(_("What I do not share"), _("Only you can read this."), rows=3)

    @classmethod
    def values_of(cls, part):
        return {name: getattr(part or Preparation(), name) for name in cls.base_fields}


class ChildForm(OwnPartForm):
    """The same on an adult's phone: it opens empty, and goes to the teacher when it is sent."""

    kept = own_words(
        _("What I do not share"),
        _("Only you can read this, when you sign in yourself. It is not shown on this phone again."),
        rows=3,
    )
    home_may_read = forms.BooleanField(label=_("Those who look after me may read what I tell"), required=False)

    def __init__(self, *args, private, **kwargs):
        super().__init__(*args, **kwargs)
        if not private:
            del self.fields["kept"]

    def clean(self):
        values = super().clean()
        if not any(values.get(name) for name in ALONE):
            raise forms.ValidationError(_("Write a few words in one of the boxes, and tell your teacher then."))
        return values


class PupilTalkForm(SeenForm):
    use_required_attribute = False

    held_on = forms.DateField(label=PupilTalk._meta.get_field("held_on").verbose_name, widget=forms.DateInput)
    wellbeing = forms.ChoiceField(
        label=PupilTalk._meta.get_field("wellbeing").verbose_name,
        choices=PupilTalk.Wellbeing,
        widget=forms.RadioSelect,
        required=False,
    )
    own_words = forms.CharField(
        label=PupilTalk._meta.get_field("own_words").verbose_name,
        max_length=MOST,
        required=False,
        help_text=_("In the pupil's own words. Read it aloud, and ask whether you may say it in the talk."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    notes = forms.CharField(
        label=PupilTalk._meta.get_field("notes").verbose_name,
        max_length=2000,
        required=False,
        help_text=_("You and the pupil can read them. Those at home cannot."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    @classmethod
    def values_of(cls, talk, today):
        return {name: getattr(talk or PupilTalk(held_on=today), name) for name in cls.base_fields}


def values_of(preparation, step):
    own = preparation or Preparation()
    return {name: getattr(own, name) for name in STEPS[step].base_fields}
