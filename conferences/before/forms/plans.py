"""The shape of a plan: one file or link for one child, or many files at once. Nothing here saves."""

from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.before.files import PlanFile, plan_file, plan_files, whose
from conferences.models import NotAPlan
from portal.text import forms

ACCEPT = ".pdf,.docx,.png,.jpg,.jpeg"
KINDS = gettext_lazy("PDF, Word (.docx), PNG or JPEG, up to 10 MB each.")


class WebAddressField(forms.URLField):
    """Web addresses only: any other scheme could open something on the family's own machine."""

    default_validators = (URLValidator(schemes=["http", "https"]),)


class PlanForm(forms.Form):
    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("The file"),
        required=False,
        help_text=KINDS,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    url = WebAddressField(
        label=gettext_lazy("Or a link to where it lies"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Those at home must be able to open it."),
    )
    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=120, required=False)

    def clean_file(self):
        return _checked(self.cleaned_data["file"])

    def clean(self):
        values = super().clean()
        if not self.errors and bool(values.get("file")) == bool(values.get("url")):
            raise forms.ValidationError(_("Choose a file or write a link: one of the two."))
        return values


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = ManyFiles(attrs={"accept": ACCEPT, "multiple": True})

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, list | tuple) else [data]
        if not any(uploads):
            raise forms.ValidationError(self.error_messages["required"], code="required")
        sound, mistakes = [], []
        for upload in uploads:
            try:
                sound.append(super().clean(upload, initial))
            except forms.ValidationError as error:
                mistakes.extend(error.error_list)
        try:
            found = plan_files(sound)
        except NotAPlan:
            raise forms.ValidationError(
                _("It takes too much time or memory to look at these files together. Add them one by one.")
            ) from None
        files = [file for file in found if isinstance(file, PlanFile)]
        mistakes += [forms.ValidationError(str(file)) for file in found if isinstance(file, NotAPlan)]
        if mistakes:
            raise forms.ValidationError(mistakes)
        return files


class PlansForm(forms.Form):
    use_required_attribute = False

    files = FilesField(label=gettext_lazy("The files"), help_text=KINDS)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.talks = {row.pupil: row.conference for row in rows}
        self.left_over = []

    def clean(self):
        values = super().clean()
        found = [(file, whose(file.name, self.talks)) for file in values.get("files", [])]
        self.left_over = [file.name for file, pupil in found if pupil is None]
        values["plans"] = [(self.talks[pupil], file) for file, pupil in found if pupil]
        if found and not values["plans"]:
            raise forms.ValidationError(
                _("We cannot tell whose these files are. Give each file the child's name, or add it by hand below.")
            )
        return values


def _checked(upload):
    if upload is None:
        return None
    try:
        return plan_file(upload)
    except NotAPlan as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
