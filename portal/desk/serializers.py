"""The shape of a report in the API; the rules are those of `forms.ReportForm`."""

import base64
import binascii
from typing import Any

from rest_framework import serializers

from portal.desk.drafts import MAX_PHOTOS, MAX_TEXT


class ContactSerializer(serializers.Serializer[Any]):
    """Who reports; every part may be missing."""

    name = serializers.CharField(required=False, allow_blank=True, max_length=120)
    phone = serializers.CharField(required=False, allow_blank=True, max_length=30)
    email = serializers.EmailField(required=False, allow_blank=True)


class Base64Field(serializers.CharField):
    """Bytes in base 64."""

    def to_internal_value(self, data: Any) -> bytes:  # type: ignore[override]
        """Return the bytes."""
        try:
            return base64.b64decode(super().to_internal_value(data), validate=True)
        except binascii.Error as error:
            raise serializers.ValidationError("Not base 64: send the bytes of the photo in base 64.") from error


class DegreesField(serializers.FloatField):
    """A coordinate in degrees."""

    def to_internal_value(self, data: Any) -> float:
        """Return the number; one too large for a float is as wrong as a word."""
        try:
            return super().to_internal_value(data)
        except OverflowError:
            self.fail("invalid")


class ReportSerializer(serializers.Serializer[Any]):
    """A report handed in; `point` is [lon, lat] WGS 84, `photos` are JPEG, PNG or WebP in base 64."""

    category = serializers.CharField(max_length=40)
    text = serializers.CharField(max_length=MAX_TEXT)
    point = serializers.ListField(child=DegreesField(), min_length=2, max_length=2, required=False)
    address = serializers.CharField(max_length=250, required=False, allow_blank=True)
    subject = serializers.CharField(max_length=170, required=False, allow_blank=True)
    lang = serializers.ChoiceField(choices=["vi", "en"], default="vi")
    photos = serializers.ListField(child=Base64Field(), max_length=MAX_PHOTOS, required=False)
    contact = ContactSerializer(required=False)

    def form_data(self, *, key: str) -> dict[str, Any]:
        """Return the same report as the form names its parts."""
        values = self.validated_data
        lon, lat = values.get("point") or (None, None)
        return {
            "key": key,
            "field": values["category"],
            "text": values["text"],
            "place": values.get("address", ""),
            "subject": values.get("subject", ""),
            "lon": lon,
            "lat": lat,
            **values.get("contact", {}),
        }


class PhotoResultSerializer(serializers.Serializer[Any]):
    """Why a photo was not kept."""

    problem = serializers.CharField()
    title = serializers.CharField()


class ReportAnswerSerializer(serializers.Serializer[Any]):
    """The answer to a report: keep `code`."""

    code = serializers.CharField()
    url = serializers.URLField()
    clocks = serializers.ListField(child=serializers.DictField())
    photo_problems = PhotoResultSerializer(many=True)


class EventSerializer(serializers.Serializer[Any]):
    """One step the public may know."""

    moment = serializers.DateTimeField()
    state = serializers.CharField(source="after")
    note = serializers.CharField()


class ReportStateSerializer(serializers.Serializer[Any]):
    """The public state of a report."""

    code = serializers.CharField()
    category = serializers.CharField(source="field.code")
    state = serializers.CharField()
    created = serializers.DateTimeField()
    changed = serializers.DateTimeField()
    events = EventSerializer(many=True)
