"""Which gatherings an award may be used for instead, and which awards nobody uses."""

from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import GrantApplication
from grants.queries.eligibility import homes_invited, some_left_out
from networks.models import Gathering


def not_told():
    """Cases under way whose gathering the class has not told of: afterwards the money belongs to that gathering."""
    return GrantApplication.objects.in_hand().filter(closing=None, report=None)


def why_not_for(application: GrantApplication, gathering: Gathering) -> str:
    scheme = application.scheme
    on = timezone.localtime(gathering.starts_at, application.school.zone).date()
    if gathering.is_cancelled:
        return _("This gathering is cancelled. Choose another one.")
    if gathering.starts_at < timezone.now():
        return _("This gathering has been held. Choose one to come.")
    if not scheme.starts_on <= on <= scheme.ends_on:
        return _("This gathering is outside the period of the scheme.")
    if gathering.kind == Gathering.Kind.THEME and not scheme.themes_allowed:
        return _("The support is for social gatherings, and not for theme evenings.")
    left_out = some_left_out(gathering, *homes_invited(gathering))
    return left_out.why if left_out else ""


def others_to_use(application: GrantApplication):
    """Those to come, of the class, in the period, without an application of their own."""
    scheme = application.scheme
    found = Gathering.objects.filter(
        school_class=application.school_class,
        starts_at__gte=timezone.now(),
        starts_at__date__range=(scheme.starts_on, scheme.ends_on),
        cancelled_at=None,
    ).exclude(grant_applications__in=GrantApplication.objects.alive())
    return (found if scheme.themes_allowed else found.exclude(kind=Gathering.Kind.THEME)).order_by("starts_at")


def awards_never_used():
    """The period is over, and the gathering was cancelled."""
    return (
        GrantApplication.objects.awarded()
        .with_names()
        .filter(gathering__cancelled_at__isnull=False, scheme__ends_on__lt=timezone.localdate())
    )
