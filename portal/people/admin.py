"""A window for the operator: schools, years and terms are reference data; people and events are only looked at."""

from django.contrib import admin

from portal import doors
from portal.ledger.models import Event
from portal.people import protection
from portal.people.models import Municipality, Person, Role, School, SchoolClass, SchoolYear, Term


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReferenceAdmin(admin.ModelAdmin):
    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Municipality)
class MunicipalityAdmin(ReferenceAdmin):
    list_display = ["name", "number"]


@admin.register(School)
class SchoolAdmin(ReferenceAdmin):
    list_display = ["name", "number", "municipality", "country", "language_form"]
    search_fields = ["name", "number"]


class TermInline(admin.TabularInline):
    model = Term
    extra = 0


@admin.register(SchoolYear)
class SchoolYearAdmin(ReferenceAdmin):
    list_display = ["school", "starts_on", "ends_on"]
    list_filter = ["school"]
    inlines = [TermInline]


@admin.register(SchoolClass)
class SchoolClassAdmin(ReadOnlyAdmin):
    list_display = ["name", "school", "year"]
    list_filter = ["school"]


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    """Enough to find an account: no address, no number, no date of birth, and nobody whose name is protected."""

    list_display = fields = ["id", "given_name", "family_name", "is_active", "is_staff", "last_login"]
    search_fields = ["given_name", "family_name"]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(pk__in=protection.covered())


@admin.register(Role)
class RoleAdmin(ReadOnlyAdmin):
    list_display = fields = [
        "person",
        "kind",
        "school",
        "school_class",
        "municipality",
        "state",
        "valid_from",
        "valid_to",
    ]
    list_filter = ["kind", "state"]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(person__in=protection.covered())


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "subject_type", "subject_id", "by"]
    search_fields = ["verb"]
    date_hierarchy = "at"


doors.shows(SchoolClass, Person, Role, Event)
doors.edits(Municipality, School, SchoolYear)
