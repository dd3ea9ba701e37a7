"""Papers of a pair: the order (T-08), the agreement (T-09), the order of pay (T-10)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from docx.shared import Pt

from portal.documents.forms import samples
from portal.documents.forms.base import Form, NamedPerson, School
from portal.documents.word.paper import LEFT, LIST_END, Paper


@dataclass(frozen=True)
class PairRow:
    """A row of T-08; «details» are category and experience in words, of mentees their category as mentees."""

    mentor: NamedPerson
    mentees: tuple[NamedPerson, ...]
    form: str
    kinds: str
    since: date
    until: date
    goal: str
    mentor_details: str = ""
    mentee_details: str = ""


def _pair_order() -> Paper:
    paper = Paper("Приказ о закреплении наставнических пар")
    paper.order(
        "О закреплении наставнических пар (групп)",
        "В соответствии с Положением о системе наставничества педагогических работников, статьёй 351.8 "
        "Трудового кодекса "
        "Российской Федерации, на основании: {{ grounds|join('; ') }}",
    )
    paper.text("1. Закрепить:")
    paper.each(
        "row in rows",
        "1.{{ loop.index }}. за {% for one in row.mentees %}{{ one.instrumental }}, {{ "
        "one.post_instrumental }}, {% endfor %}"
        "наставником {{ row.mentor.accusative }}, {{ row.mentor.post_accusative }}" + LIST_END,
    )
    paper.table(
        ("№", "Наставник", "Наставляемый", "Форма, модель", "Виды", "Период", "Цель программы"),
        "row in rows",
        (
            "{{ loop.index }}",
            "{{ row.mentor.full }}, {{ row.mentor.post }}{% if row.mentor_details %}, {{ row.mentor_details "
            "}}{% endif %}",
            "{% for one in row.mentees %}{{ one.full }}, {{ one.post }}{{ '; ' if not loop.last }}{% endfor "
            "%}"
            "{% if row.mentee_details %}; категория: {{ row.mentee_details }}{% endif %}",
            "{{ row.form }}",
            "{{ row.kinds }}",
            "{{ row.since|day }} – {{ row.until|day }}",
            "{{ row.goal }}",
        ),
        (7, 27, 30, 26, 31, 23, 26),
        size=9.5,
    )
    paper.text("2. Наставникам представлять отчёты: {{ reporting }}.")
    paper.pay("{{ pay }}", "3. ", "Доплата наставнику")
    paper.text(
        "4. Контроль за исполнением приказа возложить на {{ curator.accusative }}, {{ "
        "curator.post_accusative }}."
    )
    paper.principal()
    paper.acquainted("one in acquainted")
    return paper


@dataclass(frozen=True)
class PairOrder(Form):
    """T-08: mentors are assigned to mentees. `pay` is a whole sentence, empty when not settled; `grounds` are
    in the genitive.
    """

    template: ClassVar[str] = "T-08"
    subject: ClassVar[str] = "О закреплении наставнических пар (групп)"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_pair_order)
    school: School
    rows: tuple[PairRow, ...]
    curator: NamedPerson
    grounds: tuple[str, ...]
    reporting: str
    pay: str
    number: str = ""
    signed_on: date | None = None
    acquainted: tuple[NamedPerson, ...] = ()

    @classmethod
    def sample(cls) -> Self:
        row = PairRow(
            samples.MENTOR,
            (samples.MENTEE,),
            "педагог – педагог, опытный педагог – молодой специалист",
            "традиционное",
            samples.SINCE,
            samples.UNTIL,
            "Уверенно вести урок в 5 классе",
            "первая категория, стаж 14 лет",
            "молодой педагог",
        )
        return cls(
            samples.SCHOOL,
            (row,),
            samples.CURATOR,
            ("заявления-согласия наставника от 25.09.2026", "заявления-согласия наставляемого от 25.09.2026"),
            "промежуточный отчёт до 15.01.2027, итоговый отчёт до 31.05.2027",
            "Доплату наставнику установить отдельным приказом.",
            number="118-ОД",
            signed_on=samples.SIGNED,
            acquainted=(samples.CURATOR, samples.MENTOR, samples.MENTEE),
        )


def _agreement() -> Paper:
    paper = Paper("Дополнительное соглашение к трудовому договору")
    paper.heading(
        "{% if home %}СОГЛАШЕНИЕ № {{ number|blank }}\nо наставничестве"
        "{% else %}ДОПОЛНИТЕЛЬНОЕ СОГЛАШЕНИЕ № {{ number|blank }}\nк трудовому договору от {{ "
        "contract_on|day }} № {{ contract_no|blank }}{% endif %}"
    )
    paper.pair("{{ school.place }}", "{{ signed_on|day }}")
    paper.text(
        "{{ school.full_name }} в лице {{ school.principal.post_genitive }} {{ school.principal.genitive }}, "
        "{{ school.principal.by_gender('действующего', 'действующей') }} на основании Устава, далее – "
        "{{ employer }}, "
        "и {{ employee.full }}, {{ employee.post }}, далее – {{ worker }}, {% if home %}{{ "
        "employee.by_gender('приглашённый', 'приглашённая') }} школой (основание: {{ basis }}), "
        "{% else %}на основании статьи 351.8 Трудового кодекса Российской "
        "Федерации {% endif %}заключили настоящее соглашение."
    )
    for line in (
        "1. {{ employer }} поручает, а {{ worker }} с письменного согласия выполняет работу по "
        "наставничеству: {{ content }}.",
        "2. Форма выполнения работы: {{ form }}.",
        "3. Срок выполнения работы: с {{ since|day }} по {{ until|day }}.",
    ):
        paper.text(line)
    paper.pay(
        "Доплата: {{ pay }}.{% if pay_condition %} Условия выплаты: {{ pay_condition }}.{% endif %}",
        "4. ",
    )
    for line in (
        "5. {{ worker }} вправе досрочно отказаться от наставничества, а {{ employer }} – досрочно отменить "
        "поручение, "
        "предупредив другую сторону не менее чем за три рабочих дня.",
        "6. {% if home %}Трудового договора со школой это соглашение не заменяет: место основной работы или "
        "учёбы – {{ home }}.{% else %}Остальные условия трудового договора не меняются.{% endif %}",
        "7. Соглашение составлено в двух экземплярах, по одному для каждой стороны, и действует со дня "
        "подписания.",
    ):
        paper.text(line)
    paper.principal()
    paper.signature("{{ worker }}", "{{ employee.signature }}")
    copy = paper.text(
        "Экземпляр соглашения {{ employee.by_gender('получил', 'получила') }}: __________ «____» __________ "
        "20____ г.",
        LEFT,
    )
    copy.paragraph_format.space_before = Pt(18)
    return paper


@dataclass(frozen=True)
class SupplementaryAgreement(Form):
    """T-09: content, term, form and pay of mentoring as a part of the labour contract (ст. 351.8 ТК РФ); with
    a guest, who has none here, an agreement of its own, which names the `home` and the `basis` of the stay.
    """

    template: ClassVar[str] = "T-09"
    subject: ClassVar[str] = "Дополнительное соглашение к трудовому договору"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_agreement)
    school: School
    employee: NamedPerson
    content: str
    form: str
    since: date
    until: date
    pay: str
    pay_condition: str
    contract_no: str = ""
    contract_on: date | None = None
    number: str = ""
    signed_on: date | None = None
    employer: str = "Работодатель"
    worker: str = "Работник"
    home: str = ""
    basis: str = ""

    @classmethod
    def sample(cls) -> Self:
        return cls(
            samples.SCHOOL,
            samples.MENTOR,
            "помощь учителю математики Ким Анне Сергеевне в овладении навыками ведения урока",
            "очно, традиционное наставничество",
            samples.SINCE,
            samples.UNTIL,
            "3 000 рублей в месяц",
            "ежемесячно, вместе с заработной платой, за месяц, в котором состоялась хотя бы одна встреча",
            contract_no="14",
            contract_on=date(2012, 8, 20),
            number="1",
            signed_on=samples.SIGNED,
        )


@dataclass(frozen=True)
class PayRow:
    """A row of T-10: `size` with its unit, «3 000 ₽» or «15 %»."""

    person: NamedPerson
    size: str
    since: date
    until: date
    basis: str


def _pay_order() -> Paper:
    paper = Paper("Приказ об установлении доплаты за наставничество")
    paper.order(
        "Об установлении доплаты за наставничество",
        "В соответствии со статьёй 351.8 Трудового кодекса Российской Федерации, локальным актом «{{ act "
        "}}», на основании: {{ grounds|join('; ') }}",
    )
    paper.text("1. Установить доплату за наставничество:")
    paper.table(
        ("Фамилия, имя, отчество", "Размер", "С", "По", "Основание"),
        "row in rows",
        (
            "{{ row.person.full }}, {{ row.person.post }}",
            "{{ row.size }}",
            "{{ row.since|day }}",
            "{{ row.until|day }}",
            "{{ row.basis }}",
        ),
        (44, 34, 27, 27, 38),
        size=10,
    )
    paper.text("2. Источник выплаты: {{ source }}.")
    paper.text("3. Контроль за исполнением приказа оставляю за собой.")
    paper.principal()
    paper.acquainted("one in rows|map(attribute='person')")
    return paper


@dataclass(frozen=True)
class PayOrder(Form):
    """T-10: payment for mentoring. `grounds` are in the genitive, `act` is the school's act on pay, `source`
    where the money comes from.
    """

    template: ClassVar[str] = "T-10"
    subject: ClassVar[str] = "Об установлении доплаты за наставничество"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_pay_order)
    school: School
    rows: tuple[PayRow, ...]
    grounds: tuple[str, ...]
    act: str
    source: str
    number: str = ""
    signed_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        row = PayRow(
            samples.MENTOR,
            "3 000 ₽",
            samples.SINCE,
            samples.UNTIL,
            "дополнительное соглашение от 28.09.2026 № 1",
        )
        return cls(
            samples.SCHOOL,
            (row,),
            ("приказа от 28.09.2026 № 118-ОД", "дополнительного соглашения от 28.09.2026 № 1"),
            "Положение об оплате труда работников",
            "фонд оплаты труда",
            number="119-ОД",
            signed_on=samples.SIGNED,
        )
