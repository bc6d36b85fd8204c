"""The desk's directory for administrators; reports themselves are worked on at /desk/ only."""

from django.contrib import admin

from portal.desk.models import Agency, Field, RoutingRule


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    """Agencies and their agents."""

    list_display = ["code", "name_vi", "name_en", "is_default"]
    filter_horizontal = ["members"]


@admin.register(Field)
class FieldAdmin(admin.ModelAdmin):
    """Fields of reports."""

    list_display = ["code", "name_vi", "name_en", "order", "sensitive", "active"]


@admin.register(RoutingRule)
class RoutingRuleAdmin(admin.ModelAdmin):
    """Which agency gets what."""

    list_display = ["field", "ward", "agency", "priority"]
