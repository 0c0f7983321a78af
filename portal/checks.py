"""What must hold before the portal starts."""

from django.core.checks import Error, register

from portal.access import undeclared


@register
def every_page_has_a_rule(app_configs, **kwargs):
    return [
        Error(f"/{path} has no rule.", hint="Put @page(open_to=...) on its view.", id="portal.E001") for path in undeclared()
    ]
