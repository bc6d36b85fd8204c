"""The calendar for administrators: every special day may be corrected, none is deleted."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from portal.calendar import table
from portal.calendar.days import DayKind
from portal.calendar.models import Day, DayChange


class HistoryInline(admin.TabularInline[DayChange, Day]):
    """Everything a day was, the latest first."""

    model = DayChange
    fields = readonly_fields = ("moment", "by", "kind", "name_vi", "decision")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """History is written by the table."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """History is not rewritten."""
        return False


@admin.register(Day)
class DayAdmin(admin.ModelAdmin[Day]):
    """Special days; what is corrected here is never filled again."""

    list_display = ["date", "kind", "name_vi", "name_en", "decision", "changed_by"]
    list_filter = ["kind"]
    date_hierarchy = "date"
    inlines = [HistoryInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Day | None = None) -> tuple[str, ...]:
        """A day stays the day it is."""
        return ("date",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Day | None = None) -> bool:
        """A deleted day would come back with the next night; it is made a day like any other."""
        return False

    def save_model(self, request: HttpRequest, obj: Day, form: Any, change: bool) -> None:
        """Let the table write, which keeps who and when."""
        table.correct(
            obj.date,
            kind=DayKind(obj.kind),
            name_vi=obj.name_vi,
            name_en=obj.name_en,
            decision=obj.decision,
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
