"""Files that were made to hurt."""

import io
import time
import zipfile
from contextlib import suppress

import pytest

from portal.rosters import values
from portal.rosters.reading import read_roster
from portal.rosters.records import RosterError
from tests.portal.rosters.conftest import FILES


@pytest.mark.parametrize("name", ["", ".", "./", "//", "C:", "\x00", "../x.csv", "/etc/x.csv", "a\\..\\x.csv"])
def test_a_member_of_any_name_is_refused_or_passed_over(tmp_path, name):
    path = tmp_path / "roster.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in FILES.items():
            archive.writestr(file, text)
        member = zipfile.ZipInfo("x")
        member.filename = name
        archive.writestr(member, "x")

    with suppress(RosterError):
        read_roster(path)


def test_a_header_of_a_million_columns_is_refused_at_once(tmp_path):
    path = tmp_path / "roster.zip"
    wide = ",".join(f"sourcedI{number:x}" for number in range(1_000_000))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, text in FILES.items():
            archive.writestr(file, f"{wide}\n" if file == "users.csv" else text)
    began = time.process_time()

    with pytest.raises(RosterError):
        read_roster(path)

    assert time.process_time() - began < 5


def test_a_zip_within_a_zip_is_not_opened(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("users.csv", FILES["users.csv"])
    path = tmp_path / "roster.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("roster.zip", inner.getvalue())

    with pytest.raises(RosterError):
        read_roster(path)


@pytest.mark.parametrize("text", ["åse@example.org", "a@x..no", f"a@{'b' * 70}.no", "a(b@example.org", "a@-x.no"])
def test_an_address_that_no_mail_can_carry_is_left_out(text):
    """One of them would stop the mail to everybody who is written to in the same turn."""
    assert values.email(text) == ""


@pytest.mark.parametrize("text", ["ase@example.org", "a.b+c@skole.granvik.kommune.no", "post@blåbær.no"])
def test_an_address_that_a_mail_can_carry_is_kept(text):
    assert values.email(text) == text
