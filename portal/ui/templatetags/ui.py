"""{% load ui %}: components, icons, words and hidden fields of forms."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.middleware.csrf import get_token
from django.template import Engine
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal.core import clock
from portal.core.workflow import ALL
from portal.ui import words
from portal.ui.hidden_fields import REPEAT_KEY, VERSION

register = template.Library()
NEWLINE = re.compile(r"[ \t]*\n[ \t\n]*")

STATE_SHAPES = {
    "idle": "M6 .5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zm0 2a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z",
    "brand": "M6 .4 11.6 6 6 11.6.4 6z",
    "turn": "M2.2 7.2 7.2 2.2a1.9 1.9 0 0 1 2.7 2.7L4.9 9.9a1.9 1.9 0 0 1-2.7-2.7z",
    "ok": "M6 .5a5.5 5.5 0 1 1 0 11A5.5 5.5 0 0 1 6 .5z",
    "warn": "M6 .8 11.8 11.2H.2z",
    "bad": "M1 1h10v10H1z",
}


class ComponentNode(template.Node):
    """Renders ui/components/<name>.html with the given values, and the body as `slot`."""

    def __init__(
        self, name: FilterExpression, values: dict[str, FilterExpression], body: NodeList | None
    ) -> None:
        self.name, self.values, self.body = name, values, body

    @staticmethod
    def engine(context: Context) -> Engine:
        return context.template.engine if context.template is not None else Engine.get_default()

    def render(self, context: Context) -> str:
        path = f"ui/components/{self.name.resolve(context)}.html"
        given = {key: value.resolve(context) for key, value in self.values.items()}
        slot = mark_safe(self.body.render(context)) if self.body is not None else given.pop("slot", "")
        inner = context.new({**given, "slot": slot})
        for name in ("request", "csrf_token", "shell", "prefs"):
            inner[name] = context.get(name)
        # A component may stand in the middle of a sentence: the first lines of its file are no part of it.
        return self.engine(context).get_template(path).render(inner).lstrip()


def _parts(parser: Parser, token: Token) -> tuple[FilterExpression, dict[str, FilterExpression]]:
    _, name, *bits = token.split_contents()
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"Components take key=value only, not {bits!r}")
    return parser.compile_filter(name), values


@register.tag("ui")
def ui_component(parser: Parser, token: Token) -> ComponentNode:
    """{% ui "button" label="Утвердить программу" kind="primary" %}."""
    return ComponentNode(*_parts(parser, token), None)


@register.tag("component")
def component_with_body(parser: Parser, token: Token) -> ComponentNode:
    """{% component "sheet" title="Ваша пара" %}…{% endcomponent %}."""
    name, values = _parts(parser, token)
    body = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(name, values, body)


@register.simple_tag(takes_context=True)
def block_text(context: Context, name: str) -> SafeString:
    """What a block of the page holds, empty if the page has none: the h1 repeats the title, an empty aside
    leaves no column. Plain words are set as print.
    """
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks is not None else None
    text = block.render(context).strip() if block is not None else ""
    if "<" in text:  # what is typed into a textarea keeps its lines
        return mark_safe(text)
    return mark_safe(words.typo(NEWLINE.sub(" ", text)))  # the lines of a template are not lines of its words


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon of the sprite; decoration only, the words stand beside it."""
    extra = f" icon-{size}" if size else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        extra,
        static("ui/build/icons.svg"),
        name,
    )


@register.simple_tag
def baton(size: str = "") -> SafeString:
    """Two short bars: two people, one thing passed."""
    extra = f" baton-{size}" if size else ""
    bars = (
        '<path class="b1" stroke-width="6" d="M6 21.6 11.6 16.4"/><path class="b2" stroke-width="6" d="M16.8 '
        '11.6 22.4 6.4"/>'
    )
    return format_html(
        '<svg class="baton{}" viewBox="0 0 28 28" aria-hidden="true">{}</svg>', extra, mark_safe(bars)
    )


@register.simple_tag
def state_shape(kind: str) -> SafeString:
    shape = STATE_SHAPES.get(kind or "idle", STATE_SHAPES["idle"])
    return format_html('<svg viewBox="0 0 12 12" aria-hidden="true"><path d="{}"/></svg>', shape)


@register.simple_tag
def charts() -> SafeString:
    """The script that draws charts from their tables; only on pages that have one."""
    return format_html('<script src="{}" defer></script>', static("ui/build/charts.js"))


@register.simple_tag(takes_context=True)
def post_tokens(context: Context, form: Any = None, version: int | None = None) -> SafeString:
    """Hidden fields of every POST form: csrf, the repeat key (kept over redisplays of a form), the
    version.
    """
    key = getattr(form, "repeat_key", None) or uuid.uuid4()
    stamp = version if version is not None else getattr(form, "version", None)
    request = context.get("request")
    token = get_token(request) if request is not None else context.get("csrf_token", "")
    fields = [("csrfmiddlewaretoken", token), (REPEAT_KEY, key)]
    if stamp is not None:
        fields.append((VERSION, stamp))
    return mark_safe(
        "".join(format_html('<input type="hidden" name="{}" value="{}">', n, v) for n, v in fields)
    )


@register.simple_tag
def final(workflow: str, verb: str) -> str:
    """The sentence before a step that cannot be undone, for pages that draw its button by hand: `{% final
    "meeting" "cancel" %}`.
    """
    return words.typo(ALL[workflow].final(verb))


@register.filter
def plural(number: int, forms: str) -> str:
    """{{ 5|plural:"встреча,встречи,встреч" }} → «5 встреч»."""
    return f"{words.decimal(number)}{words.NBSP}{words.plural(number, forms)}"


@register.filter
def plural_word(number: int, forms: str) -> str:
    """The word alone, when the number stands elsewhere."""
    return words.plural(number, forms)


@register.filter(needs_autoescape=True)
def typo(text: Any, autoescape: bool = True) -> SafeString:
    """For printed text only, never for values of fields."""
    escaped = conditional_escape(text) if autoescape else str(text)
    return mark_safe(words.typo(str(escaped)))


@register.filter
def day(value: dt.date | None) -> str:
    """«пятница, 20 ноября»."""
    return words.weekday_date(value) if value else ""


@register.filter
def day_month(value: dt.date | None) -> str:
    """«20 ноября»."""
    return words.day_month(value) if value else ""


@register.filter
def until(value: dt.date | None) -> str:
    """«до 30 ноября»."""
    return f"до{words.NBSP}{words.day_month(value)}" if value else ""


@register.filter
def dmy(value: dt.date | str | None) -> str:
    """20.11.2026, for tables and papers; text passes unchanged."""
    if isinstance(value, str) or not value:
        return str(value or "")
    return f"{words.date_of(value):%d.%m.%Y}"


@register.filter
def remark_on(value: dt.date) -> str:
    """Beside the last day of a term in working days: that it may still move."""
    return clock.remark_on(value)


@register.filter
def hm(value: dt.datetime | dt.time | None) -> str:
    """14:20 on the city's clock."""
    if not value:
        return ""
    return f"{clock.local(value) if isinstance(value, dt.datetime) else value:%H:%M}"


@register.filter
def moment(value: dt.datetime | dt.date | str) -> str:
    """20.11.2026, 14:20."""
    return f"{dmy(value)}, {hm(value)}" if isinstance(value, dt.datetime) else dmy(value)


@register.filter
def due_kind(value: dt.date | None) -> str:
    """late, soon (two days) or empty."""
    if not value:
        return ""
    left = (value - clock.today()).days
    if left < 0:
        return "late"
    return "soon" if left <= 1 else ""


@register.filter
def due_words(value: dt.date, mine: bool = False) -> str:
    """«до 30 ноября», «сегодня последний день», «ждёт вас с 21 ноября»: a date is said, nobody is counted
    late.
    """
    left = (value - clock.today()).days
    if left < 0:
        return f"{'ждёт вас' if mine else 'ждём'} с{words.NBSP}{words.day_month(value)}"
    return "сегодня последний день" if left == 0 else f"до{words.NBSP}{words.day_month(value)}"


@register.filter
def initials(name: str) -> str:
    return words.initials(name)


@register.filter
def short_name(name: str) -> str:
    return words.short_name(name)


@register.filter
def by_gender(person: Any, words_of_both: str) -> str:
    """{{ person|by_gender:"наставляемый,наставляемая" }}: the word that fits the person."""
    return str(person.by_gender(*words_of_both.split(",")))


@register.filter
def decimal(number: Any, places: int | None = None) -> str:
    return words.decimal(number, places) if number is not None else ""


@register.filter
def item(row: Sequence[Any] | dict[Any, Any], key: Any) -> Any:
    """row[key], for tables given as lists."""
    return row[key]


WIDGET_SHAPES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
)


@register.filter
def leading(offers: Iterable[Any]) -> Any:
    """The first move that can be pressed at once."""
    return next(
        (o for o in offers if not (o.unmet or o.transition.quiet or o.transition.needs_comment)), None
    )


@register.filter
def shape(field: BoundField) -> str:
    """Which part of the field component draws it: hidden, cards, choices, checkbox, file, select or input."""
    widget = field.field.widget
    own = getattr(widget, "shape", None)
    return own or next((name for kind, name in WIDGET_SHAPES if isinstance(widget, kind)), "input")


@register.filter
def kept_file(field: BoundField) -> tuple[uuid.UUID, str] | None:
    """The file that an earlier attempt of this form has brought: (number, name)."""
    kept: dict[str, tuple[uuid.UUID, str]] = getattr(field.form, "kept_files", {})
    return kept.get(field.html_name)


@register.simple_tag
def control(field: BoundField, width: str = "", rows: int | None = None) -> SafeString:
    """The control itself with our class; its width from the component or the widget."""
    widget = field.field.widget
    base = "form-select" if isinstance(widget, forms.Select) else "form-control"
    width = width or getattr(widget, "width", "") or widget.attrs.get("data-width", "")
    attrs: dict[str, Any] = {"class": f"{base} w-{width}" if width and base == "form-control" else base}
    if rows:
        attrs["rows"] = rows
    elif isinstance(widget, forms.Textarea):
        attrs["rows"] = widget.attrs.get("rows") if str(widget.attrs.get("rows")) != "10" else 4
    return field.as_widget(attrs={**attrs, **_counted(field)})


def _counted(field: BoundField) -> dict[str, Any]:
    """A browser would cut what is pasted in silence; the page counts instead (front/js/signs.js), and the
    form says what is too long.
    """
    most = getattr(field.field, "max_length", None)
    uncut = {"maxlength": False, "minlength": False}  # False leaves an attribute out
    return {**uncut, "data-signs": most} if most else uncut
