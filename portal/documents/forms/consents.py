"""Statements of consent: T-06, T-07 (mentoring), T-28, T-29 (personal data, each a separate document), T-30
takes one back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from portal.documents.forms import samples
from portal.documents.forms.base import Form, NamedPerson, School
from portal.documents.word.paper import LEFT, LIST_END, RIGHT, Paper

TO_PRINCIPAL = (
    "{{ school.principal.post_dative|capitalize }} {{ school.short_genitive }}\n{{ school.principal.dative }}"
)


def _statement(title: str, who: str, kind: str) -> Paper:
    paper = Paper(title)
    paper.text(TO_PRINCIPAL, RIGHT)
    paper.text(f"от {{{{ {who}.genitive }}}},\n{{{{ {who}.post_genitive }}}}", RIGHT)
    paper.heading(kind)
    return paper


def _signed(paper: Paper, who: str) -> Paper:
    paper.document.add_paragraph()
    paper.pair("{{ written_on|day }}", f"_______________ {{{{ {who}.signature }}}}")
    return paper


def _mentor_consent() -> Paper:
    paper = _statement("Заявление-согласие наставника", "mentor", "ЗАЯВЛЕНИЕ-СОГЛАСИЕ\nнаставника")
    paper.text(
        "Я, {{ mentor.full }}, {{ mentor.post }}, {{ mentor.by_gender('согласен', 'согласна') }} выполнять с "
        "{{ since|day }} по {{ until|day }} работу по наставничеству в отношении:"
    )
    paper.each("mentee in mentees", "– {{ mentee.genitive }}, {{ mentee.post_genitive }}" + LIST_END)
    paper.text("Цель наставничества: {{ goal }}.")
    paper.text("Содержание работы: {{ content }}.")
    paper.text("Форма работы: {{ form }}.")
    paper.pay("Доплата: {{ pay }}.")
    paper.text(
        "Мне известно, что я вправе досрочно отказаться от наставничества, а работодатель – досрочно "
        "отменить поручение, "
        "предупредив об этом другую сторону не менее чем за три рабочих дня (статья 351.8 Трудового кодекса "
        "Российской Федерации)."
    )
    return _signed(paper, "mentor")


@dataclass(frozen=True)
class MentorConsent(Form):
    """T-06: the mentor agrees in writing (ст. 351.8 ТК РФ), knowing of the right to refuse with 3 working
    days' notice.

    `pay` in words; empty when it has not been settled: then two boxes are left to the pen.
    """

    template: ClassVar[str] = "T-06"
    subject: ClassVar[str] = "Заявление-согласие наставника"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_mentor_consent)
    school: School
    mentor: NamedPerson
    mentees: tuple[NamedPerson, ...]
    goal: str
    content: str
    form: str
    since: date
    until: date
    pay: str
    written_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        return cls(
            samples.SCHOOL,
            samples.MENTOR,
            (samples.MENTEE,),
            "уверенно вести урок в 5 классе",
            "помощь в подготовке и проведении уроков, взаимные посещения уроков",
            "традиционное наставничество, очно",
            samples.SINCE,
            samples.UNTIL,
            "3 000 рублей в месяц",
        )


def _mentee_consent() -> Paper:
    paper = _statement("Заявление-согласие наставляемого", "mentee", "ЗАЯВЛЕНИЕ-СОГЛАСИЕ\nнаставляемого")
    paper.text(
        "Я, {{ mentee.full }}, {{ mentee.post }}, {{ mentee.by_gender('согласен', 'согласна') }} "
        "участвовать с {{ since|day }} по {{ until|day }} "
        "в персонализированной программе наставничества с наставником {{ mentor.instrumental }}, {{ "
        "mentor.post_instrumental }}."
    )
    paper.text("Цель: {{ goal }}.")
    paper.text(
        "Показать наставнику мой профиль профессиональных затруднений ({{ 'отметьте нужное' if "
        "shows_profile is none else 'отмечено одно' }}):"
    )
    paper.text(
        "{{ '☒' if shows_profile is true else '☐' }} {{ mentee.by_gender('согласен', 'согласна') }};", LEFT
    )
    paper.text(
        "{{ '☒' if shows_profile is false else '☐' }} не {{ mentee.by_gender('согласен', 'согласна') }}.",
        LEFT,
    )
    return _signed(paper, "mentee")


@dataclass(frozen=True)
class MenteeConsent(Form):
    """T-07: the mentee agrees; `shows_profile` is the own choice to show the mentor the profile of
    difficulties, None while it is left to the pen.
    """

    template: ClassVar[str] = "T-07"
    subject: ClassVar[str] = "Заявление-согласие наставляемого"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_mentee_consent)
    school: School
    mentee: NamedPerson
    mentor: NamedPerson
    goal: str
    since: date
    until: date
    shows_profile: bool | None
    written_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        goal = "уверенно вести урок в 5 классе"
        return cls(samples.SCHOOL, samples.MENTEE, samples.MENTOR, goal, samples.SINCE, samples.UNTIL, True)


def _data_consent() -> Paper:
    paper = Paper("Согласие на обработку персональных данных")
    paper.heading("СОГЛАСИЕ\nна обработку персональных данных")
    paper.text(
        "Я, {{ person.full }}, {{ person.by_gender('зарегистрированный', 'зарегистрированная') }} по "
        "адресу: {{ address|blank(50) }},",
        LEFT,
    )
    paper.text("документ, удостоверяющий личность: {{ document|blank(40) }}", LEFT)
    paper.text("(вид, серия, номер, кем и когда выдан),", LEFT, size=11)
    paper.text(
        "свободно, своей волей и в своём интересе даю согласие на обработку моих персональных данных.", LEFT
    )
    paper.text("Оператор: {{ school.full_name }}, адрес: {{ school.address|blank(40) }}.")
    paper.text("Цель обработки: {{ purpose }}.")
    paper.text("Перечень персональных данных:")
    paper.each("one in items", "– {{ one }}" + LIST_END)
    paper.text("Действия с персональными данными: {{ actions }}; обработка смешанная.")
    paper.text("Согласие действует по {{ until|day }}. Его можно отозвать письменным заявлением оператору.")
    return _signed(paper, "person")


@dataclass(frozen=True)
class PersonalDataConsentForm(Form):
    """T-28: consent to processing (ст. 9 152-ФЗ), separate from everything else.

    The law wants the person's address and document: the portal does not keep them, so the paper has lines to
    write them by hand.
    """

    template: ClassVar[str] = "T-28"
    subject: ClassVar[str] = "Согласие на обработку персональных данных"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_data_consent)
    school: School
    person: NamedPerson
    purpose: str
    items: tuple[str, ...]
    actions: str
    until: date
    address: str = ""
    document: str = ""
    written_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        return cls(
            samples.SCHOOL,
            samples.MENTEE,
            "участие в системе наставничества педагогических работников",
            (
                "фамилия, имя, отчество",
                "должность, предмет, стаж, категория",
                "профиль профессиональных затруднений",
            ),
            "сбор, запись, систематизация, хранение, уточнение, использование, блокирование, удаление, "
            "уничтожение",
            date(2029, 8, 31),
        )


@dataclass(frozen=True)
class DistributionItem:
    """A row of T-29: what, whether it may be shown to everybody, under which condition or ban."""

    data: str
    allowed: bool
    condition: str = ""


def _distribution_consent() -> Paper:
    paper = Paper("Согласие на распространение персональных данных")
    paper.heading(
        "СОГЛАСИЕ\nна обработку персональных данных, разрешённых субъектом персональных данных для "
        "распространения"
    )
    paper.text(
        "Я, {{ person.full }}, контактная информация: {{ contacts|blank(30) }}, даю согласие на "
        "распространение моих персональных данных."
    )
    paper.text(
        "Оператор: {{ school.full_name }}, ИНН {{ school.inn|blank }}, ОГРН {{ school.ogrn|blank }}, адрес: "
        "{{ school.address|blank(40) }}."
    )
    paper.text("Информационные ресурсы оператора, на которых данные будут доступны всем:")
    paper.each("one in addresses", "– {{ one }}" + LIST_END)
    paper.text("Цель: {{ purpose }}.")
    paper.table(
        ("Персональные данные", "Разрешено к распространению", "Условия и запреты"),
        "row in items",
        ("{{ row.data }}", "{{ 'да' if row.allowed else 'нет' }}", "{{ row.condition or '–' }}"),
        (70, 40, 60),
    )
    paper.text("Условия передачи полученных персональных данных: {{ transfer }}.")
    paper.text(
        "Согласие действует по {{ until|day }}. Передачу данных прекращают по моему требованию в любое время."
    )
    return _signed(paper, "person")


@dataclass(frozen=True)
class DistributionConsent(Form):
    """T-29: consent to distribution (ст. 10.1 152-ФЗ, приказ Роскомнадзора № 18) with the exact web
    addresses.
    """

    template: ClassVar[str] = "T-29"
    subject: ClassVar[str] = "Согласие на распространение персональных данных"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_distribution_consent)
    school: School
    person: NamedPerson
    contacts: str
    purpose: str
    addresses: tuple[str, ...]
    items: tuple[DistributionItem, ...]
    transfer: str
    until: date
    written_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        return cls(
            samples.SCHOOL,
            samples.MENTOR,
            "o.shevchenko@example.org",
            "публикация сведений о наставниках и их практиках",
            ("https://school5.example.org/mentors/", "https://estafeta.example.org/bank/"),
            (
                DistributionItem("фамилия, имя, отчество", True),
                DistributionItem("фотография", False, "не передавать"),
            ),
            "передача третьим лицам не разрешена",
            date(2027, 8, 31),
        )


def _withdrawal() -> Paper:
    paper = _statement("Отзыв согласия", "person", "ЗАЯВЛЕНИЕ\nоб отзыве согласия")
    paper.text("Отзываю {{ consent }}, данное {{ given_on|day }} ({{ law }}).")
    paper.text("Требую прекратить обработку этих данных:")
    paper.each("one in items", "– {{ one }}" + LIST_END)
    paper.text("{{ demand }}")
    paper.text("Ответ прошу направить: {{ contacts|blank(40) }}.")
    return _signed(paper, "person")


@dataclass(frozen=True)
class ConsentWithdrawal(Form):
    """T-30: the person takes a consent back (ст. 9 ч. 2, ст. 10.1 ч. 12 152-ФЗ); `law` and `demand` follow
    the kind of the consent.
    """

    template: ClassVar[str] = "T-30"
    subject: ClassVar[str] = "Отзыв согласия"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_withdrawal)
    school: School
    person: NamedPerson
    consent: str
    given_on: date
    law: str
    items: tuple[str, ...]
    demand: str
    contacts: str = ""
    written_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        return cls(
            samples.SCHOOL,
            samples.MENTOR,
            "согласие на обработку персональных данных",
            samples.SIGNED,
            "статья 9 Федерального закона № 152-ФЗ",
            ("фамилия, имя, отчество", "должность, предмет, стаж, категория"),
            "Прошу уничтожить данные в срок до тридцати дней, если нет другого законного основания их "
            "хранить.",
            "o.shevchenko@example.org",
        )
