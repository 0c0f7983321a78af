"""Django's models, with fields that clean what is stored, whatever stores it: a form, an import, an action or a test.

To migrations they are Django's own fields, since the column is the same.
"""

from django.db.models import *  # noqa: F403 these are Django's models, but for the fields below
from django.db.models import CharField as _CharField
from django.db.models import EmailField as _EmailField
from django.db.models import SlugField as _SlugField
from django.db.models import TextField as _TextField
from django.db.models import URLField as _URLField
from encrypted_fields.fields import EncryptedCharField as _EncryptedCharField
from encrypted_fields.fields import EncryptedTextField as _EncryptedTextField

from portal.text import clean


class Cleaned:
    """Stores no invisible characters, and finds rows even when the search holds some."""

    def to_python(self, value):
        return super().to_python(clean(value) if isinstance(value, str) else value)

    def get_prep_value(self, value):
        return super().get_prep_value(clean(value) if isinstance(value, str) else value)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, self.path, args, kwargs


class CharField(Cleaned, _CharField):
    path = "django.db.models.CharField"


class EmailField(Cleaned, _EmailField):
    path = "django.db.models.EmailField"


class SlugField(Cleaned, _SlugField):
    path = "django.db.models.SlugField"


class TextField(Cleaned, _TextField):
    path = "django.db.models.TextField"


class URLField(Cleaned, _URLField):
    path = "django.db.models.URLField"


class EncryptedCharField(Cleaned, _EncryptedCharField):
    path = "encrypted_fields.fields.EncryptedCharField"


class EncryptedTextField(Cleaned, _EncryptedTextField):
    path = "encrypted_fields.fields.EncryptedTextField"
