"""The recipe of lists: filters, order, pages, what is chosen, export, and a word when there is nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.db.models import Count, F, QuerySet, Window
from django.http import HttpRequest, HttpResponse

from portal.core.text import whole_number
from portal.ui.choices import without_optional
from portal.ui.kind import speak_kindly
from portal.ui.parts import Empty
from portal.ui.shortcuts import page

PER_PAGE = 25
LAST_PAGE = 100_000


class FilterForm(forms.Form):
    """Filters of a list: plain optional fields; `narrow` says what they mean. What cannot be read is left
    out.
    """

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="f_%s")
        for field in self.fields.values():
            speak_kindly(field)
            field.required = False
            without_optional(field)

    def picked(self, name: str) -> Any:
        """The value of a filter, or None."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The chosen rows of all rows."""
        return rows

    def words_for(self, name: str) -> str:
        """How a chosen value is said in its chip."""
        field, value = self.fields[name], self.picked(name)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
            return str(
                next(
                    (w.choice_label for w in self[name].subwidgets if str(w.data["value"]) == str(value)),
                    value,
                )
            )
        return f"{field.label}: {value:%d.%m.%Y}" if hasattr(value, "year") else f"{field.label}: {value}"


class Chip(NamedTuple):
    """A chosen condition, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Sort:
    """A column's order: where its heading leads, and how the list is ordered now (up, down or not by it)."""

    label: str
    url: str
    direction: str = ""


class ListPage:
    """A page of a list. `sorts`: key → (label, order fields, the last unique). At most two queries for the
    rows.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        *,
        sorts: Mapping[str, tuple[str, Sequence[str]]] | None = None,
        filters: type[FilterForm] | None = None,
        default: str = "",
        empty: Empty | None = None,
        per_page: int = PER_PAGE,
        export: Callable[[QuerySet[Any]], HttpResponse] | None = None,
    ) -> None:
        self.request, self.all_rows, self.per_page, self.export = request, rows, per_page, export
        self.path = request.path
        self._sorts = dict(sorts or {})
        self.form = filters(request.GET or None) if filters else None
        self.empty = empty or Empty("Здесь пока ничего нет")
        asked = request.GET.get("sort", "") or default or next(iter(self._sorts), "")
        self.sort_key = asked if asked.lstrip("-") in self._sorts else ""

    @cached_property
    def chosen(self) -> QuerySet[Any]:
        """All rows after filters, in their order."""
        rows = (
            self.form.narrow(self.all_rows) if self.form is not None and self.form.is_bound else self.all_rows
        )
        if not self.sort_key:
            return rows
        order = [F(name.lstrip("-")) for name in self._sorts[self.sort_key.lstrip("-")][1]]
        return rows.order_by(
            *(
                o.desc(nulls_last=True) if self.sort_key.startswith("-") else o.asc(nulls_last=True)
                for o in order
            )
        )

    @property
    def asked_number(self) -> int:
        return min(whole_number(self.request.GET.get("page", "1")) or 1, LAST_PAGE)

    @cached_property
    def _window(self) -> tuple[int, int, list[Any]]:
        """(number, total, rows): the total rides on each row; a page past the end costs a second query."""
        found = self._slice(self.asked_number)
        if found or self.asked_number == 1:
            return self.asked_number, (found[0].list_total if found else 0), found
        first = self._slice(1)
        return 1, (first[0].list_total if first else 0), first

    def _slice(self, number: int) -> list[Any]:
        start = (number - 1) * self.per_page
        return list(self.chosen.annotate(list_total=Window(Count("*")))[start : start + self.per_page])

    @property
    def number(self) -> int:
        return self._window[0]

    @property
    def total(self) -> int:
        return self._window[1]

    @property
    def rows(self) -> list[Any]:
        return self._window[2]

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def pages(self) -> list[tuple[int, str]]:
        """(number, url) of the first, the last and the near pages; a gap has no url."""
        near = sorted({1, self.last, *range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)})
        shown: list[tuple[int, str]] = []
        for number in near:
            if shown and number - shown[-1][0] > 1:
                shown.append((0, ""))
            shown.append((number, self.url(page=number)))
        return shown

    @property
    def previous_url(self) -> str:
        return self.url(page=self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self.url(page=self.number + 1) if self.number < self.last else ""

    @property
    def sorts(self) -> dict[str, Sort]:
        return {key: self._sort(key, label) for key, (label, _) in self._sorts.items()}

    def _sort(self, key: str, label: str) -> Sort:
        direction = {key: "up", f"-{key}": "down"}.get(self.sort_key, "")
        return Sort(label, self.url(sort=f"-{key}" if direction == "up" else key, page=None), direction)

    @property
    def chips(self) -> list[Chip]:
        """What is chosen, each with the address without it."""
        if self.form is None or not self.form.is_bound:
            return []
        return [
            Chip(self.form.words_for(name), self.url(**{name: None, "page": None}))
            for name in self.form.fields
            if self.form.picked(name)
        ]

    @property
    def nothing(self) -> Empty:
        """Two different emptinesses: nothing at all, and nothing for what is chosen."""
        if self.chips:
            return Empty(
                "По этому отбору ничего не нашлось",
                "Снимите часть условий: список станет длиннее.",
                self.path,
                "Показать всё",
            )
        return self.empty

    @property
    def can_export(self) -> bool:
        return self.export is not None

    @property
    def export_url(self) -> str:
        return self.url(export="xlsx", page=None)

    def url(self, **changes: object) -> str:
        """This list's address with some parameters changed; None removes one."""
        query = self.request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
        for name in [name for name, value in query.items() if not value]:
            del query[name]
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def answer(self, template: str, **context: Any) -> HttpResponse:
        """The page, or the export when it is asked for."""
        if self.export is not None and self.request.GET.get("export"):
            return self.export(self.chosen)
        return page(self.request, template, list=self, **context)
