"""Categories and ready-made days are data that staff may correct."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tourism.models import Category, Place, ReadyRoute, RouteStop


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin[Category]):
    """The tree of groups and kinds."""

    list_display = ["code", "group", "name_vi", "name_en", "schema_type", "icon"]
    list_filter = ["group"]
    search_fields = ["code", "name_vi", "name_en"]


class RouteStopForm(forms.ModelForm[RouteStop]):
    """A stop whose place is in the register; one that left it later may stay, and the public sees that it is gone."""

    def clean_place(self) -> str:
        """Refuse a code no live place has."""
        code: str = self.cleaned_data["place"]
        if "place" in self.changed_data and not Place.objects.live().filter(code=code).exists():
            raise forms.ValidationError(_("There is no such place. Search it by name and copy the code of its page."))
        return code


class RouteStopInline(admin.TabularInline[RouteStop, ReadyRoute]):
    """The stops of a day in their order, with the names their codes stand for."""

    model = RouteStop
    form = RouteStopForm
    extra = 3
    fields = ("position", "place", "name", "stay_minutes")
    readonly_fields = ("name",)

    @admin.display(description=_("Name"))
    def name(self, stop: RouteStop) -> str:
        """Return the name of the place, or that it is gone."""
        place = Place.objects.live().filter(code=stop.place).first()
        return place.name if place else str(_("no longer listed")) if stop.place else ""


@admin.register(ReadyRoute)
class ReadyRouteAdmin(admin.ModelAdmin[ReadyRoute]):
    """Days out the tourist office proposes."""

    list_display = ["title_vi", "title_en", "mode", "published", "position"]
    list_editable = ["published", "position"]
    search_fields = ["title_vi", "title_en"]
    inlines = [RouteStopInline]
