"""Staff in the admin; its sign-in is the one of the site, second factor included."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from portal.accounts.models import User

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Staff as an administrator keeps them: roles for others, never rights beyond them, never for oneself."""

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Only the superuser, who exists for recovery, gives single rights or makes another superuser."""
        if request.user.is_superuser:
            return ()
        mine = obj is not None and obj.pk == request.user.pk
        return ("is_superuser", "user_permissions", *(("groups", "is_staff") if mine else ()))

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody but a superuser changes a superuser."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)
