"""What people type about people."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst

from portal.accounts.offices import HAND_OFFICES, SCHOOL_OFFICES, Office
from portal.accounts.states import Change
from portal.core import clock
from portal.core.person_names import FIRST, LAST, MIDDLE
from portal.documents.names import needs_gender
from portal.municipality.reference import UNKNOWN_REASON, catalogue, positions, subjects
from portal.municipality.states import Book
from portal.staff.exports import PUBLIC_DATA
from portal.staff.list_rows import NAME_PARTS
from portal.staff.models import Person, PersonOffice, Position
from portal.staff.selectors import working_people
from portal.staff.states import Category, EducationLevel, Gender, PositionKind
from portal.staff.workflow.consents import SignedPaper
from portal.ui.choices import keep_chosen, offer_rows
from portal.ui.fields import CardField, CardsField, DateField, NameField, UploadField
from portal.ui.forms import PageForm
from portal.ui.lists import FilterForm
from portal.ui.step_form import StepForm

ANY = ("", "Все")


class PersonFactsForm(PageForm):
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
    hired_by = forms.CharField(
        label="Приказ о приёме", required=False, max_length=250, help_text="Например, № 12-к от 31.08.2020"
    )
    ped_stage_years = forms.DecimalField(
        label="Педагогический стаж, лет", max_digits=4, decimal_places=1, help_text="Можно с десятыми: 2,5"
    )
    stage_on = DateField(
        label="На какой день этот стаж",
        required=False,
        help_text="Если не указать, на сегодня. Дальше растёт сам",
    )
    education_level = forms.ChoiceField(label="Образование", choices=EducationLevel.choices)
    is_ped_education = forms.BooleanField(label="Образование педагогическое", required=False, initial=True)
    category = forms.ChoiceField(label="Категория", choices=Category.choices)
    category_on = DateField(label="Дата категории", required=False)
    category_until = DateField(
        label="Категория действует по", required=False, help_text="Если срок есть: новые даются без срока"
    )
    rate = forms.DecimalField(
        label="Ставка", max_digits=3, decimal_places=2, initial=1, help_text="От 0,05 до 2,5"
    )
    hours_week = forms.IntegerField(label="Часов в неделю", required=False)
    email = forms.EmailField(label="Почта", required=False, help_text="На неё придёт приглашение в портал")

    def clean(self) -> dict[str, Any]:
        """A gender that the name does not tell is asked: papers would leave the name undeclined."""
        cleaned = super().clean() or self.cleaned_data
        name = [cleaned.get(part) or "" for part in (LAST, FIRST, MIDDLE)]
        if not self.errors and needs_gender(*name, gender=cleaned.get("gender")):
            self.add_error(
                "gender",
                f"По имени «{' '.join(name).strip()}» пол не ясен. Выберите, чтобы имя в "
                "приказах стояло в верном падеже.",
            )
        return cleaned

    @classmethod
    def known(cls, person: Person) -> dict[str, Any]:
        """What the form shows of a person."""
        known = {name: getattr(person, name) for name in cls.base_fields if hasattr(person, name)}
        work = person.work
        columns = {"ped_stage_years": "stage_years", "stage_on": "stage_on", "hired_by": "basis"}
        stated = {name: getattr(work, column) for name, column in columns.items()} if work else {}
        return {**known, **stated}

    def stored(self, current: object) -> Mapping[str, Any]:
        """Service is shown as it was stated, not as it has grown."""
        stated = {
            name: self.initial[name]
            for name in ("ped_stage_years", "stage_on", "hired_by")
            if name in self.initial
        }
        return {**super().stored(current), **stated}


class PersonForm(PersonFactsForm):
    """A person with the first position."""

    position = forms.ChoiceField(label="Должность", choices=lambda: positions().choices())
    subjects = forms.MultipleChoiceField(
        label="Предметы",
        choices=lambda: subjects().choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order: tuple[str, ...] = (*NAME_PARTS, "gender", "birth_date", "position", "subjects")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_chosen(self, "position", positions().title)
        keep_chosen(self, "subjects", subjects().title)

    @classmethod
    def known(cls, person: Person) -> dict[str, Any]:
        first = next(iter(person.positions), None)
        place = {"position": first.position, "subjects": first.subjects} if first else {}
        return {**super().known(person), **place}

    def stored(self, current: object) -> Mapping[str, Any]:
        """The position stands in a row of its own; the form is begun with the first one."""
        place = {name: self.initial[name] for name in ("position", "subjects") if name in self.initial}
        return {**super().stored(current), **place}


class DeputyForm(PersonFactsForm):
    """The one deputy whom the principal enters; the letter needs an address."""

    email = forms.EmailField(
        label="Почта", help_text="Когда приказ о назначении зарегистрирован, сюда придёт приглашение"
    )


class DismissalForm(PageForm):
    """The last day, and why."""

    on = DateField(label="Последний рабочий день")
    reason = forms.ChoiceField(
        label="Причина", choices=lambda: catalogue(Book.DISMISSALS).choices(), initial=UNKNOWN_REASON
    )
    basis = forms.CharField(
        label="Приказ об увольнении",
        required=False,
        max_length=250,
        help_text="Например, № 41-к от 20.11.2026",
    )


class AbsenceForm(PageForm):
    """Why somebody is away for long, and from which day."""

    kind = CardField(label="Причина", choices=lambda: catalogue(Book.ABSENCES).choices())
    started_on = DateField(label="Первый день", initial=lambda: clock.today())
    expected_until = DateField(
        label="По какой день",
        required=False,
        help_text="Как записано в приказе. Когда он пройдёт, портал спросит, вышел ли человек на работу",
    )
    basis = forms.CharField(
        label="Документ-основание",
        required=False,
        max_length=250,
        help_text="Например, приказ № 31-к от 12.10.2026",
    )


class AbsenceMendForm(AbsenceForm):
    """The same, and the last day when the person is back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_chosen(self, "kind", catalogue(Book.ABSENCES).title)

    ended_on = DateField(
        label="Последний день отсутствия",
        required=False,
        help_text="Когда человек вышел на работу: день перед выходом. Пока пусто, его не ждут",
    )


class AccessForm(PageForm):
    """What somebody who cannot sign in needs, and how the principal knows it."""

    what = CardField(
        label="Что потеряно",
        choices=[
            (Change.ADDRESS, "Почта для входа"),
            (Change.SECOND_FACTOR, "Телефон со вторым шагом входа"),
        ],
    )
    email = forms.EmailField(
        label="Новая почта для входа", required=False, help_text="Нужна, если потеряна почта"
    )
    reason = forms.CharField(
        label="Что случилось",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="И как вы убедились, что просит сам человек. Это прочтут он сам и журнал школы",
    )


class ReturnForm(PageForm):
    """A new period of somebody who has worked here before."""

    hired_on = DateField(label="Дата приёма", initial=lambda: clock.today())
    hired_by = forms.CharField(
        label="Приказ о приёме", required=False, max_length=250, help_text="Например, № 12-к от 31.08.2026"
    )
    position = forms.ChoiceField(label="Должность", choices=lambda: positions().choices())
    subjects = forms.MultipleChoiceField(
        label="Предметы",
        choices=lambda: subjects().choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ped_stage_years = forms.DecimalField(
        label="Педагогический стаж на день приёма, лет",
        max_digits=4,
        decimal_places=1,
        help_text="Можно с десятыми: 2,5",
    )
    rate = forms.DecimalField(
        label="Ставка", max_digits=3, decimal_places=2, initial=1, help_text="От 0,05 до 2,5"
    )
    hours_week = forms.IntegerField(label="Часов в неделю", required=False)


class PositionForm(PageForm):
    """What somebody does, and how much of it."""

    position = forms.ChoiceField(label="Должность", choices=lambda: positions().choices())
    kind = CardField(label="Вид работы", choices=PositionKind.choices, initial=PositionKind.INTERNAL)
    subjects = forms.MultipleChoiceField(
        label="Предметы",
        choices=lambda: subjects().choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rate = forms.DecimalField(
        label="Ставка", max_digits=3, decimal_places=2, initial=1, help_text="От 0,05 до 2,5"
    )
    hours_week = forms.IntegerField(label="Часов в неделю", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_chosen(self, "position", positions().title)
        keep_chosen(self, "subjects", subjects().title)

    @classmethod
    def known(cls, position: Position) -> dict[str, Any]:
        return {name: getattr(position, name) for name in cls.base_fields}


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

    def narrow(self, rows: QuerySet[PersonOffice]) -> QuerySet[PersonOffice]:
        if self.picked("office"):
            rows = rows.filter(office=self.picked("office"))
        if self.picked("when") == "now":
            return rows.filter(PersonOffice.valid_on(clock.today()))
        return rows.filter(valid_to__lt=clock.today()) if self.picked("when") == "over" else rows


def _with_position(person: Person) -> str:
    return f"{person.full_name}, {person.position_title}"


class OfficeForm(PageForm):
    """Who gets which office, for how long, by which document."""

    person = forms.ModelChoiceField(
        label="Кому", queryset=Person.objects.none(), to_field_name="uuid", empty_label="Выберите человека"
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
        offer_rows(self, "person", working_people(), label=_with_position)


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

    given_on = DateField(label="День подписания", initial=lambda: clock.today())
    scan = UploadField(label="Скан или фото")
