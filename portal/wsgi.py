"""The web application as servers load it."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from portal.parts import compile_parts

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
# The server loads this once and forks: the first visitor of a process waits neither for addresses nor for templates.
get_resolver().url_patterns  # noqa: B018
compile_parts()
# What is loaded now stays for good: looking through it for garbage stops a request for 0.1 s, and unshares its memory.
gc.collect()
gc.freeze()
# A request leaves few circles behind: looking for them after every 700 objects is a twentieth of its time.
gc.set_threshold(20_000, 10, 50)
