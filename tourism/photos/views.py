"""The doors of photos: the gate they are served through, and the tourist office's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.calendar import CITY_ZONE
from portal.photos import MAX_BYTES
from tiles.views import FOREVER
from tourism.keeping import for_stewards
from tourism.models import Place
from tourism.photos import changes
from tourism.photos.forms import FactsForm, facts_form
from tourism.photos.models import SIZES, Photo, versions_of

if TYPE_CHECKING:
    from datetime import date

    from portal.accounts.models import User

MAX_FILES: Final = 12
VERSIONS: Final = 50
_NAME: Final = 80

DEEDS: Final[dict[str, Callable[..., None]]] = {
    "hide": changes.hide,
    "show": changes.show,
    "up": lambda photo, **who: changes.move(photo, steps=-1, **who),
    "down": lambda photo, **who: changes.move(photo, steps=1, **who),
}


@require_safe
def place_photo(request: HttpRequest, token: str, size: str) -> HttpResponse:
    """Serve a picture; a hidden one exists only for those who keep the places, and nobody keeps a copy of it."""
    if size not in SIZES:
        raise Http404
    photo = Photo.objects.shown().filter(token=token).first()
    # Who asks matters, and is looked up, for hidden ones only.
    photo = photo or get_object_or_404(Photo.objects.visible_to(request.user), token=token)
    try:
        with default_storage.open(photo.name(size)) as file:
            body = file.read()
    except FileNotFoundError:
        raise Http404 from None
    headers = {
        "Cache-Control": "private, no-store" if photo.hidden else FOREVER,
        "Content-Disposition": "inline",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(body, content_type="image/webp", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def place_photos(request: HttpRequest, code: str) -> HttpResponse:
    """Show the photos of a place; keep the files that are sent, and name those that are not kept."""
    place = get_object_or_404(Place.objects.published(), code=code)
    now = timezone.now()
    on = timezone.localdate(now, CITY_ZONE)
    if request.method != "POST":
        return _page(request, place, FactsForm(on=on), on=on)
    form = FactsForm(request.POST, on=on)
    files = request.FILES.getlist("files")
    if not files:
        form.add_error(None, _("Choose at least one file."))
    if len(files) > MAX_FILES:
        form.add_error(None, _("Choose at most %(most)s files at once; nothing was kept.") % {"most": MAX_FILES})
    if not form.is_valid():
        return _page(request, place, form, on=on)
    # One byte more than allowed is enough to know that it is too large.
    raw = ((str(file.name)[:_NAME], file.read(MAX_BYTES + 1)) for file in files)
    kept, refused = changes.add(place, raw, form.facts, by=_user(request), now=now)
    told = [_("“%(name)s” was not kept: %(reason)s") % one._asdict() for one in refused]
    if not kept:
        for text in told:
            form.add_error(None, text)
        return _page(request, place, form, on=on)
    for text in told:
        messages.error(request, text)
    messages.success(request, _kept(len(kept), hidden=kept[0].hidden))
    return redirect("place_photos", code)


@require_POST
@for_stewards
def change_photo(request: HttpRequest, code: str, photo: int) -> HttpResponse:
    """Change what is told of a photo, or hide, show or move it."""
    place = get_object_or_404(Place.objects.published(), code=code)
    found = get_object_or_404(Photo, pk=photo, place=code)
    now = timezone.now()
    on = timezone.localdate(now, CITY_ZONE)
    deed = DEEDS.get(request.POST.get("do", ""))
    form = FactsForm(request.POST, on=on, auto_id=f"id_{found.pk}_%s")
    if deed is None and not form.is_valid():
        return _page(request, place, FactsForm(on=on), on=on, changed=(found, form))
    try:
        if deed:
            deed(found, by=_user(request), now=now)
        else:
            changes.describe(found, form.facts, by=_user(request), now=now)
    except changes.NotAllowedError as refused:
        form.add_error(None, str(refused))
        return _page(request, place, FactsForm(on=on), on=on, changed=(found, form))
    messages.success(request, _("Saved."))
    return redirect("place_photos", code)


def _page(
    request: HttpRequest, place: Place, form: FactsForm, *, on: date, changed: tuple[Photo, FactsForm] | None = None
) -> HttpResponse:
    photos = [
        (photo, changed[1] if changed and changed[0] == photo else facts_form(photo, on=on))
        for photo in Photo.objects.filter(place=place.code).select_related("by")
    ]
    context = {
        "place": place,
        "form": form,
        "photos": photos,
        "versions": versions_of(place.code)[:VERSIONS],
        "most": MAX_FILES,
    }
    wrong = changed is not None or (form.is_bound and bool(form.errors))
    return render(request, "tourism/place_photos.html", context, status=400 if wrong else 200)


def _kept(count: int, *, hidden: bool) -> str:
    said = ngettext("%(count)s photo was kept.", "%(count)s photos were kept.", count) % {"count": count}
    return said + " " + _("Say below what each shows, then show it.") if hidden else said


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
