"""Orders and the supplementary agreement: T-04, T-08, T-09, T-10."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from portal.core.errors import Invalid
from portal.documents.forms import samples
from portal.documents.forms.base import Form, Person, School

DUTIES = (
    "своевременно (не менее одного раза в год) актуализировать информацию о педагогах, которых необходимо "
    "включить "
    "в наставническую деятельность в качестве наставляемых;",
    "организовать разработку персонализированных программ наставничества;",
    "осуществлять мониторинг эффективности и результативности системы наставничества, формировать итоговый "
    "аналитический отчёт;",
    "координировать деятельность по наставничеству с представителями региональной системы наставничества и "
    "сетевыми педагогическими сообществами;",
    "участвовать совместно с системным администратором в наполнении рубрики «Наставничество» на официальном "
    "сайте;",
    "инициировать публичные мероприятия по популяризации системы наставничества;",
    "работать в тесном взаимодействии с профсоюзной организацией.",
)


@dataclass(frozen=True)
class CuratorOrder(Form):
    """T-04: a deputy principal becomes the curator (Положение, 6.1). Raises Invalid for anybody but a
    deputy.
    """

    template: ClassVar[str] = "T-04"
    subject: ClassVar[str] = "О назначении куратора реализации программ наставничества"
    school: School
    curator: Person
    since: date
    until: date | None = None
    duties: tuple[str, ...] = DUTIES
    number: str = ""
    signed_on: date | None = None

    def __post_init__(self) -> None:
        if not self.curator.post.casefold().startswith("заместитель"):
            raise Invalid(
                "curator_not_deputy",
                "Куратора назначают из числа заместителей директора (Положение, п. 6.1). Выберите "
                "заместителя.",
                field="curator",
            )

    @classmethod
    def sample(cls) -> Self:
        return cls(
            samples.SCHOOL, samples.CURATOR, date(2026, 9, 1), number="112-ОД", signed_on=date(2026, 8, 31)
        )


@dataclass(frozen=True)
class PairRow:
    """A row of T-08; «details» are category and experience in words, of mentees their category as mentees."""

    mentor: Person
    mentees: tuple[Person, ...]
    form: str
    kinds: str
    since: date
    until: date
    goal: str
    mentor_details: str = ""
    mentee_details: str = ""


@dataclass(frozen=True)
class PairOrder(Form):
    """T-08: mentors are assigned to mentees. `pay` is a whole sentence, empty when not settled; `grounds` are
    in the genitive.
    """

    template: ClassVar[str] = "T-08"
    subject: ClassVar[str] = "О закреплении наставнических пар (групп)"
    school: School
    rows: tuple[PairRow, ...]
    curator: Person
    grounds: tuple[str, ...]
    reporting: str
    pay: str
    number: str = ""
    signed_on: date | None = None
    acquainted: tuple[Person, ...] = ()

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


@dataclass(frozen=True)
class SupplementaryAgreement(Form):
    """T-09: content, term, form and pay of mentoring as a part of the labour contract (ст. 351.8 ТК РФ)."""

    template: ClassVar[str] = "T-09"
    subject: ClassVar[str] = "Дополнительное соглашение к трудовому договору"
    school: School
    employee: Person
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
class ChangeOrder(Form):
    """T-00: an order that changes a registered one, which it names; `grounds` in the genitive."""

    template: ClassVar[str] = "T-00"
    subject: ClassVar[str] = "О внесении изменений в приказ"
    school: School
    of_number: str
    of_day: date
    of_title: str
    changes: tuple[str, ...]
    grounds: str = ""
    acquainted: tuple[Person, ...] = ()
    number: str = ""
    signed_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        return cls(
            samples.SCHOOL,
            "118-ОД",
            samples.SIGNED,
            "О закреплении: Шевченко О. И. и Ким А. С.",
            ("В пункте 1 слова «Ким Анной Сергеевной» заменить словами «Орловой Анной Сергеевной».",),
            "свидетельства о заключении брака",
            (samples.MENTOR, samples.MENTEE),
            "131-ОД",
            date(2026, 11, 2),
        )


@dataclass(frozen=True)
class PayRow:
    """A row of T-10: `size` with its unit, «3 000 ₽» or «15 %»."""

    person: Person
    size: str
    since: date
    until: date
    basis: str


@dataclass(frozen=True)
class PayOrder(Form):
    """T-10: payment for mentoring. `grounds` are in the genitive, `act` is the school's act on pay, `source`
    where the money comes from.
    """

    template: ClassVar[str] = "T-10"
    subject: ClassVar[str] = "Об установлении доплаты за наставничество"
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
