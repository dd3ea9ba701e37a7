"""The city's table to take along."""

from django.http import HttpResponse

from portal.core.text import quoted
from portal.documents.sheets import Column, write_sheet
from portal.municipality.exports import xlsx_answer
from portal.oversight.selectors import Overview, SchoolLine

_COLUMNS = (
    Column("number", "Номер", "number", width=10),
    Column("school", "Школа", width=28),
    Column("state", "Состояние", width=22),
    Column("young_covered", "Молодые с наставником", "number"),
    Column("young_total", "Молодых педагогов", "number"),
    Column("involved", "Занято в наставничестве", "number"),
    Column("workers", "Педагогов", "number"),
    Column("pairs", "Действующие пары", "number"),
    Column("in_bank", "Практик в школьном банке", "number"),
    Column("published", "Опубликовано городом", "number"),
    Column("form", "Форма", width=16),
)


def overview_xlsx(view: Overview) -> HttpResponse:
    """The schools of the page as they are filtered. An empty cell means «нет данных»."""
    source = view.shares_from
    campaign = (
        f"Форма: {quoted(view.campaign.title)}. Доли: {quoted(source.campaign.title)}, {source.words}."
        if view.campaign and source.campaign
        else "Кампаний ещё не было"
    )
    notes = [
        campaign,
        "Доли и практики: из принятых форм. Пары и школьный банк: из согласованных чисел, а где их нет, из "
        "принятых форм.",
        "Пустая ячейка: нет данных.",
    ]
    return xlsx_answer(
        write_sheet("Город сегодня", _COLUMNS, (_row(line) for line in view.lines), notes=notes),
        "Город сегодня",
    )


def _row(line: SchoolLine) -> dict[str, str | int | None]:
    return {
        "number": line.school.number,
        "school": line.school.short_name,
        "state": line.school.get_state_display(),
        "young_covered": line.young.part,
        "young_total": line.young.whole,
        "involved": line.involved.part,
        "workers": line.involved.whole,
        "pairs": line.pairs,
        "in_bank": line.in_bank,
        "published": line.published,
        "form": line.form_word,
    }
