"""Forms of the department's pages."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from portal.accounts.models import Membership
from portal.accounts.offices import CITY_OFFICES, Office
from portal.core import clock
from portal.core.sorting import folded
from portal.files import storing
from portal.municipality.access import serves_still
from portal.municipality.entries import Wording
from portal.municipality.indicators import COUNTERS, INDICATORS
from portal.municipality.models import ReferenceEntry
from portal.municipality.officials import GIVEN
from portal.municipality.reference import CASES, cases_of, catalogue, proposed
from portal.municipality.selectors import schools_named
from portal.municipality.states import Book
from portal.municipality.workflow.campaigns import LaterTerm
from portal.municipality.workflow.schools import Agreement
from portal.ui.choices import keep_chosen
from portal.ui.fields import CardField, CardsField, DateField, NameField, UploadField
from portal.ui.forms import PageForm
from portal.ui.lists import FilterForm
from portal.ui.step_form import StepForm
from tenants.models import ORDINARY_SCHOOL, School, SchoolState


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
    kind = forms.ChoiceField(
        label="Вид организации",
        choices=lambda: catalogue(Book.ORGANISATIONS).choices(),
        initial=ORDINARY_SCHOOL,
    )
    inn = forms.CharField(label="ИНН", max_length=12, help_text="Десять цифр")
    ogrn = forms.CharField(label="ОГРН", max_length=15, required=False, help_text="Тринадцать цифр")
    address = forms.CharField(label="Адрес", max_length=255, required=False)
    site_url = forms.URLField(
        label="Сайт", required=False, assume_scheme="https", help_text="Например, school5.example.ru"
    )
    district = forms.CharField(label="Район", max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_chosen(self, "kind", catalogue(Book.ORGANISATIONS).title)


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


class DepartmentForm(PageForm):
    """The name of the department as papers need it, and those of the bodies that the Положение names."""

    begins_with_stored = True
    name = forms.CharField(label="Название: кто? что?", max_length=255)
    genitive = forms.CharField(
        label="Родительный падеж: кого? чего?",
        max_length=255,
        required=False,
        help_text="Продолжите: «приказом…» Если изменили только название, портал предложит падеж сам",
    )
    methodical_body = forms.CharField(
        label="Где работает городской методический отдел",
        max_length=255,
        help_text="Продолжите: «Городской методический отдел…»",
    )
    council = forms.CharField(label="Совет города, который занимается наставничеством", max_length=255)


class AgreementForm(StepForm[Agreement]):
    """The agreement, and the list of numbers that flow by themselves."""

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
            rows = schools_named(rows, text)
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


class EntryForm(PageForm):
    """A line of a reference list. Cases that are not of the list are left out."""

    begins_with_stored = True
    title = forms.CharField(
        label="Название", max_length=100, help_text="С маленькой буквы, как в середине предложения"
    )
    genitive = forms.CharField(label="Кого? Чего?", max_length=120, required=False)
    dative = forms.CharField(label="Кому?", max_length=120, required=False)
    accusative = forms.CharField(label="Кого? (назначить…)", max_length=120, required=False)
    instrumental = forms.CharField(label="Кем?", max_length=120, required=False)
    words = forms.CharField(
        label="Как ещё пишут в списках школ",
        required=False,
        max_length=7000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="По одному в строке. Когда школа загружает свой список, портал поймёт и эти слова",
    )
    place = forms.IntegerField(label="Номер по порядку", min_value=1, required=False)

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        for case in CASES[Book.POSITIONS]:
            if case not in cases_of(book):
                del self.fields[case]
            elif not self.initial:
                self.fields[case].help_text = "Если оставить пустым, портал предложит сам"
        if not self.initial:
            del self.fields["place"]
        if not cases_of(book):
            del self.fields["words"]

    @property
    def wording(self) -> Wording:
        """As it was typed, but for what is the portal's own proposal, of the title before or of this one."""
        typed = self.cleaned_data
        title = " ".join(typed["title"].split())
        ours = [proposed(self.book, title)]
        if self.initial and title != self.initial["title"]:
            ours.append({case: self.initial[case] for case in cases_of(self.book)})
        cases: dict[str, str] = {case: typed[case] for case in cases_of(self.book)}
        own = {case: word for case, word in cases.items() if word not in [known[case] for known in ours]}
        return Wording(title, own, tuple(typed.get("words", "").splitlines()))

    @classmethod
    def known(cls, entry: ReferenceEntry) -> dict[str, Any]:
        """What the form shows of a line."""
        cases = proposed(entry.book, entry.title) | entry.cases
        return {"title": entry.title, **cases, "words": "\n".join(entry.words), "place": entry.place}


class CalendarForm(PageForm):
    """A calendar as it is published."""

    file = UploadField(
        label="Файл календаря",
        kinds=("csv", "xml"),
        most=storing.MB,
        help_text="Таблица открытых данных (CSV) или календарь для программ (XML): их публикуют осенью, "
        "после постановления Правительства",
    )
