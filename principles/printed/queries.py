"""Which versions wait for their PDF."""

from principles.models import PrincipleVersion


def to_print():
    versions = PrincipleVersion.objects.published().filter(printed=None)
    return versions.select_related("principle__school", "principle__municipality").order_by("published_at", "pk")
