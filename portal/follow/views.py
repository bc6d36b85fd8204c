"""The public doors of following. No cookie is set: nobody is signed in, and the link of a letter is the only key."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.changes.subjects import find_subject
from portal.desk.limits import TooManyError
from portal.follow import follows
from portal.follow.forms import FollowForm
from portal.origin import is_foreign


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Take an address; the answer is the same whether it is known or not."""
    if request.method != "POST":
        address = request.GET.get("subject", "")[:170]
        form = FollowForm(initial={"subject": address}, label_suffix="")
        return _form(request, form, address)
    form = FollowForm(request.POST, label_suffix="")
    if is_foreign(request):
        form.add_error(None, _("This form was sent from another site. Open the page here and send it again."))
    if not form.is_valid() or form.found is None:
        return _form(request, form, request.POST.get("subject", ""), status=400)
    try:
        follows.ask(
            form.found,
            email=form.cleaned_data["email"],
            language="en" if get_language() == "en" else "vi",
            sender=get_adapter().get_client_ip(request),
            now=timezone.now(),
        )
    except TooManyError as refused:
        minutes = -(-refused.wait_s // 60)
        form.add_error(None, _("Too many requests. Try again in %(minutes)s minutes.") % {"minutes": minutes})
        return _form(request, form, form.found.address, status=429)
    return redirect("follow-sent")


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a letter is on its way."""
    return render(request, "follow/sent.html", {"hours": int(follows.CONFIRM_WITHIN.total_seconds() // 3600)})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button, since mail programs open links on their own; confirm when it is pressed."""
    now = timezone.now()
    try:
        if request.method == "POST":
            found = follows.confirm(token, on=timezone.localdate(now), now=now)
        else:
            found = follows.find_to_confirm(token, now=now)
    except follows.BadLink:
        return render(request, "follow/incomplete.html", status=404)
    except follows.ExpiredError:
        return render(request, "follow/expired.html", status=410)
    return render(request, "follow/confirm.html", {"follow": found, "subject": find_subject(str(found))})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button; stop and forget the address when it is pressed, or when a mail program does (RFC 8058)."""
    try:
        if request.method == "POST":
            follows.stop(token)
        found = follows.find_to_stop(token)
    except follows.BadLink:
        return render(request, "follow/incomplete.html", status=404)
    return render(request, "follow/stop.html", {"follow": found})


def _form(request: HttpRequest, form: FollowForm, address: str, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "subject": address, "found": find_subject(address) if address else None}
    return render(request, "follow/follow.html", context, status=status)
