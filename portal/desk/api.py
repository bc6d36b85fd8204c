"""The API of the desk: hand in a report, ask for its public state."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ValidationError as InvalidValue
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from portal.desk import forms, photos, reports
from portal.desk.codes import parse_code
from portal.desk.limits import TooManyError
from portal.desk.models import Report
from portal.desk.serializers import ReportAnswerSerializer, ReportSerializer, ReportStateSerializer
from tiles.api import LANG, MEDIA_TYPE, PROBLEM, PROBLEMS, PublicView, ShallowJSONParser

KEY = "Idempotency-Key"
KEY_MEANING = "8 to 100 visible ASCII characters, new for every report; sent again with the same body, the same answer."
REFUSALS = {(status, MEDIA_TYPE): PROBLEM for status in (400, 413, 422, 429, 503)}


class KeyReused(exceptions.APIException):
    """The key came with another body before."""

    status_code = 422
    default_code = "idempotency-key-reused"


class BadKey(exceptions.APIException):
    """The header is missing or malformed."""

    status_code = 400
    default_code = "idempotency-key-invalid"


class ReportList(PublicView):
    """Reports handed in by programs."""

    parser_classes = [ShallowJSONParser]

    @extend_schema(
        request=ReportSerializer,
        operation_id="reports_create",
        parameters=[OpenApiParameter(KEY, str, OpenApiParameter.HEADER, required=True, description=KEY_MEANING), LANG],
        responses={
            201: ReportAnswerSerializer,
            **{(status, MEDIA_TYPE): PROBLEM for status in (400, 413, 422, 429, 503)},
        },
    )
    def post(self, request: Request) -> Response:
        """Keep a report; the same key and body give the same answer, the key with another body 422."""
        key = _key(request)
        body = ReportSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        now = timezone.now()
        form = forms.ReportForm(body.form_data(key=key), on=timezone.localdate(now))
        if not form.is_valid():
            raise exceptions.ValidationError(_renamed(form.errors))
        lang = body.validated_data["lang"]
        draft = form.draft(lang=lang, photos=body.validated_data.get("photos", ()))
        sender = get_adapter().get_client_ip(request._request)
        try:
            report = reports.submit(draft, key=key, sender=sender, now=now)
        except reports.KeyReusedError:
            raise KeyReused(_("This Idempotency-Key was used for another report. Send a new key.")) from None
        except TooManyError as refused:
            raise exceptions.Throttled(refused.wait_s) from None
        return Response(_answer(report), status=201, headers={"Location": _url(report)})


class ReportDetail(PublicView):
    """The public state of one report."""

    @extend_schema(
        operation_id="reports_retrieve", parameters=[LANG], responses={200: ReportStateSerializer, **PROBLEMS}
    )
    def get(self, request: Request, code: str) -> Response:
        """Return state and public history; a wrong and an unknown code are alike."""
        try:
            report = Report.objects.select_related("field").get(code=parse_code(code))
        except (ValueError, Report.DoesNotExist):
            raise exceptions.NotFound from None
        events = report.events.filter(public=True)
        state = {"code": report.code, "field": report.field, "state": report.state, "events": events}
        return Response(ReportStateSerializer({**state, "created": report.created, "changed": report.changed}).data)


def _key(request: Request) -> str:
    key = request.headers.get(KEY, "")
    try:
        forms.KEY(key)
    except InvalidValue:
        text = _("Send a header Idempotency-Key of 8 to 100 visible ASCII characters, new for every report.")
        raise BadKey(text) from None
    return key


def _renamed(errors: Any) -> dict[str, list[str]]:
    """Return the form's reasons under the names the API uses."""
    names = {"field": "category", "lon": "point", "lat": "point", "place": "address", "__all__": "body"}
    return {names.get(name, name): [str(reason) for reason in reasons] for name, reasons in errors.items()}


def _url(report: Report) -> str:
    with translation.override(report.lang):
        return settings.SITE_URL + reverse("tracking", args=[report.code])


def _answer(report: Report) -> dict[str, Any]:
    problems = [{"problem": code, "title": str(photos.PROBLEMS[code])} for code in report.photo_problems]
    return {"code": report.code, "url": _url(report), "clocks": [], "photo_problems": problems}
