"""Words of publications, for templates."""

from django import template

from portal.changes import feeds

register = template.Library()
register.filter("kind_in_words", feeds.kind_in_words)
