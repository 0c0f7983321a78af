"""The rules that a municipality usually refers to when it opens a scheme. From then on it edits and dates them itself."""

import json
from pathlib import Path

REFERENCES = Path(__file__).with_name("references.json")


def usual_references() -> list[dict]:
    """For `actions.add_rules`: the grounds of the scheme, and the law in force when this was written."""
    return json.loads(REFERENCES.read_text(encoding="utf-8"))
