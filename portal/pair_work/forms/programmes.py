"""The programme: its texts, its goals and its plan, editable without scripts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseFormSet, BoundField, formset_factory

from portal.core.text import whole_number
from portal.mentor_bank import difficulties
from portal.mentoring.models import Pair
from portal.pair_work.goals import WORST, is_worse, worse
from portal.pair_work.models import Programme
from portal.pair_work.models.programmes import responsible_words
from portal.pair_work.states import Achieved, ActivityBlock, ActivityMark, Responsible, WorkForm
from portal.pair_work.workflow.texts import ACTIVITY_FIELDS, GOAL_FIELDS, TEXTS
from portal.ui.choices import offer
from portal.ui.fields import CardField, DateField
from portal.ui.forms import PageForm, sum_of_errors
from portal.ui.parts import Difference
from portal.ui.versions import in_words

LONG = forms.Textarea(attrs={"rows": 4})
ADD = "add_rows"
"""The button «Ещё строки»: the page comes back with what was typed and more rows."""


class ProgrammeTextForm(PageForm):
    title = forms.CharField(label="Название", max_length=150)
    problem = forms.CharField(
        label="С чего начинаем",
        widget=LONG,
        min_length=30,
        max_length=5000,
        help_text="Что сейчас не получается",
    )
    goal = forms.CharField(label="Цель", widget=LONG, min_length=30, max_length=5000)
    tasks = forms.CharField(
        label="Задачи", widget=LONG, min_length=30, max_length=5000, help_text="По одной в строке"
    )
    expected = forms.CharField(label="Что получится в конце", widget=LONG, min_length=30, max_length=5000)
    evaluation = forms.CharField(label="Как поймём, что получилось", widget=LONG, max_length=5000)
    difficulty_items = forms.MultipleChoiceField(
        label="Над чем работаем",
        required=False,
        choices=list(difficulties.ITEMS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    free_difficulty = forms.CharField(label="Ещё одно, своими словами", required=False, max_length=200)
    starts_on = DateField(label="С какого дня")
    ends_on = DateField(label="По какой день", help_text="Внутри срока пары и не позже 31 августа")
    frequency = forms.CharField(
        label="Как часто встречаемся", max_length=100, help_text="Например, раз в неделю"
    )
    place = forms.CharField(label="Где", required=False, max_length=100)
    channel = forms.CharField(label="Как на связи между встречами", required=False, max_length=100)
    roles = forms.CharField(label="Кто за что отвечает", required=False, max_length=300)
    length_reason = forms.CharField(
        label="Почему такой срок",
        required=False,
        max_length=300,
        help_text="Если программа короче трёх месяцев",
    )
    beside: Sequence["tuple[str, Rows]"] = ()
    """The tables of the same page, each with its name."""

    def tables_changed(self) -> Sequence[Difference]:
        found = [
            Difference(of.prefix or "", name, of.lines(of.filled()), of.lines(of.initial or []), None)
            for name, of in self.beside
        ]
        return [table for table in found if table.mine != table.theirs]


class RowForm(PageForm):
    """A row of a formset: fields of an empty row are not required; its label is the row's number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("use_required_attribute", None)
        super().__init__(*args, use_required_attribute=False, **kwargs)


class GoalForm(RowForm):
    difficulty = forms.ChoiceField(
        label="Затруднение",
        choices=[("", "Выберите"), *difficulties.ITEMS.items(), (difficulties.FREE, "Своими словами")],
    )
    target = forms.CharField(label="Что изменится", max_length=500)
    indicator = forms.CharField(label="По чему увидим", required=False, max_length=250)
    baseline = forms.IntegerField(
        label="Было, 0–3",
        required=False,
        min_value=0,
        max_value=3,
        help_text="0: не мешает, 3: мешает каждый урок",
    )
    target_level = forms.IntegerField(
        label="Хотим, 0–3", required=False, min_value=0, max_value=3, help_text="Меньше, чем было"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if is_worse(cleaned):
            self.add_error("target_level", worse(cleaned))
        return cleaned


class ActivityForm(RowForm):
    content = forms.CharField(label="Что делаем", max_length=500)
    goal_number = forms.IntegerField(label="К какой цели, номер", required=False, min_value=1, max_value=20)
    block = forms.ChoiceField(
        label="Направление", choices=ActivityBlock.choices, initial=ActivityBlock.METHOD
    )
    work_form = forms.ChoiceField(label="Как", choices=WorkForm.choices, initial=WorkForm.CONSULTATION)
    starts_on = DateField(label="С")
    ends_on = DateField(label="По")
    responsible = forms.ChoiceField(label="Кто", choices=Responsible.choices, initial=Responsible.BOTH)
    expected = forms.CharField(label="Что получится", required=False, max_length=300)

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "responsible", responsible_words(pair))


@dataclass(frozen=True)
class Part:
    """A part of the long form: folded when there is nothing to do in it; its line says what is done."""

    id: str
    title: str
    done: str
    is_open: bool
    fields: Sequence[BoundField] = ()


PARTS = (
    ("about", "О чём программа", ("title", "problem", "goal", "tasks", "expected", "evaluation")),
    ("difficulties", "Над чем работаем", ("difficulty_items", "free_difficulty")),
    (
        "terms",
        "Срок и порядок",
        ("starts_on", "ends_on", "frequency", "place", "channel", "roles", "length_reason"),
    ),
)


class Rows(BaseFormSet):  # type: ignore[type-arg]
    """Filled rows only; a row ticked «убрать» is left out."""

    def filled(self) -> list[dict[str, Any]]:
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"} for form in kept
        ]

    def lines(self, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """Each row in words: «Что изменится: …; Было, 0–3: 2»."""
        return ["; ".join(self._told(row)) for row in rows]

    def _told(self, row: Mapping[str, Any]) -> list[str]:
        said = [
            (str(field.label), in_words(field, row.get(name)))
            for name, field in self.empty_form.fields.items()
        ]
        return [f"{label}: {', '.join(values)}" for label, values in said if values]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Убрать эту строку"


def _rows(form: type[RowForm], extra: int) -> Any:
    return formset_factory(form, formset=Rows, extra=extra, can_delete=True, max_num=60)


class ProgrammeForms:
    """The text and both tables as one form of the page."""

    def __init__(
        self,
        data: Any,
        *,
        pair: Pair,
        initial: dict[str, Any],
        goals: Sequence[dict[str, Any]],
        activities: Sequence[dict[str, Any]],
        version: int | None,
    ) -> None:
        self.is_bound, self.adding = data is not None, bool(data and data.get(ADD))
        grown = _grown(data) if self.adding else data
        self.text = ProgrammeTextForm(grown if self.is_bound else None, initial=initial, version=version)
        self.goals = _rows(GoalForm, 0 if goals else 2)(grown, initial=list(goals), prefix="goals")
        self.activities = _rows(ActivityForm, 1 if activities else 3)(
            grown, initial=list(activities), prefix="activities", form_kwargs={"pair": pair}
        )
        self.text.beside = (("Цели", self.goals), ("План", self.activities))

    def is_valid(self) -> bool:
        return all([self.text.is_valid(), self.goals.is_valid(), self.activities.is_valid()])

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(id of the field or empty, words) of the text and of every row: the sum of errors stands above the
        whole page.
        """
        rows = [("Цель", self.goals), ("Дело", self.activities)]
        in_rows = [
            (place, f"{name} {n}. {said}")
            for name, table in rows
            for n, row in enumerate(table.forms, 1)
            for place, said in row.error_lines
        ]
        of_tables = [("", str(said)) for _, table in rows for said in table.non_form_errors()]
        return [*self.text.error_lines, *in_rows, *of_tables] if self.is_bound and not self.adding else []

    error_lines = errors

    @property
    def sum_of_errors(self) -> str:
        return sum_of_errors(len([place for place, _ in self.errors if place]))

    @property
    def parts(self) -> list[Part]:
        """The parts of the text. The first is open while it is being written, another only when something in
        it is wrong.
        """
        return [self._part(place, *part) for place, part in enumerate(PARTS)]

    def _part(self, place: int, key: str, title: str, names: Sequence[str]) -> Part:
        fields = [self.text[name] for name in names]
        wrong = self.is_bound and not self.adding and any(field.errors for field in fields)
        wanted = [field for field in fields if field.field.required]
        filled = sum(bool(field.value()) for field in wanted)
        done = f"{filled} из {len(wanted)}" if wanted else self._chosen(fields[0])
        return Part(f"h-{key}", title, done, wrong or place == 0 or filled < len(wanted), fields)

    @staticmethod
    def _chosen(field: BoundField) -> str:
        count = len(field.value() or [])
        return f"выбрано {count}" if count else "выберите хотя бы одно"

    @property
    def goal_rows(self) -> list[tuple[RowForm, str, bool]]:
        """(form, the line of the folded row, whether it is open)."""
        return self._folded(self.goals.forms, "target")

    @property
    def activity_rows(self) -> list[tuple[RowForm, str, bool]]:
        return self._folded(self.activities.forms, "content")

    def _folded(self, rows: Sequence[RowForm], name: str) -> list[tuple[RowForm, str, bool]]:
        """A filled row is folded, the first empty one is open; so is a row with a mistake."""
        told = [str(row[name].value() or "").strip()[:120] for row in rows]
        first = told.index("") if "" in told and (self.adding or not any(told)) else -1
        wrong = [self.is_bound and not self.adding and bool(row.errors) for row in rows]
        return [
            (row, said, bad or place == first)
            for place, (row, said, bad) in enumerate(zip(rows, told, wrong, strict=True))
        ]

    @property
    def jumps(self) -> list[tuple[str, str]]:
        """The way through the form, with what is done in each part."""
        rows = [("Цели", self.goal_rows, "h-goals"), ("План", self.activity_rows, "h-plan")]
        counted = [
            (f"{title}: {sum(bool(told) for _, told, _ in lines)}", f"#{place}")
            for title, lines, place in rows
        ]
        return [*((f"{part.title}: {part.done}", f"#{part.id}") for part in self.parts), *counted]

    @property
    def status(self) -> int:
        """A page that only grew rows is not a refusal."""
        return 200 if self.adding or not self.is_bound else 422

    def values(self) -> dict[str, Any]:
        return {
            **self.text.cleaned_data,
            "goals": self.goals.filled(),
            "activities": self.activities.filled(),
        }


def _grown(data: Any) -> Any:
    grown = data.copy()
    which = data[ADD] if data[ADD] in ("goals", "activities") else "activities"
    total = whole_number(str(grown.get(f"{which}-TOTAL_FORMS", "0"))) or 0
    grown[f"{which}-TOTAL_FORMS"] = str(min(total + 2, 60))
    return grown


def initial_of(programme: Programme) -> dict[str, Any]:
    """What the form shows of a stored programme."""
    return {
        "initial": {name: getattr(programme, name) for name in (*TEXTS, "starts_on", "ends_on")},
        "goals": [
            {name: getattr(goal, name) for name in GOAL_FIELDS if name != "number"}
            for goal in programme.goals.all()
        ],
        "activities": [
            {
                name: getattr(row, name)
                for name in (*ACTIVITY_FIELDS, "starts_on", "ends_on")
                if name != "number"
            }
            for row in programme.activities.all()
        ],
        "version": programme.version,
    }


class MarkForm(PageForm):
    mark = CardField(label="Как с этим делом", choices=ActivityMark.choices)
    done_on = DateField(label="Когда сделано", required=False)
    result = forms.CharField(label="Что вышло", required=False, max_length=300)


class GoalsForm(PageForm):
    """One rating for each goal, and what its difficulty is now where it was measured at the beginning."""

    def __init__(self, *args: Any, goals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for goal in goals:
            self.fields[f"goal_{goal.number}"] = CardField(
                label=f"{goal.number}. {goal.target}", choices=Achieved.choices
            )
            if goal.baseline is not None:
                self.fields[f"now_{goal.number}"] = forms.IntegerField(
                    label=f"Стало, цель {goal.number}",
                    min_value=0,
                    max_value=WORST,
                    required=False,
                    initial=goal.actual,
                    help_text=_measured(goal),
                )

    def ratings(self) -> dict[int, str]:
        return self._by_number("goal_")

    def levels(self) -> dict[int, int | None]:
        """What of the difficulty is left, by the goal's number; None: nobody has measured it."""
        return self._by_number("now_")

    def _by_number(self, begins: str) -> dict[int, Any]:
        said = self.cleaned_data.items()
        return {int(name.removeprefix(begins)): value for name, value in said if name.startswith(begins)}


def _measured(goal: Any) -> str:
    wanted = "" if goal.target_level is None else f", хотели {goal.target_level}"
    scale = f"0 значит «не мешает», {WORST} «мешает каждый урок»"
    return (
        f"{goal.difficulty_title}: было {goal.baseline}{wanted}. {scale}. Не измеряли: оставьте пустым. "
        "Число одно на пару."
    )
