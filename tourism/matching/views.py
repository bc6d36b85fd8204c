"""The steward's doors: pairs to review side by side, and what the sources should learn from each other."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourism.matching import queue, taking
from tourism.matching.differences import Twins, pair_up
from tourism.models import Category, Match, Place
from tourism.staged_messages import tell_staged

if TYPE_CHECKING:
    from portal.accounts.models import User

PAGE: Final = 20
View = Callable[..., HttpResponse]
VERBS: Final = {"accept": queue.accept, "refuse": queue.refuse, "undo": queue.undo}


def for_stewards(view: View) -> View:
    """Open the door to those who may say which places are the same."""
    return never_cache(login_required(permission_required("tourism.review_match", raise_exception=True)(view)))


@require_safe
@for_stewards
def review(request: HttpRequest) -> HttpResponse:
    """List pairs of one state side by side: the uncertain ones first, then the likeliest."""
    state = request.GET.get("state", Match.State.PROPOSED)
    if state not in Match.State.values:
        state = Match.State.PROPOSED
    # By the alphabet: same, uncertain.
    found = Match.objects.filter(state=state).select_related("by").order_by("-decision", "-score", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    counts = [(value, label, Match.objects.filter(state=value).count()) for value, label in Match.State.choices]
    context = {"state": state, "counts": counts, "page": page, "pairs": _with_kinds(page), "query": f"state={state}"}
    return render(request, "tourism/matches.html", context)


@require_POST
@for_stewards
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, refuse or undo one pair."""
    match = get_object_or_404(Match, pk=pk)
    verb, before = VERBS.get(request.POST.get("verb", "")), match.state
    if verb is None:
        return HttpResponseBadRequest(_("Choose accept, refuse or undo."), content_type="text/plain; charset=utf-8")
    try:
        verb(match, by=cast("User", request.user), now=timezone.now())
    except queue.AlreadyMatchedError as refused:
        messages.warning(request, str(refused))
    except Match.DoesNotExist:
        raise Http404 from None
    else:
        said = _("%(register)s and %(osm)s: %(state)s. It can be undone in that list.")
        values = {"register": match.register, "osm": match.osm, "state": match.get_state_display()}
        messages.success(request, said % values)
    response = redirect("matches")
    response["Location"] += f"?state={before}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def proposals(request: HttpRequest) -> HttpResponse:
    """Show what each source should learn from accepted pairs; stage what is chosen for the register."""
    pairs = _accepted()
    if request.method != "POST":
        return _proposals(request, pairs)
    chosen = set(request.POST.getlist("take"))
    taken = [
        (twins, field)
        for twins in pairs
        for field in twins.proposals("register")
        if f"{twins.match.pk}:{field.field}" in chosen
    ]
    if not taken:
        messages.warning(request, _("Nothing was chosen. Tick what the register should take over."))
        return _proposals(request, pairs, status=400)
    tell_staged(request, lambda: taking.stage(taken, by=cast("User", request.user), now=timezone.now()))
    return redirect("match_proposals")


@require_safe
@for_stewards
def for_mappers(request: HttpRequest) -> HttpResponse:
    """Download what OpenStreetMap should learn; the portal sends it nowhere."""
    headers = {"Content-Disposition": 'attachment; filename="openstreetmap.geojson"'}
    return HttpResponse(taking.render_for_mappers(_accepted()), content_type="application/geo+json", headers=headers)


def _with_kinds(matches: Iterable[Match]) -> list[tuple[Twins, str, str]]:
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    names = {category.code: category.name(language) for category in Category.objects.all()}

    def kind(place: Place) -> str:
        return names.get(place.category, place.category)

    return [(twins, kind(twins.register), kind(twins.osm)) for twins in pair_up(matches)]


def _accepted() -> list[Twins]:
    return list(pair_up(Match.objects.filter(state=Match.State.ACCEPTED).order_by("register", "osm")))


def _proposals(request: HttpRequest, pairs: list[Twins], *, status: int = 200) -> HttpResponse:
    rows = {to: [(twins, field) for twins in pairs for field in twins.proposals(to)] for to in ("register", "osm")}
    context = {"accepted": len(pairs), "to_register": rows["register"], "to_osm": rows["osm"]}
    return render(request, "tourism/match_proposals.html", context, status=status)
