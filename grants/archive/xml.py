"""What both XML forms of an archive are written with, and what they say alike of a case."""

from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.file_kinds import PDF

XSI = "http://www.w3.org/2001/XMLSchema-instance"
SYSTEM = "Skolebro"
FORMATS = {PDF: ("PDF/A-2a", "fmt/476"), "image/jpeg": ("JPEG", "fmt/43"), "image/png": ("PNG", "fmt/11")}


def format_of(paper):
    """The name of the format and its number in PRONOM. What kind of PDF somebody sent is not claimed."""
    return FORMATS[paper.kind] if paper.is_ours or paper.kind != PDF else ("PDF", None)


class Writer:
    """Elements of one namespace. `of` takes (name, value) pairs: a text, a list of such pairs, or None, which leaves
    it out."""

    def __init__(self, namespace):
        self.namespace = namespace

    def element(self, name, pairs, kind=""):
        made = ET.Element(f"{{{self.namespace}}}{name}", {f"{{{XSI}}}type": kind} if kind else {})
        for inner, value in pairs:
            if isinstance(value, ET.Element):
                made.append(value)
            elif isinstance(value, list):
                made.append(self.element(inner, value))
            elif value is not None:
                ET.SubElement(made, f"{{{self.namespace}}}{inner}").text = str(value)
        return made

    def document(self, root):
        ET.indent(root)
        return ET.tostring(root, encoding="utf-8", xml_declaration=True, default_namespace=self.namespace)


def system_id(*parts):
    """The same for the same thing each time."""
    return str(uuid5(NAMESPACE_URL, "/".join([settings.SITE_URL, "grants", *map(str, parts)])))


def moment(at, school):
    return timezone.localtime(at, school.zone).isoformat(timespec="seconds")


def written_on(at, school):
    return timezone.localtime(at, school.zone).date().isoformat()


def title_of(application):
    """Nobody is named in it: it stands in the public journal."""
    return _("Application for support for a gathering, class %(class)s") % {"class": application.school_class.name}


def handler_of(application):
    decision = application.decisions.latest_versions().select_related("decided_by").first()
    return decision.decided_by.full_name if decision else application.school.name
