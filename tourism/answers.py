"""Answers with a tag; large ones are kept compressed for as long as nothing they tell has changed."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import sha256
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from tiles import packed


class KeptAnswers:
    """The latest `most` answers of a process; each is made by one thread and found by its key."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the gzipped answer of a key, made when it is not kept."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = gzip.compress(make(), 6, mtime=0)
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]


def respond(request: HttpRequest, key: Hashable, find: Callable[[], bytes], *, content_type: str) -> HttpResponse:
    """Answer with the gzipped body that `find` returns, unless the client has it already: the key is its tag."""
    response = _tagged(request, repr(key).encode(), lambda: packed.respond(request, find(), content_type))
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def respond_at_once(request: HttpRequest, body: bytes, *, content_type: str) -> HttpResponse:
    """Answer with a body that was just made, unless the client has it already."""
    return _tagged(request, body, lambda: HttpResponse(body, content_type=content_type))


def _tagged(request: HttpRequest, told: bytes, make: Callable[[], HttpResponse]) -> HttpResponse:
    etag = f'W/"{sha256(told).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = make()
    response["ETag"] = etag
    # A shared cache asks again each time; that costs no body.
    response["Cache-Control"] = "no-cache"
    return response
