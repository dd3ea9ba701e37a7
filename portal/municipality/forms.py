"""Forms of the department's pages."""

from django import forms
from django.db.models import Q, QuerySet

from portal.core.sorting import folded
from portal.municipality.indicators import COUNTERS, INDICATORS
from portal.ui.forms import CardsField, DateField, PageForm
from portal.ui.lists import FilterForm
from tenants.models import School, SchoolKind, SchoolState


class NewSchoolForm(PageForm):
    """Requisites of a school that is to be connected."""

    number = forms.IntegerField(label="Номер школы", required=False, min_value=1, max_value=999, help_text="Если номера нет, оставьте пустым")
    short_name = forms.CharField(label="Краткое название", max_length=120, help_text="Как говорят в городе: Школа № 5, Лицей № 1")
    full_name = forms.CharField(label="Полное название по уставу", max_length=255)
    code = forms.CharField(label="Код в адресе", max_length=40, help_text="Латинские буквы, цифры и дефис. Адрес школы в портале будет /s/код/")
    kind = forms.ChoiceField(label="Вид организации", choices=SchoolKind.choices, initial=SchoolKind.SCHOOL)
    inn = forms.CharField(label="ИНН", max_length=12, help_text="Десять цифр")
    ogrn = forms.CharField(label="ОГРН", max_length=15, required=False, help_text="Тринадцать цифр")
    address = forms.CharField(label="Адрес", max_length=255, required=False)
    site_url = forms.URLField(label="Сайт", required=False, assume_scheme="https")
    district = forms.CharField(label="Район", max_length=60, required=False)


class AgreementForm(PageForm):
    """The agreement, and the list of numbers that flow by themselves."""

    agreement_number = forms.CharField(label="Номер соглашения", max_length=60)
    agreement_on = DateField(label="Дата соглашения")
    agreed_counters = CardsField(
        label="Какие числа школа передаёт сама, раз в день", required=False, choices=list(COUNTERS.items()),
        help_text="Только числа, без имён. Всё остальное уходит из школы, лишь когда директор сам это передаёт. Директор увидит этот список, когда войдёт.",
    )  # fmt: skip


class PrincipalForm(PageForm):
    """Whom to invite."""

    name = forms.CharField(label="Фамилия, имя, отчество директора", max_length=200)
    email = forms.EmailField(label="Почта директора", help_text="Приглашение сработает только с этого адреса")


class CampaignForm(PageForm):
    """A campaign of monitoring."""

    title = forms.CharField(label="Название", max_length=150, help_text="Школы увидят его в своём списке, например «Кадровый срез, осень 2026»")
    indicators = CardsField(label="Показатели", choices=[(row.code, row.question) for row in INDICATORS.values()],
                            notes={row.code: f"{row.name}. Пункт {row.seed} Положения" for row in INDICATORS.values()})  # fmt: skip
    open_from = DateField(label="Начало")
    due_school = DateField(label="Срок сдачи для школ")


class ReturnForm(PageForm):
    """Why a form goes back."""

    comment = forms.CharField(label="Что поправить", widget=forms.Textarea, help_text="Это прочитают директор и куратор школы")


class SchoolFilters(FilterForm):
    """Narrowing of the list of schools."""

    q = forms.CharField(label="Название или номер", required=False)
    state = forms.ChoiceField(label="Состояние", required=False, choices=[("", "Все"), *SchoolState.choices])

    def narrow(self, rows: QuerySet[School]) -> QuerySet[School]:
        if state := self.picked("state"):
            rows = rows.filter(state=state)
        if text := self.picked("q"):
            digits = "".join(ch for ch in text if ch.isdigit())
            match = Q(name_key__contains=folded(text))
            rows = rows.filter(match | Q(number=int(digits[:4])) if digits else match)
        return rows
