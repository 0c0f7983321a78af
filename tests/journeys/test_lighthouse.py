"""What Lighthouse says of the page of a principle, on a telephone and at a desk."""

import json
import os
import shutil
import subprocess
from datetime import date

import pytest

from principles import actions
from principles.demo import HERE
from principles.outline import read_outline
from principles.tasks import print_versions
from tests import make
from tests.journeys.conftest import CHROMIUM
from tests.principles.conftest import publish

LIGHTHOUSE = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
JUDGED = ("accessibility", "best-practices")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(not LIGHTHOUSE, reason="no Lighthouse on this machine: npm install -g lighthouse@12.2.3")
@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_the_public_page_has_full_marks(live_server, tmp_path, kind):
    school = make.school("Skolen ved Engen", country="DK", language_form="da")
    head = make.holder("principal", school)
    outline = read_outline((HERE / "princip_da.txt").read_text())
    first = publish(actions.draft_principle(school, by=head, outline=outline), head)
    second = publish(actions.draft_revision(first.principle, by=head), head, date(2025, 8, 1), change_summary="Nyt.")
    print_versions()

    told = judged(live_server.url + second.principle.get_absolute_url(), tmp_path / "told.json", kind)

    lost = [
        f"{name}: {told['audits'][one['id']]['title']}"
        for name in JUDGED
        for one in told["categories"][name]["auditRefs"]
        if one["weight"] and told["audits"][one["id"]]["score"] not in (1, None)
    ]
    assert {name: told["categories"][name]["score"] for name in JUDGED} == dict.fromkeys(JUDGED, 1), lost


def judged(url, file, kind):
    asked = ["--quiet", "--output=json", f"--output-path={file}", f"--only-categories={','.join(JUDGED)}"]
    asked += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu", "--max-wait-for-load=60000"]
    asked += ["--preset=desktop"] if kind == "desk" else []
    environ = {**os.environ, "CHROME_PATH": CHROMIUM}
    subprocess.run([LIGHTHOUSE, url, *asked], env=environ, check=True, capture_output=True, timeout=300)
    return json.loads(file.read_text())
