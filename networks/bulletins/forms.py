"""The shape of what is written to a class. Nothing here saves."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from networks.forms import label_of
from networks.models import Bulletin, BulletinQuestion
from networks.names.forms import TypedNamesForm
from portal.people.overtaken import SeenForm
from portal.text import forms


class BulletinForm(SeenForm):
    """People give a day and a time; the action gets a moment in the school's time zone."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=label_of(Bulletin, "kind"), choices=Bulletin.Kind, widget=forms.RadioSelect)
    title = forms.CharField(label=label_of(Bulletin, "title"), max_length=120)
    text = forms.CharField(
        label=label_of(Bulletin, "text"),
        max_length=Bulletin.LENGTH,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Never name a child. What has happened: the facts, what the school does, what to say at home, whom to call."
        ),
    )
    noticed_on = forms.DateField(
        label=label_of(Bulletin, "noticed_at"),
        required=False,
        widget=forms.DateInput,
        help_text=_(
            "Only needed when something has happened. The families see when it was noticed, and when they were told."
        ),
    )
    noticed_time = forms.TimeField(label=_("At what time?"), required=False, widget=forms.TimeInput)
    noticed_on.depends = noticed_time.depends = True  # on what kind of notice it is
    is_knowable = forms.BooleanField(
        label=label_of(Bulletin, "is_knowable"),
        required=False,
        help_text=_("Then the contact teacher reads it before it is sent."),
    )

    def __init__(self, *args, school, **kwargs):
        self.school = school
        super().__init__(*args, **kwargs)

    @classmethod
    def values_of(cls, bulletin):
        at = bulletin.noticed_at and bulletin.noticed_at.astimezone(bulletin.school_class.school.zone)
        return {
            **{name: getattr(bulletin, name) for name in ("kind", "title", "text", "is_knowable")},
            "noticed_on": at.date() if at else None,
            "noticed_time": at.time() if at else None,
        }

    def clean(self):
        said = super().clean()
        day, time = said.pop("noticed_on", None), said.pop("noticed_time", None)
        said["noticed_at"] = datetime.combine(day, time, tzinfo=self.school.zone) if day and time else None
        if bool(day) != bool(time) and not {"noticed_on", "noticed_time"} & self.errors.keys():
            self.add_error("noticed_time" if day else "noticed_on", _("Write both the day and the time."))
        elif said.get("kind") == Bulletin.Kind.HAPPENED and not day and "noticed_on" not in self.errors:
            self.add_error("noticed_on", _("Say when it was noticed: the families see how soon they were told."))
        return said


class ReturnForm(forms.Form):
    returned_because = forms.CharField(
        label=label_of(Bulletin, "returned_because"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only whoever wrote it reads this. Do not name a child here either."),
    )


class QuestionForm(forms.Form):
    text = forms.CharField(
        label=label_of(BulletinQuestion, "text"),
        max_length=BulletinQuestion.LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class QuestionAnswerForm(TypedNamesForm):
    field_order = ("answer", "not_names", "for_all")
    answer = forms.CharField(
        label=label_of(BulletinQuestion, "answer"),
        max_length=BulletinQuestion.LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    for_all = forms.ChoiceField(
        label=_("Who reads it?"),
        choices=[("", _("Only the home that asked")), ("yes", _("Everyone who reads the notice"))],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("For everyone, answer in your own words, so that nobody can tell who asked."),
    )
    read_by_all = ("answer",)
