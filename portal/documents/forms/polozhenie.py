"""T-02: the Положение of a school."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from portal.documents.forms.base import Form, School
from portal.documents.forms.samples import SCHOOL
from portal.documents.word.paper import CENTER, LEFT, Paper


@dataclass(frozen=True)
class ActParagraph:
    """`kind`: clause, heading, subheading, text, item, subitem (see local_acts.polozhenie)."""

    kind: str
    number: str
    text: str


@dataclass(frozen=True)
class ActChapter:
    """A chapter: `title` with its number, as it is printed."""

    title: str
    paragraphs: tuple[ActParagraph, ...]


APPROVED = (
    "УТВЕРЖДЕНО",
    "приказом {{ school.principal.post_genitive }}",
    "{{ school.short_genitive }}",
    "от {{ approved_on|day }}",
    "№ {{ approved_no|blank }}",
)


def _polozhenie() -> Paper:
    paper = Paper("Положение о системе наставничества педагогических работников")
    paper.organisation()
    paper.document.add_paragraph()
    paper.stamps(
        ("ПРИНЯТО", "{{ adopted_by }}", "протокол от {{ adopted_on|day }} № {{ adopted_no|blank }}"),
        APPROVED,
    )
    paper.control("if not has_no_union")
    paper.stamps(
        (
            "СОГЛАСОВАНО",
            "председатель первичной профсоюзной организации",
            "_____________ {{ union_chair|blank }}",
            "{% if agreed_no %}протокол от {{ agreed_on|day }} № {{ agreed_no }}{% else %}{{ agreed_on|day "
            "}}{% endif %}",
        ),
        ("",),
    )
    paper.control("endif")
    paper.document.add_paragraph("{{ title }}", style="Title").alignment = CENTER
    paper.control("for chapter in chapters")
    paper.heading("{{ chapter.title }}")
    paper.control("for one in chapter.paragraphs")
    paper.control('if one.kind in ["heading", "subheading"]')
    paper.heading("{{ one.number }}{{ ' ' if one.number }}{{ one.text }}", 2, LEFT)
    paper.control("else")
    paper.text("{{ one.number }}{{ ' ' if one.number }}{{ one.text }}")
    paper.control("endif")
    paper.control("endfor")
    paper.control("endfor")
    return paper


@dataclass(frozen=True)
class PolozhenieForm(Form):
    """T-02 with its three marks: «Принято» (педсовет), «Согласовано» (ППО), «Утверждено» (приказ)."""

    template: ClassVar[str] = "T-02"
    subject: ClassVar[str] = "Положение о системе наставничества педагогических работников"
    master: ClassVar[Callable[[], Paper]] = staticmethod(_polozhenie)
    school: School
    chapters: tuple[ActChapter, ...]
    title: str = "Положение о системе наставничества педагогических работников"
    adopted_by: str = "педагогическим советом"
    adopted_on: date | None = None
    adopted_no: str = ""
    agreed_on: date | None = None
    agreed_no: str = ""
    union_chair: str = ""
    has_no_union: bool = False
    approved_on: date | None = None
    approved_no: str = ""

    @classmethod
    def sample(cls) -> Self:
        one = ActChapter(
            "1. Общие положения",
            (
                ActParagraph(
                    "clause", "1.1.", f"Настоящее положение {SCHOOL.genitive} разработано в соответствии:"
                ),
                ActParagraph("item", "–", "с распоряжением Правительства Российской Федерации;"),
                ActParagraph("heading", "1.2.", "Кадровые условия"),
                ActParagraph("subheading", "", "Школьное методическое объединение"),
                ActParagraph("text", "", "Наставник – участник персонализированной программы."),
                ActParagraph("subitem", "–", "имеет подтверждённые результаты."),
            ),
        )
        return cls(SCHOOL, (one,), adopted_on=date(2026, 8, 28), adopted_no="1", approved_no="97-ОД")
