"""The stewards' doors: these places were looked at today, and these were not after all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tourism import verifications
from tourism.keeping import for_stewards
from tourism.models import Place

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST = 100
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


@require_POST
@for_stewards
def verify(request: HttpRequest) -> HttpResponse:
    """Keep that the places named (`place`, or `all`, parted by commas) were looked at; lead back to where one was."""
    codes = request.POST["all"].split(",") if "all" in request.POST else request.POST.getlist("place")
    asked = [code for code in codes if "\0" not in code][:MOST]
    found = Place.objects.published().of_register().filter(code__in=asked)
    kept = verifications.verify(found, by=cast("User", request.user), now=timezone.now())
    if not codes:
        messages.warning(request, _("Nothing was chosen. Tick the places that were looked at."))
    elif not kept:
        messages.warning(request, _("Nothing new: these places are recorded as verified today already."))
    else:
        said = ngettext(
            "%(count)s place is recorded as verified today.",
            "%(count)s places are recorded as verified today.",
            len(kept),
        )
        messages.success(request, said % {"count": len(kept)})
    return redirect("place", asked[0]) if "back" in request.POST and asked else redirect("places-quality")


@require_POST
@for_stewards
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take verifications back by number (`verification`, or `all`, parted by commas); lead back to where one was."""
    numbers = request.POST["all"].split(",") if "all" in request.POST else request.POST.getlist("verification")
    asked = [int(number) for number in numbers if _NUMBER.fullmatch(number)]
    wrong = verifications.withdraw(asked, by=cast("User", request.user), now=timezone.now())
    if wrong:
        said = ngettext(
            "%(count)s verification is taken back; what was known before counts again.",
            "%(count)s verifications are taken back; what was known before counts again.",
            len(wrong),
        )
        messages.success(request, said % {"count": len(wrong)})
    elif asked:
        messages.warning(request, _("Nothing new: these are taken back already."))
    else:
        messages.warning(request, _("Nothing was chosen. Tick what was recorded by mistake."))
    return redirect("place", wrong[0].place) if "back" in request.POST and wrong else redirect("places-quality")
