"""Law: a law that is broken says what to do, each fault on a line of its own, and cuts nothing."""

import pytest

from tests.laws.verdict import allow_none


def test_each_fault_has_its_line_and_none_is_cut():
    wrong = [(f"networks/page{number}.py", "x" * 200) for number in range(60)]

    with pytest.raises(pytest.fail.Exception) as said:
        allow_none(wrong, "{} says {}: say less")

    assert str(said.value).splitlines() == [f"{name} says {text}: say less" for name, text in wrong]


def test_where_nothing_is_wrong_nothing_is_said():
    assert [allow_none(wrong) for wrong in ([], set(), {}, iter(()))] == [None] * 4
