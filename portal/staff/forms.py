"""What people type about people."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst

from portal.accounts.offices import HAND_OFFICES, SCHOOL_OFFICES, Office
from portal.core import clock
from portal.core.person_names import FIRST, LAST, MIDDLE
from portal.core.sorting import folded
from portal.documents.sheets import MAX_BYTES
from portal.municipality.reference import POSITIONS, SUBJECTS
from portal.staff.exports import PUBLIC_DATA
from portal.staff.list_rows import TITLES
from portal.staff.models import Employee, EmployeeOffice, ImportRow
from portal.staff.selectors import by_access, by_consent, working_employees
from portal.staff.states import Category, DismissalReason, EducationLevel, Gender
from portal.staff.workflow import SignedPaper
from portal.ui.choices import offer_rows
from portal.ui.fields import CardField, CardsField, DateField, NameField, UploadField
from portal.ui.forms import PageForm
from portal.ui.lists import FilterForm
from portal.ui.step_form import StepForm

ANY = ("", "Все")


class EmployeeFilters(FilterForm):
    """By name, work, youth, portal and consent."""

    q = forms.CharField(label="Имя или фамилия", max_length=100)
    position = forms.ChoiceField(label="Должность", choices=[ANY, *POSITIONS.items()])
    subject = forms.ChoiceField(label="Предмет", choices=[ANY, *SUBJECTS.items()])
    young = forms.ChoiceField(label="Стаж", choices=[ANY, ("yes", "Молодые педагоги")])
    access = forms.ChoiceField(
        label="Портал",
        choices=[
            ANY,
            ("in", "В портале"),
            ("invited", "Приглашены"),
            ("none", "Не приглашены"),
            ("mail", "Не приглашены, почта есть"),
        ],
    )
    consent = forms.ChoiceField(
        label="Согласие", choices=[ANY, ("given", "Согласие есть"), ("none", "Согласия нет")]
    )

    def narrow(self, rows: QuerySet[Employee]) -> QuerySet[Employee]:
        for word in folded(self.picked("q") or "").split():
            rows = rows.filter(name_key__contains=word)
        if self.picked("position"):
            rows = rows.filter(positions__position=self.picked("position"))
        if self.picked("subject"):
            rows = rows.filter(
                pk__in=Employee.objects.filter(positions__subjects__contains=[self.picked("subject")]).values(
                    "pk"
                )
            )
        if self.picked("young"):
            rows = rows.young()  # type: ignore[attr-defined]
        return by_consent(by_access(rows, self.picked("access") or ""), self.picked("consent") or "")


class PersonForm(PageForm):
    """What is known of a person."""

    last_name = NameField(label="Фамилия", part=LAST)
    first_name = NameField(label="Имя", part=FIRST)
    middle_name = NameField(label="Отчество", part=MIDDLE, required=False)
    gender = forms.ChoiceField(
        label="Пол",
        choices=[("", "Не указан"), *Gender.choices],
        required=False,
        help_text="Нужен, чтобы имя в приказах стояло в верном падеже",
    )
    birth_date = DateField(label="Дата рождения", help_text="Например, 12.03.1988")
    hired_on = DateField(label="Дата приёма", help_text="Например, 01.09.2020")
    ped_stage_years = forms.DecimalField(
        label="Педагогический стаж, лет", max_digits=4, decimal_places=1, help_text="Можно с десятыми: 2,5"
    )
    education_level = forms.ChoiceField(label="Образование", choices=EducationLevel.choices)
    is_ped_education = forms.BooleanField(label="Образование педагогическое", required=False, initial=True)
    category = forms.ChoiceField(label="Категория", choices=Category.choices)
    category_on = DateField(label="Дата категории", required=False)
    rate = forms.DecimalField(
        label="Ставка", max_digits=3, decimal_places=2, initial=1, help_text="От 0,05 до 2,5"
    )
    hours_week = forms.IntegerField(label="Часов в неделю", required=False)
    email = forms.EmailField(label="Почта", required=False, help_text="На неё придёт приглашение в портал")

    @classmethod
    def known(cls, employee: Employee) -> dict[str, Any]:
        """What the form shows of an employee."""
        return {name: getattr(employee, name) for name in cls.base_fields if hasattr(employee, name)}


class EmployeeForm(PersonForm):
    """A person with the first position."""

    position = forms.ChoiceField(label="Должность", choices=list(POSITIONS.items()))
    subjects = forms.MultipleChoiceField(
        label="Предметы", choices=list(SUBJECTS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("last_name", "first_name", "middle_name", "gender", "birth_date", "position", "subjects")

    @classmethod
    def known(cls, employee: Employee) -> dict[str, Any]:
        first = employee.positions.order_by("pk").first()
        place = {"position": first.position, "subjects": first.subjects} if first else {}
        return {**super().known(employee), **place}

    def stored(self, current: object) -> Mapping[str, Any]:
        """The position stands in a row of its own; the form is begun with the first one."""
        place = {name: self.initial[name] for name in ("position", "subjects") if name in self.initial}
        return {**super().stored(current), **place}


class DeputyForm(PersonForm):
    """The one deputy whom the principal enters; the letter needs an address."""

    email = forms.EmailField(
        label="Почта", help_text="Когда приказ о назначении зарегистрирован, сюда придёт приглашение"
    )


class NameForm(PageForm):
    """How the person's name stands in documents, when the rules are wrong."""

    begins_with_stored = True
    genitive = NameField(label="Кого? (родительный)", required=False)
    dative = NameField(label="Кому? (дательный)", required=False)
    accusative = NameField(label="Кого назначить? (винительный)", required=False)
    instrumental = NameField(label="Кем? (творительный)", required=False)


class DismissalForm(PageForm):
    """The last day, and why."""

    on = DateField(label="Последний рабочий день")
    reason = forms.ChoiceField(
        label="Причина", choices=DismissalReason.choices, initial=DismissalReason.UNKNOWN
    )


class InviteForm(PageForm):
    """Where the letter goes. Offices beyond the teacher's are given on their own page."""

    email = forms.EmailField(
        label="Почта", help_text="Ссылка в письме сработает один раз и только для этой почты"
    )


OFFICE_NOTES: dict[str, str] = {
    Office.PSYCHOLOGIST: "Видит пары и потребности, даёт заключение о совместимости",
    Office.ASSOCIATION_LEAD: "Предлагает пары, советует по программам, оценивает практики школы",
    Office.PERSONNEL_OFFICER: "Ведёт список сотрудников, приказы и согласия",
    Office.TEACHER: "Свои пары, встречи и практики. Больше ничего о других не видит",
}


class OfficeFilters(FilterForm):
    """By office, and by whether it is over."""

    office = forms.ChoiceField(
        label="Должность", choices=[ANY, *((o.value, o.label) for o in Office if o in SCHOOL_OFFICES)]
    )
    when = forms.ChoiceField(
        label="Срок", choices=[ANY, ("now", "Действуют сегодня"), ("over", "Закончились")]
    )

    def narrow(self, rows: QuerySet[EmployeeOffice]) -> QuerySet[EmployeeOffice]:
        if self.picked("office"):
            rows = rows.filter(office=self.picked("office"))
        if self.picked("when") == "now":
            return rows.filter(EmployeeOffice.valid_on(clock.today()))
        return rows.filter(valid_to__lt=clock.today()) if self.picked("when") == "over" else rows


def _with_position(person: Employee) -> str:
    return f"{person.full_name}, {person.position_title}"


class OfficeForm(PageForm):
    """Who gets which office, for how long, by which document."""

    employee = forms.ModelChoiceField(
        label="Кому", queryset=Employee.objects.none(), to_field_name="uuid", empty_label="Выберите человека"
    )
    office = CardField(
        label="Какая должность",
        choices=[(o.value, capfirst(o.label)) for o in HAND_OFFICES],
        notes=OFFICE_NOTES,
    )
    valid_from = DateField(label="С какого дня", initial=lambda: clock.today())
    valid_to = DateField(label="По какой день", required=False, help_text="Если без срока, оставьте пустым")
    basis = forms.CharField(
        label="Документ-основание", max_length=250, help_text="Например, приказ № 12-к от 01.09.2026"
    )
    email = forms.EmailField(
        label="Почта",
        required=False,
        help_text="Нужна, если человека ещё нет в портале: сюда придёт приглашение",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "employee", working_employees(), label=_with_position)


class OfficeEndForm(PageForm):
    """The last day, and by which document."""

    on = DateField(
        label="Последний день",
        initial=lambda: clock.today(),
        help_text="В этот день права ещё есть. Чтобы снять их сразу, укажите вчерашний день",
    )
    basis = forms.CharField(
        label="Документ-основание", max_length=250, help_text="Например, приказ № 14-к от 20.11.2026"
    )


class UploadListForm(PageForm):
    """The file with the list."""

    file = UploadField(
        label="Таблица Excel",
        kinds=("xlsx",),
        most=MAX_BYTES,
        help_text="Первая строка с заголовками, как в образце",
    )


CHOSEN = {
    "position": list(POSITIONS.values()),
    "education_level": EducationLevel.labels,
    "category": Category.labels,
    "is_ped_education": ["да", "нет"],
}
"""Cells whose words come from a list: chosen, not typed."""
NOTHING_LEFT = "В этой строке исправлять уже нечего: вернитесь к списку."


class RowForm(PageForm):
    """The wrong cells of a row, made by `row_form`; `mends` names those that this sending puts right."""

    mends = forms.CharField(
        label="Строка", widget=forms.HiddenInput, error_messages={"required": NOTHING_LEFT}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.get("mends", "").split(",") if self.is_bound else list(self.fields)
        for name, field in self.fields.items():
            field.required = name == "mends" or (name in CHOSEN and name in asked)

    @property
    def values(self) -> dict[str, str]:
        """Cell → its new words."""
        asked = self.cleaned_data["mends"].split(",")
        given = {name: self.cleaned_data[name] for name in self.fields if name in asked and name != "mends"}
        return {name: ", ".join(value) if isinstance(value, list) else value for name, value in given.items()}


def row_form(row: ImportRow) -> type[RowForm]:
    """Fields for the cells that are wrong, with what stands in the file."""
    wrong = list(dict.fromkeys(error["field"] for error in row.errors))
    fields: dict[str, Any] = {name: _cell_field(name, str(row.raw.get(name) or ""), row) for name in wrong}
    mends = forms.CharField(
        label="Строка",
        widget=forms.HiddenInput,
        initial=",".join(wrong),
        error_messages={"required": NOTHING_LEFT},
    )
    return type("MendedRow", (RowForm,), {**fields, "mends": mends})


def _cell_field(name: str, now: str, row: ImportRow) -> forms.Field:
    instead = next(
        (error["instead"] for error in row.errors if error["field"] == name and error.get("instead")), ""
    )
    hint = f"В файле: «{now}»" if now else "В файле пусто"
    if name == "subjects":
        titles = [(title, title) for title in SUBJECTS.values()]
        return forms.MultipleChoiceField(
            label=TITLES[name],
            choices=titles,
            initial=instead.split(", "),
            help_text=hint,
            widget=forms.CheckboxSelectMultiple,
        )
    if name in CHOSEN:
        return forms.ChoiceField(
            label=TITLES[name],
            choices=[("", "Выберите"), *((word, word) for word in CHOSEN[name])],
            initial=instead,
            help_text=hint,
        )
    return forms.CharField(label=TITLES[name], initial=now, max_length=300, help_text=hint)


class ConsentForm(PageForm):
    """Until when the consent is good."""

    valid_until = DateField(label="Действует до", required=False, help_text="Если не указать, три года")


class DistributionForm(ConsentForm):
    """Where and what may be published (152-ФЗ ст. 10.1)."""

    resources = forms.CharField(
        label="Адреса страниц",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="По одному в строке: сайт школы, банк практик города",
        max_length=2000,
    )
    data_allowed = CardsField(label="Какие данные можно публиковать", choices=list(PUBLIC_DATA.items()))
    conditions = forms.CharField(
        label="Условия и запреты",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="Например: не передавать третьим лицам",
    )


class ScanForm(StepForm[SignedPaper]):
    """The signed paper."""

    asks = SignedPaper
    given_on = DateField(label="День подписания", initial=lambda: clock.today())
    scan = UploadField(label="Скан или фото")
