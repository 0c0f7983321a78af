"""Who decides a text in its country, and what force it has, in words for whoever reads it. Paragraphs of the law change:
they stand in the table of references, with the day on which somebody looked."""

from django.utils.translation import gettext as _

from portal.people.models import School

NORWAY, DENMARK = School.Country.NORWAY, School.Country.DENMARK


def force_of(principle):
    """A line, or nothing where the country is not known."""
    country = principle.school.country if principle.school else None
    return _forces().get((country, principle.binding_kind)) or _forces().get((None, principle.binding_kind), "")


def _forces():
    return {
        (DENMARK, "board_principle"): _(
            "The school board lays it down, within the goals and frames of the municipality. The head carries it out, and the"
            " board supervises. It binds the school."
        ),
        (NORWAY, "board_principle"): _(
            "The school’s bodies have agreed on it. It guides the school, and the law gives it no force of its own."
        ),
        (DENMARK, "school_rules"): _("Decided by the school’s own bodies. Pupils must keep them."),
        (NORWAY, "school_rules"): _(
            "A regulation: decided by the municipality, or by the school where it has been given that task, and heard first."
            " Pupils must keep it."
        ),
        (NORWAY, "cooperation_plan"): _(
            "The school’s plan. The head answers for it, after it was talked about in the school’s bodies."
        ),
        (DENMARK, "cooperation_plan"): _("The school’s plan. The head answers for it, within the board’s principles."),
        (None, "parent_agreement"): _(
            "An agreement between parents. It is a promise, and nobody can be made to keep it."
        ),
    }
