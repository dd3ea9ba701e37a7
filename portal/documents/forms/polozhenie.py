"""T-02: the Положение of a school."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from portal.documents.forms.base import Form, School
from portal.documents.forms.samples import SCHOOL


@dataclass(frozen=True)
class ActParagraph:
    """`kind`: clause, heading, subheading, text, item, subitem (see local_acts.polozhenie)."""

    kind: str
    number: str
    text: str


@dataclass(frozen=True)
class ActChapter:
    """A chapter: `id` is its number."""

    id: str
    title: str
    paragraphs: tuple[ActParagraph, ...]


@dataclass(frozen=True)
class PolozhenieForm(Form):
    """T-02 with its three marks: «Принято» (педсовет), «Согласовано» (ППО), «Утверждено» (приказ)."""

    template: ClassVar[str] = "T-02"
    subject: ClassVar[str] = "Положение о системе наставничества педагогических работников"
    school: School
    chapters: tuple[ActChapter, ...]
    title: str = "о системе наставничества педагогических работников"
    adopted_on: date | None = None
    adopted_no: str = ""
    agreed_on: date | None = None
    agreed_no: str = ""
    union_chair: str = ""
    approved_on: date | None = None
    approved_no: str = ""

    @classmethod
    def sample(cls) -> Self:
        one = ActChapter(
            "1",
            "Общие положения",
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
