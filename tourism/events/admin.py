"""The tourist office's desk for events."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tourism.events import changes
from tourism.events.models import Event

# Made by the library from the fields of an event.
EventVersion = apps.get_model("events", "EventVersion")


class VersionInline(admin.TabularInline[Any, Event]):
    """Every version the event had, the latest first; nobody changes them."""

    model = EventVersion
    fk_name = "pgh_obj"
    verbose_name_plural = _("versions")
    fields = readonly_fields = (
        "written",
        "who",
        "state",
        "name_vi",
        "starts",
        "ends",
        "rule",
        "left_out",
        "place",
    )
    ordering = ["-pgh_id"]
    extra = 0
    can_delete = False

    @admin.display(description=_("written"))
    def written(self, version: Any) -> str:
        """Return when the version was written."""
        return date_format(timezone.localtime(version.pgh_created_at), "d/m/Y H:i")

    @admin.display(description=_("who"))
    def who(self, version: Any) -> str:
        """Return who wrote the version."""
        context = version.pgh_context
        return str(context.metadata.get("username", "")) if context else ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch who wrote them along."""
        return super().get_queryset(request).select_related("pgh_context")

    def has_view_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """Whoever sees the event sees its versions."""
        return request.user.has_perm("events.view_event")

    def has_add_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """Return False: versions come by themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """Return False: nobody changes what was."""
        return False


@admin.register(Event)
class EventAdmin(admin.ModelAdmin[Event]):
    """Events are written, published and cancelled here; the public is never left with a hole, so none is deleted."""

    list_display = ["name_vi", "starts", "rule", "place", "state"]
    list_filter = ["state", "free"]
    search_fields = ["code", "name_vi", "name_en"]
    date_hierarchy = "starts"
    inlines = [VersionInline]
    fieldsets = [
        (None, {"fields": ["name_vi", "name_en", "code", "description_vi", "description_en"]}),
        (_("When"), {"fields": ["all_day", "starts", "ends", "rule", "left_out"]}),
        (_("Where"), {"fields": ["place", "address", "lon", "lat"]}),
        (_("Price and contact"), {
            "fields": ["free", "price_vi", "price_en", "organiser_vi", "organiser_en", "phone", "website", "source"]
        }),
        (_("For the public"), {"fields": ["state", "reason_vi", "reason_en"]}),
    ]  # fmt: skip

    def get_prepopulated_fields(self, request: HttpRequest, obj: Event | None = None) -> dict[str, Any]:
        """Propose a code for a new event."""
        return {} if obj else {"code": ("name_vi",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Event | None = None) -> tuple[str, ...]:
        """Keep the address of an event for ever."""
        return ("code",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Event, form: ModelForm[Event], change: bool) -> None:
        """Write through the one writer."""
        if form.has_changed():
            assert request.user.is_authenticated
            changes.save(obj, by=request.user, now=timezone.now())
