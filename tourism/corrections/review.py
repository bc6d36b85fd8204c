"""The stewards' doors: proposals side by side with what is published, the next edition, and links for owners."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourism.corrections import changes, proposals
from tourism.corrections.models import Correction, OwnerLink
from tourism.models import Place
from tourism.notices import NotAllowedError
from tourism.staged_messages import tell_staged

if TYPE_CHECKING:
    from portal.accounts.models import User

PAGE: Final = 20
View = Callable[..., HttpResponse]
State = Correction.State


def for_stewards(view: View) -> View:
    """Open the door to those who decide on corrections."""
    allowed = permission_required("corrections.review_correction", raise_exception=True)
    return never_cache(login_required(allowed(view)))


@require_safe
@for_stewards
def review(request: HttpRequest) -> HttpResponse:
    """List proposals of one state, the oldest waiting first; with the accepted ones, what the next edition takes."""
    state = request.GET.get("state", State.PROPOSED)
    if state not in State.values:
        state = State.PROPOSED
    now = timezone.now()
    order = "pk" if state == State.PROPOSED else "-decided"
    found = Correction.objects.filter(state=state).select_related("by").order_by(order)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "state": state,
        "counts": [(value, label, Correction.objects.filter(state=value).count()) for value, label in State.choices],
        "page": page,
        "query": f"state={state}",
        "corrections": proposals.compare(page, now=now),
        "pending": proposals.pending(now=now) if state == State.ACCEPTED else [],
    }
    return render(request, "tourism/corrections/review.html", context)


@require_POST
@for_stewards
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the ticked fields of a proposal, refuse it with a reason, or take the decision back."""
    kept = get_object_or_404(Correction, pk=pk)
    by, now, verb, before = cast("User", request.user), timezone.now(), request.POST.get("verb", ""), kept.state
    try:
        if verb == "accept":
            kept = changes.accept(kept, fields=request.POST.getlist("take"), by=by, now=now)
        elif verb == "refuse":
            kept = changes.refuse(kept, reason=request.POST.get("reason", "")[:500], by=by, now=now)
        elif verb == "undo":
            kept = changes.undo(kept, by=by, now=now)
        else:
            said = _("Choose accept, refuse or undo.")
            return HttpResponseBadRequest(said, content_type="text/plain; charset=utf-8")
    except NotAllowedError as refused:
        messages.error(request, str(refused))
    else:
        said = _("Proposal %(code)s: %(state)s. It can be undone in that list.")
        messages.success(request, said % {"code": kept.code, "state": kept.get_state_display()})
    response = redirect("corrections")
    response["Location"] += f"?state={before}"
    return response


@require_POST
@for_stewards
def stage(request: HttpRequest) -> HttpResponse:
    """Stage the next edition of the register with what is ticked."""
    now, chosen = timezone.now(), set(request.POST.getlist("take"))
    taken = [change for change in proposals.pending(now=now) if change.key in chosen]
    if not taken:
        messages.warning(request, _("Nothing was chosen. Tick what the register should take over."))
    tell_staged(request, lambda: proposals.stage(taken, by=cast("User", request.user), now=now))
    response = redirect("corrections")
    response["Location"] += f"?state={State.ACCEPTED}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def owner_links(request: HttpRequest, code: str) -> HttpResponse:
    """List the links of a place's owner; make one more when asked to."""
    place = get_object_or_404(Place.objects.published(), code=code)
    now = timezone.now()
    if request.method == "POST":
        changes.make_link(place, by=cast("User", request.user), now=now)
        messages.success(
            request, _("The link is made. Hand it to the owner in person or by a contact of the register.")
        )
        return redirect("owner_links", code)
    links = [(link, link.holds(now)) for link in OwnerLink.objects.filter(place=code).select_related("by", "ended_by")]
    return render(request, "tourism/corrections/owner_links.html", {"place": place, "links": links})


@require_POST
@for_stewards
def end_owner_link(request: HttpRequest, code: str, link: int) -> HttpResponse:
    """Let a link open nothing any more."""
    changes.end_link(
        get_object_or_404(OwnerLink, pk=link, place=code), by=cast("User", request.user), now=timezone.now()
    )
    messages.success(request, _("The link opens nothing any more. What was proposed by it stays."))
    return redirect("owner_links", code)
