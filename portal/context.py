"""What every template may use."""

from django.http import HttpRequest
from django.urls import translate_url


def site(request: HttpRequest) -> dict[str, object]:
    """Return the addresses of the same page in both languages."""
    path = request.get_full_path()
    return {"path_vi": translate_url(path, "vi"), "path_en": translate_url(path, "en")}
