"""What every page with a form needs: what was sent to it, what kind of answer a field takes, and what is wrong in words.

    @page(open_to=rules.hosts)
    @WRITES
    def tip_edit(request, pk):
        tip = get_object_or_404(Tip.objects.visible_to(request.user), pk=pk)
        require(actions.change_tip.may(request.user, tip))
        form = TipForm(*posted(request), school=tip.school, shown=Shown(tip, TipForm.values_of))
        if form.is_valid():
            with refusals_as(form):
                actions.change_tip(tip, by=request.user, **form.cleaned_data)
                return redirect(tip)
        return render(request, "conferences/tip_edit.html", {"tip": tip, "form": form})

is the whole of a view whose page has a form. `page`, `WRITES` and `require` stand in `portal.access`, `refusals_as` in
`portal.actions`, `Shown` in `portal.people.overtaken`; a form that makes a new row is given no `shown`. A page without a
form is `require_safe`, or `require_POST` when it is one button, whose refusals are `refusals_shown`.
"""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import Field
from django.forms.widgets import DateTimeBaseInput
from django.utils.translation import gettext as _


def posted(request):
    """What to bind a form to: all that was sent, even when it is nothing; nothing on a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def kind(field):
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.MultiWidget):
        return "several"
    if widget.attrs.get("data-enhance") == "step":
        return "step"
    return "input"


def mistakes(field):
    """An empty answer, and an impossible number or date, name their question: in a summary, "required" and "at most 60"
    say nothing."""
    said = []
    for error in field.errors.as_data():
        if error.code == "required" and error.message == Field.default_error_messages["required"]:
            said.append(_missing(field))
        elif error.message in _of_the_library(field.field):
            said += [f"{str(field.label).rstrip('?')}: {text}" for text in error.messages]
        else:
            said += error.messages
    return said


def _of_the_library(field):
    if not isinstance(field.widget, forms.NumberInput | DateTimeBaseInput):
        return ()
    return MinValueValidator.message, MaxValueValidator.message, type(field).default_error_messages.get("invalid")


def _missing(field):
    if kind(field) == "choices":
        return _("Choose an answer: %(label)s") % {"label": field.label}
    if kind(field) == "checkbox":
        return _("Tick the box: %(label)s") % {"label": field.label}
    if str(field.label).endswith("?"):
        return _("Answer the question: %(label)s") % {"label": field.label}
    return _("Fill in: %(label)s") % {"label": field.label}
