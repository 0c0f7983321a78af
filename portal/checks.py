"""What must hold before the portal starts."""

from django.conf import settings
from django.core.checks import Error, Tags, register

from portal.access import undeclared


@register
def every_page_has_a_rule(app_configs, **kwargs):
    return [
        Error(f"/{path} has no rule.", hint="Put @page(open_to=...) on its view.", id="portal.E001")
        for path in undeclared()
    ]


@register(Tags.security, deploy=True)
def nobody_real_lives_in_a_demo(app_configs, **kwargs):
    """In a demo anybody may be anybody. `manage.py demo` asks for that; what is deployed never does."""
    if not settings.DEMO or settings.DEBUG:
        return []
    return [
        Error("DEMO is on: anybody may act as anybody.", hint="Unset DEMO where people are real.", id="portal.E002")
    ]
