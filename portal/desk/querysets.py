"""Who sees which report and photo: one function each, used by list, detail, photo and export alike."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from portal.desk import states

if TYPE_CHECKING:
    from portal.accounts.models import User


class ReportQuerySet(QuerySet[Any]):
    """Reports."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Reports of the user's agencies; all for those who may see all; none for everybody else."""
        if user.is_anonymous or not user.has_perm("desk.handle_report"):
            return self.none()
        if user.has_perm("desk.see_all_reports"):
            return self.all()
        return self.filter(agency__in=user.agencies.all())

    def open(self) -> Self:
        """Reports somebody still has to work on."""
        return self.filter(state__in=states.OPEN)


class PhotoQuerySet(QuerySet[Any]):
    """Photos."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Photos of reports the user may see, and those shown to the public."""
        from portal.desk.models import Report

        return self.filter(Q(public=True) | Q(report__in=Report.objects.visible_to(user)))
