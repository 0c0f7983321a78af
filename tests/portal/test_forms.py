"""What a form is bound to."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import translation

from portal.forms import posted
from portal.text import forms

MAKE = RequestFactory()


class PaperForm(forms.Form):
    name = forms.CharField()
    file = forms.FileField()


def test_a_page_that_is_only_looked_at_has_no_mistakes():
    for request in (MAKE.get("/?name=Ada"), MAKE.head("/")):
        form = PaperForm(*posted(request))
        assert not form.is_valid()
        assert not form.errors


def test_sending_nothing_is_an_answer_too():
    assert PaperForm(*posted(MAKE.post("/"))).errors.keys() == {"name", "file"}


def test_files_are_sent_along():
    form = PaperForm(*posted(MAKE.post("/", {"name": "Ada", "file": SimpleUploadedFile("a.txt", b"a")})))

    assert form.is_valid()
    assert form.cleaned_data["file"].name == "a.txt"


class LetterForm(forms.Form):
    subject = forms.CharField(max_length=10)
    text = forms.CharField(max_length=10, widget=forms.Textarea)


def test_what_is_too_long_is_never_cut_off_and_comes_back_whole():
    long = "This is longer than ten"
    with translation.override("nb"):
        form = LetterForm(*posted(MAKE.post("/", {"subject": long, "text": long})))

        assert "maxlength" not in str(form)
        for name in ("subject", "text"):
            assert form.errors[name] == ["Skriv høyst 10 tegn. Du har skrevet 23. Ingenting er borte."]
            assert long in str(form[name])
