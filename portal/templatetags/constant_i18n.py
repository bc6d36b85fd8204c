"""Django's own translation tags; a text that never changes is translated once a language, not once a visitor."""

from __future__ import annotations

from django.template import Context, Library, Node
from django.template.base import Parser, Token, Variable
from django.templatetags import i18n
from django.utils.translation import get_language

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class ConstantNode(Node):
    """Renders a node whose words depend on nothing but the language."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.shown: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Return the words, rendered at the first asking."""
        language = get_language()
        if language not in self.shown:
            self.shown[language] = self.node.render(context)
        return self.shown[language]


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Return Django's node, kept once rendered when its text is written in the template and put out at once."""
    node = i18n.do_translate(parser, token)
    text = node.filter_expression
    written = isinstance(text.var, Variable) and text.var.literal is not None and not text.filters
    return ConstantNode(node) if written and not node.asvar and node.message_context is None else node
