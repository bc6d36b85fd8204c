"""What must hold around every request."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal import problems, turns

# Three photos of 10 MB in base 64, and the rest of a report.
MAX_BODY_BYTES = 44 * 2**20


class ContentPolicy(CSPMiddleware):
    """The content security policy; that of answers without a nonce of their own is worked out once."""

    @cached_property
    def _usual(self) -> str:
        return build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the response with the policy."""
        if HEADER in response or self.get_policy_parts(request, response) != PolicyParts():
            return super().process_response(request, response)
        response[HEADER] = self._usual
        return response


class BodyLimit:
    """Refuse a body no form or call of ours needs before a byte of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or answer 413; a body without a length is never read at all."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length[:20]) <= MAX_BODY_BYTES:
            return self.get_response(request)
        if problems.for_programs(request):
            return problems.answer(413, "too-large", _("The body is larger than 44 MB. Send fewer or smaller photos."))
        return HttpResponse(render_to_string("413.html"), status=413)


class NotForKeeping:
    """Let no browser, worker or proxy keep what was answered to a session, unless everybody is answered the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        response = self.get_response(request)
        in_session = {*request.COOKIES, *response.cookies} & {settings.SESSION_COOKIE_NAME}
        said = response.get("Cache-Control", "")
        if in_session and "no-store" not in said and not said.startswith("public"):
            response["Cache-Control"] = "private, no-store"
        return response


class DatabaseAway:
    """Answer 503 with Retry-After, in both languages, while the database is out of reach."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a lost database into an answer a person and a program understand."""
        return problems.answer_away(request) if isinstance(error, problems.AWAY) else None


class OneAtATime:
    """Let one question of a process be answered at a time, the others in the order they came.

    Threads share one interpreter: of two answers at once both end later than one after the other, and a tenth of the
    time goes into changing between them. What sends a body is not made to wait: it may come slowly.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on when its turn comes."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with turns.questions.turn():
            return self.get_response(request)
