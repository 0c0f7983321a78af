"""Which point says whom families turn to first, as a school chooses it."""

from portal.clauses import points_to_choose
from portal.people.overtaken import SeenForm
from portal.text import forms
from principles.guide.models import FirstContact


class FirstContactForm(SeenForm):
    point = forms.TypedChoiceField(
        label=FirstContact._meta.get_field("point").verbose_name, coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["point"].choices = points_to_choose(school)

    @classmethod
    def values_of(cls, chosen):
        return {"point": chosen.point_id if chosen else None}
