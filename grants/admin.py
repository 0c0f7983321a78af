"""Schemes, budgets and rules are reference data and edited here; applications and decisions can only be viewed."""

from django.contrib import admin
from django.db import models

from grants.models import Decision, GrantApplication, GrantScheme, RuleReference, SchoolBudget
from grants.models.schemes import FIXED
from portal import doors
from portal.numbers import MoneyField, WholeNumberField

TYPED = {
    models.PositiveIntegerField: {"form_class": MoneyField},
    models.PositiveSmallIntegerField: {"form_class": WholeNumberField},
}


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class SchoolBudgetInline(admin.TabularInline):
    model = SchoolBudget
    extra = 0
    formfield_overrides = TYPED


@admin.register(GrantScheme)
class GrantSchemeAdmin(admin.ModelAdmin):
    list_display = ["title", "municipality", "country", "starts_on", "ends_on", "amount"]
    inlines = [SchoolBudgetInline]
    formfield_overrides = TYPED

    def get_readonly_fields(self, request, obj=None):
        """What classes rely on cannot be changed once it has opened."""
        return list(FIXED) if obj is not None and obj.has_opened else []

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(RuleReference)
class RuleReferenceAdmin(admin.ModelAdmin):
    list_display = ["label", "use", "language", "country", "valid_from", "valid_to"]
    list_filter = ["use", "language", "country"]


@admin.register(GrantApplication)
class GrantApplicationAdmin(ReadOnlyAdmin):
    list_display = ["case_number", "school", "school_class", "status", "submitted_at"]
    list_filter = ["status", "school"]
    list_select_related = ["school", "school_class"]
    fields = [
        "case_number",
        "school",
        "school_class",
        "scheme",
        "status",
        "amount_requested",
        "journal_number",
        "submitted_at",
        "taken_up_at",
        "transferred_at",
        "decided_at",
    ]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["application", "version", "result", "amount", "decided_at"]
    fields = ["application", "version", "corrects", "result", "amount", "rules", "conditions", "decided_at"]


doors.shows(GrantApplication, Decision)
doors.edits(GrantScheme)
doors.edits(RuleReference, removes=True)
