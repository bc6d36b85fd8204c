"""Whether a form came from our own pages: for public forms, which set no cookie and so carry no token."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_foreign(request: HttpRequest) -> bool:
    """Tell whether the browser says that another site's page sent this; a program that says nothing has no session."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    # Browsers of before 2023 send no Sec-Fetch-Site, but the origin; "null" is none of ours.
    return origin is not None and urlsplit(origin).netloc != request.get_host()
