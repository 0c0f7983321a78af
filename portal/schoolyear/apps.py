from django.apps import AppConfig


class SchoolYearConfig(AppConfig):
    """What a school sets for its year, and what it plans in it."""

    name = "portal.schoolyear"
