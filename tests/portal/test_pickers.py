"""A field that the device has a picker for, and what was typed where it has none."""

import pytest

from portal.templatetags.skolebro_forms import control, part_controls
from portal.text import forms


class When(forms.Form):
    day = forms.DateField(widget=forms.DateInput)
    clock = forms.TimeField(widget=forms.TimeInput)
    begins = forms.DateTimeField(widget=forms.DateTimeInput)
    parts = forms.SplitDateTimeField()
    where = forms.URLField(assume_scheme="https")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("day", "12.11."),
        ("day", "2026-02-30"),
        ("day", "2026-2-3"),
        ("clock", "kl. 9"),
        ("clock", "25:00"),
        ("begins", "2026-11-12 16.40"),
    ],
)
def test_what_a_picker_cannot_show_stays_as_it_was_typed(field, typed):
    drawn = control(When({field: typed})[field])
    assert 'type="text"' in drawn
    assert f'value="{typed}"' in drawn


@pytest.mark.parametrize(
    ("field", "typed", "kind"),
    [("day", "2026-11-12", "date"), ("clock", "16:40", "time"), ("begins", "2026-11-12T16:40", "datetime-local")],
)
def test_what_it_can_show_stands_in_the_picker(field, typed, kind):
    for form in (When({field: typed}), When({field: ""}), When()):
        assert f'type="{kind}"' in control(form[field])


def test_each_part_of_a_day_and_a_clock_stays_for_itself():
    drawn = part_controls(When({"parts_0": "2026-11-12", "parts_1": "kl. 9"})["parts"])
    assert 'type="date" name="parts_0" value="2026-11-12"' in drawn
    assert 'type="text" name="parts_1" value="kl. 9"' in drawn
    assert part_controls(When()["parts"]).count('type="text"') == 0


def test_an_address_is_typed_without_its_scheme():
    assert 'type="text" name="where" value="skole.no"' in control(When({"where": "skole.no"})["where"])
