"""The form of a survey, made from its questions. Nothing of it is filled in, and nothing here saves."""

from django.utils.translation import gettext_lazy as _

from portal.surveys.models import Question
from portal.surveys.questions import Kind, in_this_language
from portal.text import forms


def field_of(question: Question):
    label = in_this_language(question.words)
    choices = [(str(place), in_this_language(one["text"])) for place, one in enumerate(question.options)]
    if question.kind == Kind.SEVERAL:
        several = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=several)
    if question.kind == Kind.TIME:
        return forms.ChoiceField(label=label, choices=[("", _("Not answered")), *choices], required=False)
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


class SurveyForm(forms.Form):
    """Every question can be left open, but not all of them: there is only one answer to give."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = {f"q{question.place}": question.place for question in questions}
        self.fields.update({f"q{question.place}": field_of(question) for question in questions})

    def clean(self):
        said = super().clean()
        answers = {}
        for name, place in self.names.items():
            chosen = said.get(name) or []
            answers[place] = [int(one) for one in ([chosen] if isinstance(chosen, str) else chosen)]
        if not self.errors and not any(answers.values()):
            raise forms.ValidationError(_("You have not answered any question yet."))
        return {"answers": answers}
