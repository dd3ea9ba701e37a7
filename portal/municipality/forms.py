"""Forms of the department's pages."""

import re

from django import forms
from django.db.models import Q, QuerySet

from portal.accounts.models import Membership
from portal.accounts.offices import CITY_OFFICES, Office
from portal.core import clock
from portal.core.sorting import folded
from portal.core.text import whole_number
from portal.municipality.access import serves_still
from portal.municipality.indicators import COUNTERS, INDICATORS
from portal.municipality.officials import GIVEN
from portal.municipality.workflow import Agreement, LaterTerm
from portal.ui.fields import CardField, CardsField, DateField, NameField
from portal.ui.forms import PageForm
from portal.ui.lists import FilterForm
from portal.ui.step_form import StepForm
from tenants.models import School, SchoolKind, SchoolState


class NewSchoolForm(PageForm):
    """Requisites of a school that is to be connected."""

    number = forms.IntegerField(
        label="Номер школы",
        required=False,
        min_value=1,
        max_value=999,
        help_text="Если номера нет, оставьте пустым",
    )
    short_name = forms.CharField(
        label="Краткое название", max_length=120, help_text="Как говорят в городе: Школа № 5, Лицей № 1"
    )
    full_name = forms.CharField(label="Полное название по уставу", max_length=255)
    code = forms.CharField(
        label="Код в адресе",
        max_length=40,
        help_text="Латинские буквы, цифры и дефис. Адрес школы в портале будет /s/код/",
    )
    kind = forms.ChoiceField(label="Вид организации", choices=SchoolKind.choices, initial=SchoolKind.SCHOOL)
    inn = forms.CharField(label="ИНН", max_length=12, help_text="Десять цифр")
    ogrn = forms.CharField(label="ОГРН", max_length=15, required=False, help_text="Тринадцать цифр")
    address = forms.CharField(label="Адрес", max_length=255, required=False)
    site_url = forms.URLField(
        label="Сайт", required=False, assume_scheme="https", help_text="Например, school5.example.ru"
    )
    district = forms.CharField(label="Район", max_length=60, required=False)


class NamesForm(PageForm):
    """The name of the school as papers need it: proposed by the portal, decided by a person."""

    begins_with_stored = True
    short_genitive = forms.CharField(
        label="Краткое название: кого? чего?",
        max_length=120,
        help_text="Продолжите: «приказом директора…» Например, школы № 5",
    )
    full_genitive = forms.CharField(
        label="Полное название: кого? чего?", max_length=255, help_text="Продолжите: «настоящее Положение…»"
    )


class AgreementForm(StepForm[Agreement]):
    """The agreement, and the list of numbers that flow by themselves."""

    asks = Agreement
    agreement_number = forms.CharField(label="Номер соглашения", max_length=60)
    agreement_on = DateField(label="Дата соглашения")
    agreed_counters = CardsField(
        label="Какие числа школа передаёт сама, раз в день",
        required=False,
        choices=list(COUNTERS.items()),
        help_text="Только числа, без имён. Всё остальное уходит из школы, лишь когда директор сам это "
        "передаёт. Директор увидит этот список, когда войдёт.",
    )


class PrincipalForm(PageForm):
    """Whom to invite."""

    name = NameField(label="Фамилия, имя, отчество директора")
    email = forms.EmailField(label="Почта директора", help_text="Приглашение сработает только с этого адреса")


class CampaignForm(PageForm):
    """A campaign of monitoring."""

    title = forms.CharField(
        label="Название",
        max_length=150,
        help_text="Школы увидят его в своём списке, например «Кадровый срез, осень 2026»",
    )
    indicators = CardsField(
        label="Показатели",
        choices=[(row.code, row.question) for row in INDICATORS.values()],
        notes={row.code: f"{row.name}. Пункт {row.seed} Положения" for row in INDICATORS.values()},
    )
    open_from = DateField(label="Начало")
    due_school = DateField(label="Срок сдачи для школ")


class TermForm(StepForm[LaterTerm]):
    """A later term of a campaign."""

    asks = LaterTerm
    due_school = DateField(label="Новый срок сдачи", help_text="Школы узнают о нём сразу")
    comment = forms.CharField(
        label="Почему",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=300,
        help_text="Это прочитают директор и куратор каждой школы; можно оставить пустым",
    )


class ReturnForm(PageForm):
    """Why a form goes back."""

    comment = forms.CharField(
        label="Что поправить", widget=forms.Textarea, help_text="Это прочитают директор и куратор школы"
    )


class SchoolFilters(FilterForm):
    """Narrowing of the list of schools."""

    q = forms.CharField(label="Название или номер", required=False)
    state = forms.ChoiceField(label="Состояние", required=False, choices=[("", "Все"), *SchoolState.choices])

    def narrow(self, rows: QuerySet[School]) -> QuerySet[School]:
        if state := self.picked("state"):
            rows = rows.filter(state=state)
        if text := self.picked("q"):
            number = whole_number("".join(re.findall("[0-9]", text))[:4])
            match = Q(name_key__contains=folded(text))
            rows = rows.filter(match if number is None else match | Q(number=number))
        return rows


class AppointmentForm(PageForm):
    """Whom the department names to an office of the city."""

    full_name = NameField(
        label="Фамилия, имя, отчество",
        help_text="Видно в этом списке, пока человек не вошёл. Дальше он назовёт себя сам",
    )
    email = forms.EmailField(label="Рабочая почта", help_text="Приглашение сработает только с этого адреса")
    office = CardField(
        label="Должность",
        choices=[(office.value, office.label[0].upper() + office.label[1:]) for office in GIVEN],
        notes={
            Office.DEPARTMENT_HEAD: "Видит город: школы, формы, сводку",
            Office.DEPARTMENT_SPECIALIST: "Подключает школы, ведёт мониторинг, публикует практики, даёт "
            "должности",
            Office.METHODIST: "Ведёт экспертизу практик, принимает и возвращает формы",
            Office.COUNCIL_SECRETARY: "Видит город: школы, практики, сводку",
        },
    )
    basis = forms.CharField(
        label="Основание",
        max_length=250,
        help_text="Документ, его номер и дата: приказ Управления № 14-к от 20.08.2026",
    )
    valid_from = DateField(label="Первый день", initial=clock.today)
    valid_to = DateField(label="Последний день", required=False, help_text="Если срока нет, оставьте пустым")


class LastDayForm(PageForm):
    """Until when a person serves."""

    valid_to = DateField(
        label="Последний день",
        required=False,
        help_text="До конца этого дня должность действует. Вчерашний день закроет доступ сразу, пустое поле "
        "снимет срок",
    )
    reason = forms.CharField(label="Основание", max_length=250, help_text="Документ, его номер и дата")


class OfficialFilters(FilterForm):
    """Narrowing of the list of the city's people."""

    q = forms.CharField(label="Фамилия", required=False)
    office = forms.ChoiceField(
        label="Кем",
        choices=[("", "Все"), *((office.value, office.label) for office in Office if office in CITY_OFFICES)],
    )
    when = forms.ChoiceField(
        label="Срок", choices=[("", "Действуют"), ("past", "Закончились"), ("all", "Все")]
    )

    def narrow(self, rows: QuerySet[Membership]) -> QuerySet[Membership]:
        if text := self.picked("q"):
            rows = rows.filter(user__name_key__contains=folded(text))
        if office := self.picked("office"):
            rows = rows.filter(office=office)
        when = self.picked("when")
        if when == "past":
            return rows.exclude(serves_still())
        return rows if when == "all" else rows.filter(serves_still())


class SetAsideForm(PageForm):
    """Why a letter is not applied."""

    reason = forms.CharField(
        label="Почему",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Останется в журнале города.",
    )
    box = forms.UUIDField(required=False, widget=forms.HiddenInput)
