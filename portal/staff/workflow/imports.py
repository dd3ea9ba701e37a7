"""The two stages of loading a list: what is checked and written is done by jobs, the decision by a person."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import current_school
from portal.core.workflow import (
    Baton,
    Begins,
    Check,
    Guard,
    Move,
    Place,
    Transition,
    Workflow,
    by_time,
    no_baton,
    no_paper,
    nobody,
)
from portal.exchange import send
from portal.municipality.letters import SCHOOL_STEP, SchoolStep
from portal.staff import access
from portal.staff.models import StaffImport, TableHeading
from portal.staff.states import ImportState as L
from portal.staff.table_layout import heading
from tenants.jobs import JOBS


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What a job has found in the file."""

    total: int
    checked: int
    good: int
    bad: int
    known: int = 0
    changed: int = 0


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Why the file was not read, in words for whoever has loaded it."""

    trouble: str


@dataclass(frozen=True, kw_only=True)
class ListAccepted:
    """Since which day positions, hours and categories are as the list says them; the day of the acceptance,
    where none is named.
    """

    changed_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class ColumnsChosen:
    """What each column of the file is."""

    layout: dict[str, Any]


def _has_good_rows(staff_import: StaffImport, by: Actor) -> bool:
    return staff_import.good + staff_import.changed > 0


def _write_trouble(staff_import: StaffImport, move: Move[Trouble]) -> None:
    staff_import.trouble = move.asked.trouble


def _write_counts(staff_import: StaffImport, move: Move[Counts]) -> None:
    for name, value in asdict(move.asked).items():
        setattr(staff_import, name, value)


def _has_come(staff_import: StaffImport, move: Move[ListAccepted]) -> bool:
    return move.asked.changed_on is None or move.asked.changed_on <= clock.today()


def _write_day(staff_import: StaffImport, move: Move[ListAccepted]) -> None:
    staff_import.changed_on = move.asked.changed_on


def _stamp_finished(staff_import: StaffImport, move: Move[Any]) -> None:
    staff_import.finished_at = clock.now()


def _write_layout(staff_import: StaffImport, move: Move[ColumnsChosen]) -> None:
    staff_import.layout = move.asked.layout
    staff_import.passed = []
    staff_import.total = staff_import.checked = staff_import.good = staff_import.bad = staff_import.known = 0
    staff_import.changed = 0


def _forget_rows(staff_import: StaffImport, move: Move[Any]) -> None:
    """They were read by other columns."""
    staff_import.rows.all().delete()


def _remember_columns(staff_import: StaffImport, move: Move[ColumnsChosen]) -> None:
    """The next file of the school is read in the same way."""
    for column in move.asked.layout["columns"]:
        if column["title"] and column["key"]:
            TableHeading.objects.update_or_create(
                heading=heading(column["title"]),
                defaults={"key": column["key"], "created_by": move.by.user},
            )


def _check_rows(staff_import: StaffImport, move: Move[Any]) -> None:
    check_later(staff_import, move.by)


def check_later(staff_import: StaffImport, by: Actor) -> None:
    """The rows are read and judged by a job."""
    JOBS["staff.check_import"].later(
        by=by,
        key=f"check:{staff_import.uuid}:{staff_import.version}",
        topic=staff_import.uuid,
        import_uuid=str(staff_import.uuid),
    )


def _write_people(staff_import: StaffImport, move: Move[Any]) -> None:
    """The good rows are written by a job."""
    JOBS["staff.accept_import"].later(
        by=move.by,
        key=f"accept:{staff_import.uuid}:{staff_import.version}",
        topic=staff_import.uuid,
        import_uuid=str(staff_import.uuid),
    )


def _tell_city(staff_import: StaffImport, move: Move[Any]) -> None:
    """A step of the joining of the school (SM-17) is made."""
    school = current_school.get()
    if school is not None:
        send(SCHOOL_STEP, SchoolStep(step="staff_imported"), topic=school, by=move.by)


_COLUMNS, _READY = Place("Столбцы"), Place("Проверка")
_SAYS_COLUMNS = Baton("за тем, кто загрузил", "сказать, что в каком столбце")
_DECIDES = Baton("за тем, кто загрузил", "посмотреть строки и принять")
_PORTAL = no_baton("Работает портал: страница сама скажет, когда он закончит.")

IMPORT: Workflow[StaffImport] = Workflow(
    name="staff_import",
    title="Загрузка сотрудников",
    model=StaffImport,
    steps=("Файл", "Столбцы", "Проверка", "Готово"),
    told=nobody("Кто загрузил, видит ход работы на её странице."),
    paper=no_paper("Список остаётся файлом, который загрузили."),
    begins=Begins(states=(L.UPLOADED,), baton=_PORTAL, lane=_READY),
    transitions=(
        Transition(
            verb="ask",
            label="Спросить о столбцах",
            sources=(L.UPLOADED,),
            target=L.COLUMNS,
            rule=access.can_import_staff,
            quiet=True,
            journal="Не все столбцы понятны: о них спрошено",
            baton=_SAYS_COLUMNS,
            lane=_COLUMNS,
        ),
        Transition(
            verb="columns",
            label="Столбцы верны",
            sources=(L.COLUMNS, L.READY),
            target=L.UPLOADED,
            rule=access.can_import_staff,
            asks=ColumnsChosen,
            changes=(_write_layout,),
            follows=(_forget_rows, _remember_columns, _check_rows),
            quiet=True,
            journal="Сказано, что в каком столбце",
            baton=_PORTAL,
            lane=_READY,
        ),
        Transition(
            verb="start",
            label="Проверить",
            sources=(L.UPLOADED,),
            target=L.CHECKING,
            rule=access.can_import_staff,
            quiet=True,
            journal="Проверка списка началась",
            baton=_PORTAL,
            lane=_READY,
        ),
        Transition(
            verb="ready",
            label="Проверено",
            sources=(L.CHECKING,),
            target=L.READY,
            rule=access.can_import_staff,
            asks=Counts,
            changes=(_write_counts,),
            quiet=True,
            journal="Список проверен",
            baton=_DECIDES,
            lane=_READY,
        ),
        Transition(
            verb="fail",
            label="Не прочитано",
            sources=(L.UPLOADED, L.CHECKING),
            target=L.FAILED,
            rule=access.can_import_staff,
            asks=Trouble,
            changes=(_write_trouble, _stamp_finished),
            quiet=True,
            final="Этот файл не прочитался: нужен другой.",
            journal="Список не прочитан",
            baton=Baton("за тем, кто загрузил", "загрузить другой файл"),
            lane=Place("Файл", stopped="не прочитано"),
        ),
        Transition(
            verb="confirm",
            label="Принять",
            sources=(L.READY, L.ACCEPTED),
            target=L.ACCEPTING,
            rule=access.can_import_staff,
            guards=(
                Guard(
                    "nothing_new",
                    "В файле нет строк, которые можно записать: все уже внесены или их нужно поправить.",
                    _has_good_rows,
                ),
            ),
            asks=ListAccepted,
            checks=(
                Check(
                    "not_yet",
                    "Этот день ещё не наступил: изменения записывают в их день или позже.",
                    _has_come,
                    "changed_on",
                ),
            ),
            changes=(_write_day,),
            follows=(_write_people,),
            journal="Список принят",
            baton=_PORTAL,
            lane=Place("Готово"),
        ),
        Transition(
            verb="finish",
            label="Записано",
            sources=(L.ACCEPTING,),
            target=L.ACCEPTED,
            rule=access.can_import_staff,
            asks=Counts,
            changes=(_write_counts, _stamp_finished),
            follows=(_tell_city,),
            quiet=True,
            journal="Люди из списка записаны",
            baton=no_baton("Люди записаны; строки с ошибками можно поправить и принять ещё раз."),
            lane=Place(""),
        ),
        Transition(
            verb="stop",
            label="Остановлено: у того, кто принял список, больше нет права",
            sources=(L.ACCEPTING,),
            target=L.READY,
            rule=by_time,
            quiet=True,
            journal="Запись списка остановлена: у того, кто его принял, больше нет права",
            baton=_DECIDES,
            lane=_READY,
        ),
        Transition(
            verb="cancel",
            label="Не записывать список",
            sources=(L.UPLOADED, L.COLUMNS, L.READY),
            target=L.CANCELLED,
            rule=access.can_import_staff,
            changes=(_stamp_finished,),
            quiet=True,
            final="Из этого файла ничего не запишется. Передумаете: загрузите его ещё раз.",
            journal="От списка отказались",
            said="Из этого файла ничего не записано.",
            baton=no_baton("Из этого файла ничего не запишут."),
            lane=Place("Проверка", stopped="отменено"),
        ),
    ),
)
