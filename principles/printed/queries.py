"""Which versions wait for their PDF, and whether a page may offer one."""

from principles.models import PrincipleVersion
from principles.printed.models import PrintedVersion


def to_print():
    versions = PrincipleVersion.objects.published().filter(printed=None)
    return versions.select_related("principle__school", "principle__municipality").order_by("published_at", "pk")


def digest_of(version):
    """Of the PDF, or nothing until a worker has made it."""
    return PrintedVersion.objects.filter(version=version).values_list("digest", flat=True).first()
