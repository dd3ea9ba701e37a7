"""Forms of practices. Rows of steps and results are plain numbered fields, so everything works without
scripts.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Case, When

from best_practices.states import LICENCE_WORDS, Form, Kind, Licence, Nomination
from portal.files.storing import PRACTICE_FILES
from portal.municipality.reference import subjects
from portal.school_practices.models import SchoolPractice
from portal.school_practices.remark_fields import add_answers, answers_in
from portal.school_practices.remarks import RemarkAnswer, remarks_of
from portal.school_practices.states import SchoolPracticeState
from portal.staff.models import Person
from portal.staff.selectors import employed_people, working_people
from portal.ui.choices import keep_chosen, offer_rows
from portal.ui.fields import CardField, ManyBoxes, UploadField
from portal.ui.forms import PageForm
from portal.ui.lists import FilterForm

STEP, RESULT = (
    ("step", "content", "tool", "duration"),
    (
        "indicator",
        "unit",
        "before",
        "after",
        "period",
        "people",
    ),
)
STEP_LABELS = {
    "step": "Название шага",
    "content": "Что делаем",
    "tool": "Чем пользуемся",
    "duration": "Сколько времени",
}
RESULT_LABELS = {
    "indicator": "Что измеряли",
    "unit": "В чём",
    "before": "Было",
    "after": "Стало",
    "period": "За какое время",
    "people": "Сколько человек",
}
ROWS = {"steps": ("step", STEP), "results": ("result", RESULT)}
ROW_NAMES = {"step": "Шаг", "result": "Результат"}
LINES = ("tasks",)
PLAIN = (
    "title",
    "annotation",
    "nomination",
    "form",
    "target_group",
    "problem",
    "goal",
    "novelty",
    "resources",
    "timing",
    "qualitative",
    "risks_and_limits",
    "replication_conditions",
    "kinds",
    "subjects",
    "has_no_pupil_data",
    "has_image_consents",
)


def _text(label: str, hint: str = "", *, rows: int = 5, limit: int = 5000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ExpertOfferForm(PageForm):
    """Whom the school proposes to the city, of what, and why."""

    person = forms.ModelChoiceField(
        label="Кого",
        queryset=Person.objects.none(),
        to_field_name="uuid",
        empty_label="Выберите человека",
        help_text="Тех, кто уже вошёл в портал: ответит человек сам.",
    )
    subjects = forms.MultipleChoiceField(
        label="Предметы", choices=lambda: subjects().choices(), widget=ManyBoxes
    )
    basis = forms.CharField(
        label="Почему", max_length=250, help_text="Эти слова увидит человек, а если согласится, и город"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(
            self,
            "person",
            working_people().exclude(user=None),
            label=lambda person: f"{person.full_name}, {person.position_title}",
        )


class PracticeForm(PageForm):
    """The text of a practice. Only the title and authors are needed to keep a draft; the page says what a
    review needs.
    """

    hide_optional = True
    title = forms.CharField(
        label="Название",
        max_length=150,
        help_text="Одной фразой: что делаем и для кого. До 150 знаков.",
        error_messages={"required": "Назовите практику: для черновика этого хватит."},
    )
    annotation = _text("Коротко", "Это увидят в поиске. До 500 знаков.", rows=3, limit=500)
    nomination = forms.ChoiceField(
        label="Номинация", required=False, choices=[("", "Выберите"), *Nomination.choices]
    )
    form = forms.ChoiceField(
        label="Форма наставничества", required=False, choices=[("", "Выберите"), *Form.choices]
    )
    kinds = forms.MultipleChoiceField(
        label="Виды наставничества", required=False, choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    subjects = forms.MultipleChoiceField(
        label="Предметы",
        required=False,
        choices=lambda: [(title, title) for _, title in subjects().choices()],
        widget=ManyBoxes,
    )
    authors = forms.ModelMultipleChoiceField(
        label="Авторы",
        queryset=Person.objects.none(),
        to_field_name="uuid",
        help_text="От одного до пяти.",
        widget=ManyBoxes,
    )
    target_group = forms.CharField(label="Для кого", required=False, max_length=255)
    problem = _text("Какая была трудность", "От 100 знаков: с чего начали и почему так дальше было нельзя.")
    goal = _text("Чего хотели добиться", "От 100 знаков.")
    tasks = _text("Задачи", "Каждая с новой строки.", rows=4)
    novelty = _text("Что здесь нового", "От 100 знаков: чем отличается от того, что все и так делают.")
    resources = _text("Что понадобится", rows=3)
    timing = forms.CharField(label="Сколько времени занимает", required=False, max_length=255)
    qualitative = _text("Что заметили", "То, чего не измерить числом.")
    risks_and_limits = _text("Где не сработает", "Самое полезное для коллег: что не получилось и почему.")
    replication_conditions = _text("Что нужно, чтобы повторить у себя")
    keywords = forms.CharField(
        label="Ключевые слова", required=False, max_length=500, help_text="Через запятую."
    )
    licence = CardField(
        label="На каких условиях отдаёте практику",
        required=False,
        choices=Licence.choices,
        notes={str(code): words for code, words in LICENCE_WORDS.items()},
    )
    has_no_pupil_data = forms.BooleanField(
        label="В тексте и файлах нет фамилий и других данных учеников", required=False
    )
    has_image_consents = forms.BooleanField(
        label="На все снимки людей есть согласия, или снимков нет", required=False
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, practice: SchoolPractice | None = None, **kwargs: Any
    ) -> None:
        initial = _initial(practice) if practice else {}
        self.begins_with_stored = practice is not None
        super().__init__(data, files, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        chosen_first = Case(When(uuid__in=self.initial.get("authors", []), then=0), default=1)
        offer_rows(
            self,
            "authors",
            employed_people().order_by(chosen_first, "name_key", "id"),
            label=lambda person: person.full_name,
        )
        keep_chosen(self, "subjects", str)  # the words of the day on which they were chosen
        self.steps = self._rows("step", STEP, STEP_LABELS, practice.steps if practice else [], least=4)
        self.city_remarks = remarks_of(practice) if practice else []
        self.remarks = add_answers(self, self.city_remarks)
        self.results = self._rows(
            "result", RESULT, RESULT_LABELS, practice.results if practice else [], least=2
        )

    def _rows(
        self,
        prefix: str,
        names: tuple[str, ...],
        labels: dict[str, str],
        rows: list[dict[str, str]],
        *,
        least: int,
    ) -> list[list[Any]]:
        """Numbered fields for the rows there are and two more; saving the draft gives the next two."""
        # rows that another person has taken away stay typed
        sent = sum(f"{prefix}_{number}_{names[0]}" in self.data for number in range(20))
        count = min(max(len(rows) + 2, least, sent), 20)
        for number in range(count):
            for name in names:
                widget = forms.Textarea(attrs={"rows": 3}) if name == "content" else forms.TextInput()
                field = forms.CharField(
                    label=labels[name],
                    required=False,
                    max_length=2000 if name == "content" else 250,
                    widget=widget,
                )
                field.initial = rows[number].get(name, "") if number < len(rows) else ""
                field.label_alone = f"{ROW_NAMES[prefix]} {number + 1}. {labels[name]}"  # type: ignore[attr-defined]
                self.fields[f"{prefix}_{number}_{name}"] = field
        return [[self[f"{prefix}_{number}_{name}"] for name in names] for number in range(count)]

    def _filled(self, prefix: str, names: tuple[str, ...]) -> list[dict[str, str]]:
        rows, number = [], 0
        while f"{prefix}_{number}_{names[0]}" in self.fields:
            row = {name: self.cleaned_data.get(f"{prefix}_{number}_{name}", "").strip() for name in names}
            rows += [row] if any(row.values()) else []
            number += 1
        return rows

    def content(self) -> dict[str, Any]:
        """What the services take; of a form with mistakes, what has none."""
        typed = self.cleaned_data
        made = {name: typed[name] for name in PLAIN if name in typed}
        for name, sign in (("tasks", "\n"), ("keywords", ",")):
            if name in typed:
                made[name] = [part.strip() for part in typed[name].split(sign) if part.strip()]
        return made | self._filled_rows() | self._licence()

    def answers(self) -> dict[UUID, RemarkAnswer]:
        """What the authors say to the city's remarks."""
        return answers_in(self, self.city_remarks)

    def _filled_rows(self) -> dict[str, Any]:
        good = {
            name: row
            for name, row in ROWS.items()
            if not any(field.startswith(f"{row[0]}_") for field in self.errors)
        }
        return {name: self._filled(*row) for name, row in good.items()}

    def _licence(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {"licence": typed["licence"] or Licence.NAMED} if "licence" in typed else {}


def _initial(practice: SchoolPractice) -> dict[str, Any]:
    plain = {name: getattr(practice, name) for name in (*PLAIN, "licence")}
    authors = [authorship.person.uuid for authorship in practice.authorships.all()]
    return {
        **plain,
        "tasks": "\n".join(practice.tasks),
        "keywords": ", ".join(practice.keywords),
        "authors": authors,
    }


class AttachmentForm(PageForm):
    title = forms.CharField(label="Что это", max_length=150, required=False)
    file = UploadField(label="Файл", kinds=PRACTICE_FILES)


class UnclearForm(PageForm):
    """The answer to a school that has not understood: nothing is to be changed."""

    answer = forms.CharField(
        label="Почему менять нечего",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Одной фразой. Её прочитают в вашей школе",
    )


class PracticeFilters(FilterForm):
    state = forms.ChoiceField(label="Состояние", choices=[("", "Все"), *SchoolPracticeState.choices])

    def narrow(self, rows: Any) -> Any:
        return rows.filter(state=self.picked("state")) if self.picked("state") else rows
