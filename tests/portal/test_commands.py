"""The small commands of the house: translations without gettext, mail into a folder, benchmarks."""

import json
import os
import smtplib
import subprocess
import sys
import time
from contextlib import suppress
from email.message import EmailMessage
from gettext import GNUTranslations

import pytest
from django.core.management import CommandError, call_command

from portal.checkout.embedded import ROOT
from portal.checkout.local import free_port

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "%(count)s family"
msgid_plural "%(count)s families"
msgstr[0] "%(count)s familie"
msgstr[1] "%(count)s familier"
"""


def test_translations_are_compiled_again_when_they_change(tmp_path, settings):
    source = tmp_path / "nb" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)
    settings.LOCALE_PATHS = [tmp_path]

    call_command("translations")
    source.write_text(CATALOGUE.replace("familier", "heimar"))
    os.utime(source, (time.time() + 5, time.time() + 5))
    call_command("translations")

    with source.with_suffix(".mo").open("rb") as compiled:
        assert GNUTranslations(compiled).ngettext("%(count)s family", "%(count)s families", 2) == "%(count)s heimar"


def test_mailbox_keeps_what_comes_over_smtp(tmp_path):
    port = free_port()
    environ = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}", "STATE_DIR": str(tmp_path)}
    mailbox = subprocess.Popen([sys.executable, "manage.py", "mailbox"], cwd=ROOT, env=environ)
    letter = EmailMessage()
    letter["To"], letter["Subject"] = "åse@example.no", "Velkommen til klassetreff på Ås"
    letter.set_content("Kjære alle")
    try:
        send(letter, port)
    finally:
        mailbox.terminate()

    assert mailbox.wait(20) == 0
    kept = [file.read_bytes() for file in (tmp_path / "mail").glob("*.eml")]
    assert len(kept) == 1
    assert "Kjære alle".encode() in kept[0] or b"Kj=C3=A6re alle" in kept[0]


def send(letter, port, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(ConnectionError), smtplib.SMTP("127.0.0.1", port, timeout=5) as server:
            server.send_message(letter, "skole@example.no", "åse@example.no")
            return
        time.sleep(0.2)
    raise AssertionError("the mailbox did not answer")


@pytest.fixture
def benches(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "bench").mkdir()
    return tmp_path / "bench"


def test_bench_prints_one_json_object_last(benches, capsys, db):
    (benches / "walk.py").write_text(
        "def run(): return dict(name='walk', ours=2.0, limit=4.0, ratio=0.5, goal='>= 0.3')"
    )

    call_command("bench", "walk", "--json")

    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {
        "name": "walk",
        "ours": 2.0,
        "limit": 4.0,
        "ratio": 0.5,
        "goal": ">= 0.3",
    }


def test_bench_refuses_a_result_without_a_peer(benches, db):
    (benches / "alone.py").write_text("def run(): return dict(name='alone', ours=2.0, ratio=1, goal='fast')")

    with pytest.raises(CommandError, match="a limit or a peer"):
        call_command("bench", "alone")
