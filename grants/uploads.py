"""The field of a form that takes the files of a class. Nothing here saves."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.files import SoundFile, looked_through
from grants.models.files import NotAFile
from portal.text import forms

ACCEPT = ".pdf,.png,.jpg,.jpeg"
KINDS = gettext_lazy("Pictures (JPEG, PNG) or PDF, up to 10 MB each. Several at once will do.")


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Each as a `SoundFile`, or the `NotAFile` that says what is wrong with it."""

    widget = ManyFiles(attrs={"accept": ACCEPT, "multiple": True})
    default_error_messages = {"empty": gettext_lazy("The file is empty. Choose it anew.")}

    def to_python(self, data):
        return data or None

    def clean(self, data, initial=None):
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if self.required and not uploads:
            raise forms.ValidationError(self.error_messages["required"])
        try:
            return looked_through(uploads) if uploads else []
        except NotAFile:
            raise forms.ValidationError(
                _("It takes too much time or memory to look at these files. Add them one by one.")
            ) from None


class TakesFiles:
    """A form with a field `files`. What is `sound` is known even when another file or field is not."""

    sound = ()

    def clean_files(self):
        found = self.cleaned_data["files"]
        self.sound = [one for one in found if isinstance(one, SoundFile)]
        if wrong := [one for one in found if isinstance(one, NotAFile)]:
            raise forms.ValidationError([forms.ValidationError(str(one)) for one in wrong])
        return self.sound
