"""Totals that the board and the principal read."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from grants.models import GrantApplication, GrantScheme
from portal.figures import Total, figure
from portal.people.models import SchoolClass


@figure(
    "grants.classes_with_award",
    label=_("Classes that used the support"),
    unit=_("classes"),
    smallest=1,  # a class and its award are public in the list of awards
    headline=True,
)
def classes_with_award(school, start, end):
    schemes = GrantScheme.objects.covering(school).filter(starts_on__lte=end, ends_on__gte=start)
    grades = {grade for scheme in schemes for grade in scheme.grades}
    eligible = SchoolClass.objects.filter(
        school=school, year__starts_on__lte=end, year__ends_on__gte=start, grades__overlap=sorted(grades)
    )
    awarded = GrantApplication.objects.awarded().filter(
        school_class=OuterRef("pk"), decided_at__date__gte=start, decided_at__date__lte=end
    )
    return Total.of(eligible, Exists(awarded))
