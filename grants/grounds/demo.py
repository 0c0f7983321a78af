from grants.grounds.actions import add_reason
from grants.grounds.usual import USUAL_REASONS
from grants.models import KeptReason


def add_reasons(town):
    starts = town.classes["sol-1A"].year.starts_on
    for said in USUAL_REASONS:
        add_reason(town.municipality, by=town.officer, is_ready=True, valid_from=starts, **said)
    add_reason(
        town.municipality,
        by=town.officer,
        title="Samlingen er allerede holdt",
        for_results=["rejected"],
        text_nb="Støtten må søkes om før samlingen.",
        valid_from=starts,
    )
    return KeptReason.objects.filter(municipality=town.municipality, is_ready=True)
