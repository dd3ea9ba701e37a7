"""What people type about people."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from portal.accounts.offices import Office
from portal.core import clock
from portal.core.sorting import folded
from portal.municipality.reference import POSITIONS, SUBJECTS
from portal.staff.exports import PUBLIC_DATA
from portal.staff.models import Employee, PersonalConsent
from portal.staff.states import Category, ConsentKind, ConsentState, DismissalReason, EducationLevel, Gender
from portal.ui.forms import CardsField, DateField, PageForm, UploadField
from portal.ui.lists import FilterForm

ANY = ("", "Все")


class EmployeeFilters(FilterForm):
    """By name, work, youth, portal and consent."""

    q = forms.CharField(label="Имя или фамилия", max_length=100)
    position = forms.ChoiceField(label="Должность", choices=[ANY, *POSITIONS.items()])
    subject = forms.ChoiceField(label="Предмет", choices=[ANY, *SUBJECTS.items()])
    young = forms.ChoiceField(label="Стаж", choices=[ANY, ("yes", "Молодые педагоги")])
    access = forms.ChoiceField(label="Портал", choices=[ANY, ("in", "В портале"), ("invited", "Приглашены"), ("none", "Не приглашены")])
    consent = forms.ChoiceField(label="Согласие", choices=[ANY, ("given", "Согласие есть"), ("none", "Согласия нет")])

    def narrow(self, rows: QuerySet[Employee]) -> QuerySet[Employee]:
        for word in folded(self.picked("q") or "").split():
            rows = rows.filter(name_key__contains=word)
        if self.picked("position"):
            rows = rows.filter(positions__position=self.picked("position"))
        if self.picked("subject"):
            rows = rows.filter(pk__in=Employee.objects.filter(positions__subjects__contains=[self.picked("subject")]).values("pk"))
        if self.picked("young"):
            rows = rows.young()  # type: ignore[attr-defined]
        return self._by_consent(self._by_access(rows))

    def _by_access(self, rows: QuerySet[Employee]) -> QuerySet[Employee]:
        match self.picked("access"):
            case "in":
                return rows.exclude(user=None)
            case "invited":
                return rows.filter(user=None, invitations__isnull=False).distinct()
            case "none":
                return rows.filter(user=None, invitations=None)
        return rows

    def _by_consent(self, rows: QuerySet[Employee]) -> QuerySet[Employee]:
        wanted = self.picked("consent")
        if not wanted:
            return rows
        given = PersonalConsent.objects.filter(employee=OuterRef("pk"), kind=ConsentKind.PROCESSING, state=ConsentState.GIVEN)
        there = Exists(given.exclude(valid_until__lt=clock.today()))
        return rows.filter(there) if wanted == "given" else rows.filter(~there)


class PersonForm(PageForm):
    """What is known of a person."""

    last_name = forms.CharField(label="Фамилия", max_length=100)
    first_name = forms.CharField(label="Имя", max_length=100)
    middle_name = forms.CharField(label="Отчество", max_length=100, required=False)
    gender = forms.ChoiceField(
        label="Пол", choices=[("", "Не указан"), *Gender.choices], required=False, help_text="Нужен, чтобы имя в приказах стояло в верном падеже"
    )
    birth_date = DateField(label="Дата рождения", help_text="Например, 12.03.1988")
    hired_on = DateField(label="Дата приёма", help_text="Например, 01.09.2020")
    ped_stage_years = forms.DecimalField(label="Педагогический стаж, лет", max_digits=4, decimal_places=1, help_text="Можно с десятыми: 2,5")
    education_level = forms.ChoiceField(label="Образование", choices=EducationLevel.choices)
    is_ped_education = forms.BooleanField(label="Образование педагогическое", required=False, initial=True)
    category = forms.ChoiceField(label="Категория", choices=Category.choices)
    category_on = DateField(label="Дата категории", required=False)
    rate = forms.DecimalField(label="Ставка", max_digits=3, decimal_places=2, initial=1, help_text="От 0,05 до 2,5")
    hours_week = forms.IntegerField(label="Часов в неделю", required=False)
    email = forms.EmailField(label="Почта", required=False, help_text="На неё придёт приглашение в портал")

    @classmethod
    def known(cls, employee: Employee) -> dict[str, Any]:
        """What the form shows of an employee."""
        return {name: getattr(employee, name) for name in cls.base_fields if hasattr(employee, name)}


class EmployeeForm(PersonForm):
    """A person with the first position."""

    position = forms.ChoiceField(label="Должность", choices=list(POSITIONS.items()))
    subjects = forms.MultipleChoiceField(label="Предметы", choices=list(SUBJECTS.items()), required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ("last_name", "first_name", "middle_name", "gender", "birth_date", "position", "subjects")

    @classmethod
    def known(cls, employee: Employee) -> dict[str, Any]:
        first = employee.positions.order_by("pk").first()
        place = {"position": first.position, "subjects": first.subjects} if first else {}
        return {**super().known(employee), **place}


class DeputyForm(PersonForm):
    """The one deputy whom the principal enters; the letter needs an address."""

    email = forms.EmailField(label="Почта", help_text="Когда приказ о назначении зарегистрирован, сюда придёт приглашение")


class NameForm(PageForm):
    """How the person's name stands in documents, when the rules are wrong."""

    genitive = forms.CharField(label="Кого? (родительный)", required=False, max_length=200)
    dative = forms.CharField(label="Кому? (дательный)", required=False, max_length=200)
    accusative = forms.CharField(label="Кого назначить? (винительный)", required=False, max_length=200)
    instrumental = forms.CharField(label="Кем? (творительный)", required=False, max_length=200)


class DismissalForm(PageForm):
    """The last day, and why."""

    on = DateField(label="Последний рабочий день")
    reason = forms.ChoiceField(label="Причина", choices=DismissalReason.choices)


class InviteForm(PageForm):
    """Where the letter goes, and into which office."""

    email = forms.EmailField(label="Почта", help_text="Ссылка в письме сработает один раз и только для этой почты")
    office = forms.ChoiceField(
        label="Кем", choices=[(o.value, o.label) for o in (Office.TEACHER, Office.PSYCHOLOGIST, Office.ASSOCIATION_LEAD, Office.PERSONNEL_OFFICER)]
    )

    def __init__(self, *args: Any, principal: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not principal:
            self.fields["office"].choices = [(Office.TEACHER.value, Office.TEACHER.label)]  # type: ignore[attr-defined]


class UploadListForm(PageForm):
    """The file with the list."""

    file = UploadField(label="Таблица Excel", accept=".xlsx", help_text="Файл .xlsx до 10 МБ, первая строка с заголовками как в образце")


class ConsentForm(PageForm):
    """Until when the consent is good."""

    valid_until = DateField(label="Действует до", required=False, help_text="Если не указать, три года")


class DistributionForm(ConsentForm):
    """Where and what may be published (152-ФЗ ст. 10.1)."""

    resources = forms.CharField(
        label="Адреса страниц", widget=forms.Textarea(attrs={"rows": 3}), help_text="По одному в строке: сайт школы, банк практик города", max_length=2000
    )
    data_allowed = CardsField(label="Какие данные можно публиковать", choices=list(PUBLIC_DATA.items()))
    conditions = forms.CharField(label="Условия и запреты", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000,
                                 help_text="Например: не передавать третьим лицам")  # fmt: skip


class ScanForm(PageForm):
    """The signed paper."""

    given_on = DateField(label="День подписания", initial=lambda: clock.today())
    scan = UploadField(label="Скан или фото", accept=".pdf,.jpg,.jpeg,.png", help_text="PDF, JPG или PNG до 20 МБ")
