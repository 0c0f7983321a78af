"""The parts, the forms and the words for dates and money, as people will read them."""

import datetime
import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from portal import speech
from portal.home.context import Hat, page
from portal.home.errors import server_error
from portal.home.gallery import GalleryForm, gallery

TALK = datetime.datetime(2026, 11, 12, 15, 40, tzinfo=datetime.UTC)
OSLO = "Europe/Oslo"
NO_BREAK = {ord("_"): "\u00a0"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(speech.timezone, "localdate", lambda: datetime.date(2026, 11, 3))


def drawn(text, **names):
    return Template("{% load skolebro %}" + text).render(Context(names))


# --- words ---


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "torsdag 12._november kl._16.40"),
        ("nn", "torsdag 12._november kl._16.40"),
        ("da", "torsdag den 12._november kl._16.40"),
        ("en", "Thursday 12_November at 16:40"),
    ],
)
def test_when_says_day_and_clock_in_the_zone_of_the_school(language, said):
    with translation.override(language):
        assert speech.when(TALK, OSLO) == said.translate(NO_BREAK)


def test_when_takes_a_school():
    class School:
        time_zone = "Atlantic/Faroe"

    with translation.override("da"):
        assert speech.clock(TALK, School()) == "15.40"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "lørdag 12._juni 2027"),
        ("nn", "laurdag 12._juni 2027"),
        ("da", "lørdag den 12._juni 2027"),
        ("en", "Saturday 12_June 2027"),
    ],
)
def test_day_says_the_year_when_it_is_far_away(language, said):
    with translation.override(language):
        assert speech.day(datetime.date(2027, 6, 12)) == said.translate(NO_BREAK)


def test_period_ends_with_a_clock_on_the_same_day():
    with translation.override("nb"):
        end = TALK + datetime.timedelta(hours=2)
        assert speech.period(TALK, end, OSLO) == "torsdag 12._november kl._16.40–18.40".translate(NO_BREAK)


def test_period_says_both_days():
    with translation.override("nb"):
        end = TALK + datetime.timedelta(days=1)
        assert speech.period(TALK, end, OSLO) == (
            "torsdag 12._november kl._16.40 – fredag 13._november kl._16.40".translate(NO_BREAK)
        )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", ["tor 12", "12. november 2026", "12.11.2026", "november 2026"]),
        ("nn", ["tor 12", "12. november 2026", "12.11.2026", "november 2026"]),
        ("da", ["tor 12", "12. november 2026", "12.11.2026", "november 2026"]),
        ("en", ["Thu 12", "12 November 2026", "12/11/2026", "November 2026"]),
    ],
)
def test_a_day_is_said_short_or_with_its_year(language, said):
    with translation.override(language):
        on = TALK.date()
        assert [speech.day_short(on), speech.dated(on), speech.dated_short(on), speech.month(on)] == said


def test_a_moment_is_said_as_the_day_on_the_wall():
    """Half past eleven at night in UTC, on the last day of November: in Oslo it is December, in Tórshavn not yet."""
    late = datetime.datetime(2026, 11, 30, 23, 30, tzinfo=datetime.UTC)
    says = (speech.day, speech.day_short, speech.dated, speech.dated_short, speech.month, speech.month_short)

    with translation.override("nb"):
        in_oslo = [say(late, OSLO) for say in says]
        in_faroe = [say(late, "Atlantic/Faroe") for say in says]

    december = ["tirsdag 1._desember", "tir 1", "1. desember 2026", "01.12.2026", "desember 2026", "des"]
    november = ["mandag 30._november", "man 30", "30. november 2026", "30.11.2026", "november 2026", "nov"]
    assert in_oslo == [said.translate(NO_BREAK) for said in december]
    assert in_faroe == [said.translate(NO_BREAK) for said in november]


@pytest.mark.parametrize("say", [speech.day, speech.day_short, speech.dated, speech.dated_short, speech.month])
def test_no_day_is_no_word(say):
    assert say(None) == ""


@pytest.mark.parametrize("language", ["nb", "nn", "da", "en"])
def test_month_short_fits_the_tile(language):
    with translation.override(language):
        assert [speech.month_short(datetime.date(2026, month, 1)) for month in (1, 11)] == ["jan", "nov"]


@pytest.mark.parametrize(
    ("ore", "nb", "en"),
    [
        (100000, "1000_kroner", "1000_kroner"),
        (9950, "99,50_kroner", "99.50_kroner"),
        (1200000, "12_000_kroner", "12_000_kroner"),
        (100, "1_krone", "1_krone"),
        (-5000, "−50_kroner", "−50_kroner"),
        (None, "", ""),
    ],
)
def test_money_is_whole_ore_in_words(ore, nb, en):
    for language, said in {"nb": nb, "nn": nb, "da": nb, "en": en}.items():
        with translation.override(language):
            assert speech.money(ore) == said.translate(NO_BREAK)


@pytest.mark.parametrize(("language", "said"), [("nb", "78_%"), ("nn", "78_%"), ("da", "78_%"), ("en", "78%")])
def test_percent_is_kept_together(language, said):
    with translation.override(language):
        assert speech.percent(78) == said.translate(NO_BREAK)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("+4761000000", "<bdi>+47_61_00_00_00</bdi>"),
        ("+4741234567", "<bdi>+47_412_34_567</bdi>"),
        ("+4512345678", "<bdi>+45_12_34_56_78</bdi>"),
        ("61 00 00 00", "<bdi>61_00_00_00</bdi>"),
        ("+48600700800", "<bdi>+48_600_700_800</bdi>"),
        ("", ""),
    ],
)
def test_phone_stands_in_groups_from_left_to_right(number, said):
    assert speech.phone(number) == said.translate(NO_BREAK)


def test_initials_are_the_first_and_the_last():
    assert [speech.initials(name) for name in ("Amina Noor Warsame", "Олександра Коваленко", "Nora", "")] == [
        "AW",
        "ОК",
        "N",
        "",
    ]


# --- parts ---


def test_a_fixed_part_is_written_once_in_each_language(settings):
    part = '{% fixed "parts/_offline.html" %}'
    with translation.override("nb"):
        here = drawn(part)
        assert drawn(part) == here
    with translation.override("da"):
        assert drawn(part) != here
    settings.DEBUG = True
    with translation.override("nb"):
        assert drawn(part) == here


def test_icon_is_decoration_and_turns_with_the_direction():
    assert drawn('{% icon "ArrowLeft" %}') == (
        '<svg class="sb-icon sb-flip" aria-hidden="true" focusable="false">'
        '<use href="/static/icons.svg#ArrowLeft"/></svg>'
    )


def test_status_is_an_icon_and_a_word():
    with translation.override("en"):
        text = drawn('{% status "last_day" %}')

    assert "#Clock" in text
    assert "Last day" in text


@pytest.mark.parametrize(
    ("part", "given", "shows"),
    [
        (
            "_empty",
            {"heading": "Nothing here", "url": "/x", "label": "Plan"},
            '<a class="ds-button" href="/x">Plan</a>',
        ),
        ("_alert", {"color": "warning", "text": "One family"}, 'data-color="warning"><p>One family</p>'),
        (
            "_facts",
            {"facts": [{"icon": "Calendar", "label": "When", "value": "<b>"}]},
            '<span class="ds-sr-only">When</span></dt><dd>&lt;b&gt;</dd>',
        ),
        ("_pairs", {"pairs": [{"label": "Talk", "value": "None", "status": "waiting"}]}, "#Hourglass"),
        (
            "_check",
            {"rows": [{"label": "Class", "value": "1A", "url": "/c"}]},
            '<span class="ds-sr-only">: Class</span>',
        ),
        (
            "_figures",
            {"label": "Answers", "figures": [{"number": 31, "word": "coming"}]},
            "<b>31</b><span>coming</span>",
        ),
        ("_meter", {"share": 78}, '<rect class="sb-meter__fill" width="78%"'),
        ("_bars", {"rows": [{"label": "1A", "share": 5, "value": "5 %"}]}, 'width="5%"'),
        ("_rowlist", {"rows": [{"url": "/t", "title": "Go"}]}, '<a class="sb-rowlink" href="/t">Go</a>'),
        ("_rowlist", {"rows": [{"url": "/t", "title": "Go", "date": TALK, "color": "grants"}]}, "<b>12</b>"),
        ("_shield", {"text": "The principal sees it."}, "#ShieldLock"),
        ("_saved", {"text": "Saved at 18.04."}, 'role="status"'),
        ("_back", {"url": "/up", "label": "Up"}, 'class="sb-back" href="/up"'),
        (
            "_tabs",
            {"label": "P", "color": "grants", "tabs": [{"label": "A", "url": "/a", "current": True}]},
            'aria-current="page"',
        ),
        (
            "_answers",
            {"name": "answer", "answers": [{"value": "no", "label": "No", "icon": "XMark"}]},
            'aria-pressed="false"',
        ),
        ("_avatar", {"name": "Nora Warsame", "child": True}, 'data-kind="child" aria-hidden="true">N</span>'),
    ],
)
def test_part_shows_what_it_is_given(part, given, shows):
    assert shows in render_to_string(f"parts/{part}.html", given)


def test_pager_keeps_the_other_choices():
    request = RequestFactory().get("/list?state=open&page=2")

    text = render_to_string("parts/_pager.html", {"page": Paginator(range(150), 50).page(2)}, request)

    assert 'href="?state=open&amp;page=3"' in text


# --- forms ---


class Application(forms.Form):
    plan = forms.CharField(label="What will you do?", help_text="Two sentences.", widget=forms.Textarea)
    account = forms.CharField(label="Account", required=False)
    cost = forms.IntegerField(label="Price")
    related = forms.ChoiceField(label="Related?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    sober = forms.BooleanField(label="Free of alcohol")


@pytest.fixture
def sent():
    with translation.override("en"):
        yield render_crispy_form(Application({"cost": "many"}))


def test_field_reads_label_help_control_error(sent):
    field = sent[sent.index('id="div_id_plan"') : sent.index('id="div_id_account"')]

    order = ["<label", 'id="id_plan-help"', "<textarea", 'id="id_plan-error"']
    assert [field.index(mark) for mark in order] == sorted(field.index(mark) for mark in order)
    assert 'aria-describedby="id_plan-help id_plan-error"' in field
    assert 'aria-invalid="true"' in field


def test_field_without_an_error_is_not_invalid(sent):
    field = sent[sent.index('id="div_id_account"') : sent.index('id="div_id_cost"')]

    assert "aria-invalid" not in field
    assert "(optional)" in field


def test_required_fields_have_no_mark(sent):
    assert sent.count("(optional)") == 1
    assert "*" not in sent


def test_summary_links_to_each_field_with_the_same_words(sent):
    summary = sent[sent.index('class="ds-error-summary"') : sent.index('id="div_id_plan"')]

    assert re.findall(r'href="#(\w+)">([^<]+)</a>', summary) == [
        ("id_plan", "Answer the question: What will you do?"),
        ("id_cost", "Price: Enter a whole number."),
        ("id_related_0", "Choose an answer: Related?"),
        ("id_sober", "Tick the box: Free of alcohol"),
    ]
    assert sent.count("Answer the question: What will you do?") == 2
    assert 'tabindex="-1" autofocus role="alert"' in summary
    assert "Error" in summary


def test_what_was_written_is_kept(sent):
    assert 'value="many"' in sent


def test_choices_are_cards_in_a_named_group(sent):
    group = sent[sent.index('id="div_id_related"') : sent.index('id="div_id_sober"')]

    assert re.search(r"<legend>Related\?\s*</legend>", group)
    assert group.count("ds-field sb-pick") == 2
    assert "sb-inline" in group


def test_layout_decides_the_order():
    form = Application()
    form.helper = FormHelper()
    form.helper.layout = Layout("cost", "plan")

    text = render_crispy_form(form)

    assert text.index("div_id_cost") < text.index("div_id_plan")
    assert 'class="sb-form"' in text
    assert "novalidate" in text


def test_step_and_picker_follow_from_the_field():
    text = render_crispy_form(GalleryForm())

    assert text.count("data-step=") == 2
    assert 'type="date"' in text
    assert '<span class="ds-field-affix">kroner</span>' in text


def test_search_has_nothing_optional():
    form = Application()
    form.helper = FormHelper()
    form.helper.form_method = "get"

    assert "(optional)" not in render_crispy_form(form)


# --- the frame ---


def test_page_without_a_login_has_no_hat_and_no_menu():
    names = page(RequestFactory().get("/"))

    assert (names["hat"], list(names["hats"]), list(names["menu"])) == (None, [], [])


def test_page_offers_the_languages_in_their_own_words():
    with translation.override("da"):
        spoken = page(RequestFactory().get("/"))["languages"]

    assert [(item.name, item.current) for item in spoken] == [
        ("Bokmål", False),
        ("Nynorsk", False),
        ("Dansk", True),
        ("English", False),
    ]


def test_band_says_whom_you_act_for():
    request = RequestFactory().get("/")
    request.hat = Hat(
        kind="class_contact", label="Class contact in 3B", key="class_contact", band="You are class contact for 3B"
    )
    request.hats, request.menu = [Hat(kind="parent", label="Guardian", key="parent"), request.hat], []

    text = render_to_string("base.html", request=request)

    assert 'class="sb-hat" data-color="gatherings"' in text
    assert "You are class contact for 3B" in text
    assert "<title> · Class contact in 3B · Skolebro</title>" in text


def test_frame_turns_with_the_language():
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl" data-color-scheme="auto">' in render_to_string("base.html")


@pytest.mark.django_db
def test_gallery_draws_everything(client, settings):
    settings.DEMO = True

    text = client.get("/gallery?errors=1").content.decode()

    assert text.count("<h1") == 1
    assert "style=" not in text
    assert gallery.open_to is not None


@pytest.mark.django_db
def test_gallery_is_not_there_in_production(client):
    assert client.get("/gallery").status_code == 404


# --- when something is not as it should be ---


@pytest.mark.django_db
def test_not_found_is_calm(client):
    answer = client.get("/no-such-page", headers={"accept-language": "en"})

    assert answer.status_code == 404
    assert "We cannot find this page" in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "429.html", "csrf_failed.html", "500.html"])
def test_error_pages_have_one_heading_and_a_language(name):
    with translation.override("nn"):
        text = render_to_string(name, {"number": "1f2e3d4c"})

    assert text.count("<h1") == 1
    assert '<html lang="nn" dir="ltr"' in text


def test_server_error_needs_no_database(rf):
    answer = server_error(rf.get("/somewhere"))

    assert answer.status_code == 500
    assert 'href="/somewhere"' in answer.content.decode()
    assert answer["HX-Retarget"] == "body"


@pytest.mark.django_db
def test_key_worn_out_is_explained():
    answer = Client(enforce_csrf_checks=True).post(
        "/account/login/", {"login": "nobody@example.no"}, headers={"accept-language": "en"}
    )

    assert answer.status_code == 403
    assert "The page stood open too long" in answer.content.decode()


# --- letters ---

LETTER = {
    "subject": "Are you coming?",
    "preheader": "One tap, and the answer is saved.",
    "heading": "Are you coming?",
    "paragraphs": ["We light a fire & bake bread."],
    "facts": [("When", "Saturday"), ("", "Free")],
    "buttons": [("Yes", "https://example.org/a?b=1&c=2"), ("No", "https://example.org/n")],
    "after": ["Answer by Sunday."],
    "closing": ["Jurgita", "class contact in 3B"],
    "footer": ["Do not send this on."],
    "links": [("Choose your messages", "https://example.org/m")],
    "school": "Bjørkåsen skole",
    "language": "nb",
    "dir": "ltr",
}


def test_mail_is_small_and_has_no_pictures():
    text = render_to_string("messaging/mail.html", LETTER)

    assert len(text.encode()) < 15_000
    assert "<img" not in text
    assert text.count('class="btn"') == 1
    assert "We light a fire &amp; bake bread." in text


def test_mail_as_text_says_the_same():
    text = render_to_string("messaging/mail.txt", LETTER)

    assert "We light a fire & bake bread." in text
    assert "Yes:\nhttps://example.org/a?b=1&c=2\n" in text
    for said in ("When: Saturday", "Free", "Answer by Sunday.", "class contact in 3B", "Do not send this on."):
        assert said in text


def test_mail_turns_with_the_language():
    text = render_to_string("messaging/mail.html", {**LETTER, "language": "ar", "dir": "rtl"})

    assert '<html lang="ar" dir="rtl">' in text
    assert "border-right:5px" in text


def test_dates_in_english_stand_as_they_do_in_europe():
    with translation.override("en"):
        assert speech.dated(datetime.date(2026, 11, 22)) == "22 November 2026"


# --- devices ---


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/143.0 Safari/537.36", "Chrome på Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/143.0 Mobile Safari/537.36", "Chrome på Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/143.0 Safari/537.36 Edg/143.0", "Edge på Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1",
            "Safari på iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox på Mac"),
        ("curl/8.5.0", "En nettleser vi ikke kjenner"),
        ("", "En nettleser vi ikke kjenner"),
    ],
)
def test_a_device_is_said_in_plain_words(user_agent, said):
    with translation.override("nb"):
        assert drawn("{{ what|device }}", what=user_agent) == said
