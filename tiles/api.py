"""What every public door of the API shares: open to all, one language parameter, errors that name what is wrong."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import APIException, ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.views import APIView

LANGUAGES = ("vi", "en")
MEDIA_TYPE = "application/problem+json"
LANG = OpenApiParameter("lang", str, enum=LANGUAGES, description="Language of the answer; vi when missing.")

# RFC 9457: what every address may answer instead.
PROBLEM = inline_serializer(
    "Problem",
    {"type": serializers.CharField(), "title": serializers.CharField(), "status": serializers.IntegerField()},
)
PROBLEMS = {(status, MEDIA_TYPE): PROBLEM for status in (400, 404, 503)}
GONE = {(410, MEDIA_TYPE): PROBLEM}


class InPlainWords(APIException):
    """An error of an address. `plain` says it on a page, to people who typed into a field and know no parameter."""

    def __init__(self, detail: Any = None, *, plain: str = "") -> None:
        super().__init__(detail)
        self.plain = plain or str(self.detail)


class BadParameter(InPlainWords):
    """A parameter that is unknown, given twice or has a value that cannot be meant; the text names it."""

    status_code = 400
    default_code = "bad-parameter"


class GoneError(APIException):
    """What was at this address is no more; `members` say what took its place."""

    status_code = 410
    default_code = "gone"

    def __init__(self, title: str, **members: object) -> None:
        super().__init__(title)
        self.members = members


class NothingHere(Http404):
    """Nothing published is at this address: the text says what is missing and what to do, and readers see it.

    A class of its own, because the texts of Django's Http404 name paths and patterns.
    """


class OneFormat(DefaultContentNegotiation):
    """Each address has one format; a client that asks for another is better served with it than with 406."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the only renderer."""
        [renderer] = renderers
        return renderer, renderer.media_type


class ShallowJSONParser(JSONParser):
    """JSON; nesting that exhausts the parser is a bad request, not a failure."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return the parsed body."""
        try:
            body = super().parse(stream, media_type, parser_context)
            # Half a character, such as \\ud800 alone, is JSON but no text any database keeps.
            json.dumps(body, ensure_ascii=False).encode()
        except RecursionError:
            raise ParseError(_("The JSON is nested too deeply.")) from None
        except UnicodeEncodeError:
            raise ParseError(_("The JSON holds half a character (a lone surrogate).")) from None
        return body


class QuickJSON(JSONRenderer):
    """Writes what REST framework's own writes, in a twentieth of its time, and dataclasses too."""

    _otherwise = staticmethod(JSONEncoder().default)
    # Errors of a list are named by their numbers.
    _option = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """Return JSON in UTF-8; nothing for nothing."""
        return b"" if data is None else orjson.dumps(data, default=self._otherwise, option=self._option)


class PublicView(APIView):
    """A door for everybody: no session is read, so no cookie counts."""

    permission_classes = [AllowAny]
    authentication_classes: Sequence[Any] = ()
    renderer_classes = (QuickJSON,)
    content_negotiation_class = OneFormat

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Answer, and refuse, in the language of `lang`."""
        language = request.query_params.get("lang")
        if language in LANGUAGES:
            translation.activate(language)
        super().initial(request, *args, **kwargs)
