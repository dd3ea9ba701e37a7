"""Orders of the school that are not about a pair: T-04, T-00."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from portal.core.errors import Invalid
from portal.documents.forms import samples
from portal.documents.forms.base import Form, NamedPerson, School
from portal.documents.word.paper import Paper

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


def _curator_order() -> Paper:
    paper = Paper("Приказ о назначении куратора")
    paper.order(
        "О назначении куратора реализации программ наставничества",
        "В соответствии с пунктом 6.1 Положения о системе наставничества педагогических работников, статьёй "
        "351.8 Трудового кодекса Российской Федерации",
    )
    paper.text(
        "1. Назначить {{ curator.accusative }}, {{ curator.post_accusative }}, куратором реализации "
        "персонализированных "
        "программ наставничества с {{ since|day }}{% if until %} по {{ until|day }}{% endif %}."
    )
    paper.text("2. {{ curator.dative }}:")
    paper.each("duty in duties", "2.{{ loop.index }}. {{ duty }}")
    paper.text("3. Контроль за исполнением приказа оставляю за собой.")
    paper.principal()
    paper.acquainted("one in [curator]")
    return paper


@dataclass(frozen=True)
class CuratorOrder(Form):
    """T-04: a deputy principal becomes the curator (Положение, 6.1). Raises Invalid for anybody but a
    deputy.
    """

    template: ClassVar[str] = "T-04"
    subject: ClassVar[str] = "О назначении куратора реализации программ наставничества"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_curator_order)
    school: School
    curator: NamedPerson
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


def _change_order() -> Paper:
    paper = Paper("Приказ о внесении изменений в приказ")
    paper.order(
        "О внесении изменений в приказ от {{ of_day|day }} № {{ of_number }}",
        "{% if grounds %}На основании {{ grounds }}{% else %}В связи с изменившимися обстоятельствами{% "
        "endif %}",
    )
    paper.text(
        "1. Внести в приказ от {{ of_day|day }} № {{ of_number }} «{{ of_title }}» следующие изменения:"
    )
    paper.each("one in changes", "1.{{ loop.index }}. {{ one }}")
    paper.text("2. В остальном приказ от {{ of_day|day }} № {{ of_number }} действует без изменений.")
    paper.text("3. Контроль за исполнением приказа оставляю за собой.")
    paper.principal()
    paper.acquainted("one in acquainted")
    return paper


@dataclass(frozen=True)
class ChangeOrder(Form):
    """T-00: an order that changes a registered one, which it names; `grounds` in the genitive."""

    template: ClassVar[str] = "T-00"
    subject: ClassVar[str] = "О внесении изменений в приказ"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_change_order)
    school: School
    of_number: str
    of_day: date
    of_title: str
    changes: tuple[str, ...]
    grounds: str = ""
    acquainted: tuple[NamedPerson, ...] = ()
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
