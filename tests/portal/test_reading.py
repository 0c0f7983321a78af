"""A stranger's file is read in a process of its own: it comes back as data, or as words, and never takes the machine."""

import os
import pickle
import time
from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from portal.actions import Refusal
from portal.checkout.management.commands import bench
from portal.reading import MEGABYTE, Limits, _Plain, read
from principles import reading as principles
from principles.outline import read_outline
from principles.reading import LONGEST

LIMITS = Limits(seconds=20, memory=300 * MEGABYTE, answer=MEGABYTE)


class Wrong(Refusal):
    pass


class Locked(Refusal):
    pass


def doubles(number):
    print("whatever a library prints")
    return {"twice": number * 2, "on": date(2026, 11, 28), "names": {"Åse"}}


def refuses():
    raise Locked(_("Saved."))


def stumbles(text):
    return {}[text]


def eats_memory():
    return len([bytes(MEGABYTE) for _ in range(2000)])


def answers_too_much():
    return "x" * (3 * MEGABYTE)


def never_ends():
    while True:
        pass


def sleeps():
    time.sleep(60)


def nests():
    return nests()


def dies():
    os._exit(9)


def tells_its_environment():
    return dict(os.environ)


def answers_a_call():
    return Call()


class Call:
    def __reduce__(self):
        return os.system, ("true",)


def ask(reader, *given, limits=LIMITS):
    return read(reader, *given, limits=limits, refusal=Wrong)


def test_what_was_read_comes_back_as_data():
    assert ask(doubles, 21) == {"twice": 42, "on": date(2026, 11, 28), "names": {"Åse"}}


def test_a_refusal_comes_back_as_itself_in_the_language_of_whoever_asks():
    with translation.override("da"), pytest.raises(Locked, match="Gemt"):
        ask(refuses)


@pytest.mark.parametrize("reader", [eats_memory, answers_too_much, dies, nests])
def test_what_takes_too_much_is_refused_in_words(reader):
    with translation.override("en"), pytest.raises(Wrong, match="more time or memory"):
        ask(reader)


@pytest.mark.parametrize("reader", [never_ends, sleeps])
def test_what_never_ends_is_ended(reader):
    with translation.override("en"), pytest.raises(Wrong, match="more time or memory"):
        ask(reader, limits=Limits(seconds=3, memory=300 * MEGABYTE, answer=MEGABYTE))


def test_what_a_reader_stumbles_over_is_refused_in_words_and_stays_out_of_the_log(caplog):
    with translation.override("en"), pytest.raises(Wrong, match="could not be read"):
        ask(stumbles, "Nora Vik")

    assert "KeyError at test_reading.py" in caplog.text
    assert "Nora" not in caplog.text


def test_the_child_knows_no_key_and_no_database():
    known = {
        "PATH",
        "LC_ALL",
        "LC_CTYPE",
        "DJANGO_SETTINGS_MODULE",
    }  # the last is a name, and its settings are never read

    assert set(ask(tells_its_environment)) <= known


@pytest.mark.parametrize("wanted", [os.system, eval, Refusal, pickle.loads])
def test_an_answer_can_call_nothing(wanted, tmp_path):
    (tmp_path / "answer").write_bytes(pickle.dumps(wanted))

    with (tmp_path / "answer").open("rb") as answer, pytest.raises(pickle.UnpicklingError):
        _Plain(answer, "tests.portal").load()


def test_an_answer_that_is_no_data_is_refused():
    with pytest.raises(Wrong):
        ask(answers_a_call)


def reads_all(texts):
    return [len(read_outline(text).as_text()) > 0 for text in texts]


@pytest.mark.slow
def test_the_longest_text_of_every_shape_together_takes_no_more_than_one_text_may():
    """One of them took 275 seconds."""
    shapes = bench.load("reading")
    texts = [shapes.text(unit, LONGEST) for unit in shapes.SHAPES.values()]

    assert all(ask(reads_all, texts, limits=principles.LIMITS))
