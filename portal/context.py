"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language, override


def site(request: HttpRequest) -> dict[str, object]:
    """Return the addresses of the same page in both languages, and what begins an address to share."""
    paths = {f"path_{language}": _path_in(language, request) for language, _name in settings.LANGUAGES}
    return {**paths, "site_url": settings.SITE_URL}


def _path_in(language: str, request: HttpRequest) -> str:
    # Not translate_url: it would look up the page of this very address twice.
    page, query = request.resolver_match, request.META.get("QUERY_STRING", "")
    if page is None or language == get_language():
        return request.get_full_path()
    with override(language):
        try:
            path = reverse(page.view_name, args=page.args, kwargs=page.kwargs)
        except NoReverseMatch:
            return request.get_full_path()
    return f"{path}?{iri_to_uri(query)}" if query else path
