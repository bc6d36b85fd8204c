"""Categories are data that staff may correct."""

from django.contrib import admin

from tourism.models import Category


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin[Category]):
    """The tree of groups and kinds."""

    list_display = ["code", "group", "name_vi", "name_en", "schema_type", "icon"]
    list_filter = ["group"]
    search_fields = ["code", "name_vi", "name_en"]
