"""Calendar files: whole days become holidays, everything else is left out and counted, and a wrong file is refused in
words."""

from datetime import date, timedelta

import pytest

from portal.schoolyear.reading import Unreadable, read_apart, read_holidays

TODAY = date(2026, 8, 20)
ZONE = "Europe/Oslo"


def calendar(*entries):
    inner = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{one}\r\nEND:VEVENT\r\n" for n, one in enumerate(entries))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{inner}END:VCALENDAR\r\n".encode()


def day(name="Høstferie", first="20261005", last="20261010", **more):
    lines = [f"SUMMARY:{name}", f"DTSTART;VALUE=DATE:{first}", *([f"DTEND;VALUE=DATE:{last}"] if last else [])]
    return "\r\n".join([*lines, *(f"{key.upper()}:{value}" for key, value in more.items())])


def read(*entries):
    return read_holidays(calendar(*entries), TODAY, ZONE)


def test_the_end_of_a_whole_day_is_the_day_before_the_next():
    assert read(day()).days == [(date(2026, 10, 5), date(2026, 10, 9), "Høstferie")]


@pytest.mark.parametrize(
    ("entry", "last"),
    [
        (day(last=""), 5),
        (day(last="20261005"), 5),
        (day(last="", duration="P5D"), 9),
        ("SUMMARY:x\r\nDTSTART:20261005T000000\r\nDTEND:20261010T000000", 9),
        ("SUMMARY:x\r\nDTSTART:20261004T220000Z\r\nDTEND:20261009T220000Z", 9),
        ("SUMMARY:x\r\nDTSTART;TZID=Europe/Oslo:20261005T000000\r\nDTEND;TZID=Europe/Oslo:20261010T000000", 9),
    ],
)
def test_days_are_read_however_a_program_writes_them(entry, last):
    [(first, ended, _name)] = read(entry).days
    assert (first, ended) == (date(2026, 10, 5), date(2026, 10, last))


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("SUMMARY:Meeting\r\nDTSTART:20261005T180000\r\nDTEND:20261005T200000", "timed"),
        ("SUMMARY:Meeting\r\nDTSTART:20261005T180000", "timed"),
        (day(rrule="FREQ=YEARLY"), "repeated"),
        (day(first="20260601", last="20260602"), "far"),
        (day(first="20300601", last="20300602"), "far"),
        (day(name=""), "odd"),
        (day(status="CANCELLED"), "odd"),
        (day(last="20270301"), "odd"),
        (day(first="20280820", last=""), "far"),  # what can be read can be saved: two years on is too far for both
        ("SUMMARY:x\r\nDTSTART;VALUE=PERIOD:20261005T000000/20261006T000000", "odd"),
        ("SUMMARY:x\r\nDTSTART;VALUE=TIME:000000", "odd"),
        ("SUMMARY:No day", "odd"),
        ("SUMMARY:Wrong\r\nDTSTART;VALUE=DATE:20261399", "odd"),
        ("SUMMARY:Twice\r\nDTSTART;VALUE=DATE:20261001\r\nDTSTART;VALUE=DATE:20261002", "odd"),
    ],
)
def test_what_is_no_holiday_is_left_out_and_counted(entry, why):
    found = read(day(), entry)
    assert len(found.days) == 1
    assert {name: getattr(found, name) for name in ("timed", "repeated", "far", "odd")} == {
        **dict.fromkeys(("timed", "repeated", "far", "odd"), 0),
        why: 1,
    }
    with pytest.raises(Unreadable):
        read(entry)


def test_days_come_in_order_once_each_and_one_that_has_begun_stays():
    found = read(day(), day(), day(name="Now", first="20260817", last="20260822"))
    assert [name for _first, _last, name in found.days] == ["Now", "Høstferie"]


def test_names_are_clean_and_short():
    [(_first, _last, name)] = read(day(name="\u202eSommer\\n ferie" + "x" * 200)).days
    assert name.startswith("Sommer ferie")
    assert len(name) == 80


def test_of_several_names_the_first_is_read():
    [(_first, _last, name)] = read(day() + "\r\nSUMMARY:Autumn").days
    assert name == "Høstferie"


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n\r\n"])
def test_lines_end_as_they_like(line_end):
    content = calendar(day()).decode().replace("\r\n", line_end).encode()
    assert [name for _first, _last, name in read_holidays(content, TODAY, ZONE).days] == ["Høstferie"]


def test_a_file_that_was_cut_off_is_called_damaged_and_not_empty():
    with pytest.raises(Unreadable, match="skadet"):
        read_holidays(calendar(day(), day(name="Vinterferie"))[:-40], TODAY, ZONE)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_letters_are_right_in_every_encoding(encoding):
    content = calendar(day(name="Påskeferie")).decode().encode(encoding)
    assert read_holidays(content, TODAY, ZONE).days[0][2] == "Påskeferie"


def test_several_calendars_in_one_file_are_read():
    assert len(read_holidays(calendar(day()) + calendar(day(name="Vinterferie")), TODAY, ZONE).days) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \r\n ",
        b"PK\x03\x04" + bytes(200),
        b"%PDF-1.7",
        b"<html></html>",
        b"BEGIN:VCARD\r\nEND:VCARD\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n",
        calendar(),
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 5000,
        b"BEGIN:VCALENDAR\r\n" + b"\0" * 1000,
        b"\xff\xfe" + b"\xd8" * 31,
    ],
    ids=range(12),
)
def test_a_wrong_file_is_refused_in_words(content):
    with pytest.raises(Unreadable) as refused:
        read_apart(content, TODAY, ZONE)
    assert str(refused.value).endswith(".")


def test_more_than_a_school_has_is_refused():
    many = [day(first=f"{TODAY + timedelta(days=n):%Y%m%d}", last="", name=f"Day {n}") for n in range(301)]
    with pytest.raises(Unreadable):
        read_apart(calendar(*many), TODAY, ZONE)


def test_a_file_is_read_in_a_process_of_its_own_and_comes_back_as_data():
    found = read_apart(calendar(day(), day(rrule="FREQ=YEARLY")), TODAY, ZONE)
    assert found.days == [(date(2026, 10, 5), date(2026, 10, 9), "Høstferie")]
    assert found.repeated == 1
