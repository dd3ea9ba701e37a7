"""Papers printed from the tables of the code: permissions, workflows, fields, letters, the API. Stale ones
are refused.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from config import openapi
from portal.accounts.offices import CITY_OFFICES, SCHOOL_OFFICES, Office
from portal.accounts.permissions import MATRIX, Permission
from portal.core.contour import RoomConfig
from portal.core.entity import Entity
from portal.core.privacy import Sensitivity, sensitivity_of
from portal.core.workflow import ALL, Place, Transition, Without, Workflow, by_time, followers
from portal.exchange.letters import KINDS, Direction

NOTE = "<!-- Напечатано из кода: make docs. Руками не править. -->\n\n"
LATER = (
    "Diagnostics campaign",
    "Own difficulty questionnaire",
    "Private reflections of a pair",
    "Situational request",
    "Psychologist notes",
    "Lesson visit card (T-15)",
    "Pupil outcomes (aggregates)",
    "Mentor report (T-16)",
    "Surveys (T-18)",
    "SWOT, final report (T-19/20)",
    "Risk signals/cases",
    "Payments / incentives",
    "Resources, bookings, board",
    "School site rubric",
    "Registry application",
    "Registry card",
    "Cross-school mentor request",
    "KS/GUMO session, agenda",
    "Vote, dissent",
    "Protocol, decision",
    "Assignment (поручение)",
    "Events, certificates",
    "Awards, municipal nominations",
    "NPA library (federal/regional/municipal)",
    "Delegation of a function",
    "Municipal PD log / incidents",
)
"""Rows of domain.md §2.2 whose rooms do not exist yet."""


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    lines = [list(heads), *([str(cell).replace("|", "/").replace("\n", " ") for cell in row] for row in rows)]
    written = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([written[0], f"|{'---|' * len(lines[0])}", *written[1:]]) + "\n"


def permissions() -> str:
    """The matrix: permissions × offices, and the rows that come later."""
    parts = [
        NOTE + "# Кто что может\n",
        "Права складываются из должностей, действующих сегодня в этом контуре. Обстоятельства (наставник "
        "этой пары, эксперт этого"
        " листа) проверяют правила комнат.\n",
    ]
    for title, offices in (
        ("Внутренний контур (школа)", SCHOOL_OFFICES),
        ("Внешний контур (город)", CITY_OFFICES),
    ):
        columns = [office for office in Office if office in offices]
        rows = [p for p in MATRIX if set(p.offices) & offices]
        parts += [
            f"## {title}\n",
            _table(
                ["Право", "Что можно", *(o.label for o in columns), "Строка §2.2"],
                (_permission(p, columns) for p in rows),
            ),
        ]
    parts += [
        "## Позже\n",
        "Строки матрицы, комнат которых ещё нет:\n",
        _table(["Строка §2.2", "Состояние"], ((row, "позже") for row in LATER)),
    ]
    return "\n".join(parts)


def _permission(row: Permission, columns: list[Office]) -> list[str]:
    return [
        f"`{row.name}`",
        row.title,
        *("да" if office in row.offices else "·" for office in columns),
        row.row,
    ]


def workflows() -> str:
    """Every workflow: from, to, the words on the button, guards."""
    for urlconf in (settings.ROOT_URLCONF, settings.SCHOOL_URLCONF):
        import_module(urlconf)
    return "\n".join([NOTE + "# Состояния и переходы\n", *(_workflow(ALL[name]) for name in sorted(ALL))])


def _workflow(flow: Workflow[Any]) -> str:
    title = f"## {flow.title}{f' ({flow.code})' if flow.code else ''}\n\n`{flow.name}`\n\n"
    return "\n".join(
        [
            title + _table(MADE, (_made(row) for row in flow.transitions)),
            _table(FOLLOWED, (_followed(flow, row) for row in flow.transitions)),
            _table(TOLD, (_told(row) for row in flow.transitions)),
        ]
    )


MADE = ("Глагол", "Из", "В", "Кнопка", "Кто", "Что должно быть верно", "Пояснение", "Основание")
FOLLOWED = ("Глагол", "Что спрашивают", "Что меняется", "Что следует здесь", "Что следует в комнатах выше")
TOLD = ("Глагол", "Журнал", "Кому говорят", "Чей ход", "Место на дорожке", "Документ")


def _made(row: Transition[Any, Any]) -> list[str]:
    return [
        f"`{row.verb}`",
        ", ".join(row.sources),
        row.target,
        row.label,
        "время или почта" if row.rule is by_time else f"`{row.rule.__name__}`",
        _conditions(row),
        "нужно" if row.needs_comment else "·",
        row.seed or "·",
    ]


def _conditions(row: Transition[Any, Any]) -> str:
    """What must be true of things, then what must be true of what was typed."""
    sentences = [guard.sentence for guard in row.guards] + [check.sentence for check in row.checks]
    return " ".join(sentences) or "·"


def _followed(flow: Workflow[Any], row: Transition[Any, Any]) -> list[str]:
    asked = [field.name for field in fields_of(row.asks)] if is_dataclass(row.asks) else []
    return [
        f"`{row.verb}`",
        ", ".join(asked) or "·",
        _names(row.changes),
        _names(row.follows),
        " ".join(f"`{above.do.__name__}`: {above.why}" for above in followers(flow, row.verb)) or "·",
    ]


def _told(row: Transition[Any, Any]) -> list[str]:
    told = row.told.why if isinstance(row.told, Without) else _names([line.people for line in row.told or ()])
    return [f"`{row.verb}`", row.journal or "·", told, _said(row.baton), _said(row.lane), _said(row.paper)]


def _said(value: Any) -> str:
    """What a row says of one thing: why there is none, where a lane stops, or the words themselves."""
    if isinstance(value, Without):
        return f"нет: {value.why}"
    if isinstance(value, Place):
        return value.stopped or value.step
    return f"`{value.__name__}`" if callable(value) else str(value)


def _names(functions: Iterable[Any]) -> str:
    return ", ".join(f"`{function.__name__.lstrip('_')}`" for function in functions) or "·"


def fields() -> str:
    """The catalogue of fields: what is personal, why it is kept and for how long."""
    parts = [
        NOTE + "# Какие данные хранятся\n",
        "Обычные и особо охраняемые поля названы поимённо; остальные поля таблицы не персональные.\n",
    ]
    for room in (config for config in apps.get_app_configs() if isinstance(config, RoomConfig)):
        models = sorted((m for m in room.get_models() if hasattr(m, "privacy")), key=lambda m: m.__name__)
        if models:
            parts += [
                f"## {room.verbose_name} ({room.contour})\n",
                _table(
                    [
                        "Что",
                        "Персональные",
                        "Особо охраняемые",
                        "Прочие",
                        "Основание",
                        "Сколько хранится",
                        "Чтение в журнале",
                    ],
                    (_model(m) for m in models),
                ),
            ]
    return "\n".join(parts)


def _model(model: type[Model]) -> list[str]:
    entity: Any = model
    everywhere = {"id", *(field.name for field in Entity._meta.fields)}
    columns = [field for field in model._meta.concrete_fields if field.name not in everywhere]
    sorted_out = {
        kind: ", ".join(one.name for one in columns if sensitivity_of(model, one) == kind) or "·"
        for kind in Sensitivity
    }
    title = f"{model._meta.verbose_name} `{model.__name__}`"
    return [
        title,
        sorted_out[Sensitivity.ORDINARY],
        sorted_out[Sensitivity.SEALED],
        sorted_out[Sensitivity.PLAIN],
        entity.privacy.basis,
        str(entity.privacy.keep),
        "да" if entity.privacy.personal else "·",
    ]


def letters() -> str:
    """What goes between the contours: each kind of letter with its basis and what it carries."""
    for urlconf in (settings.ROOT_URLCONF, settings.SCHOOL_URLCONF):
        import_module(urlconf)
    parts = [NOTE + "# Что ходит между школой и городом\n"]
    for title, direction in (("Из школы", Direction.TO_CITY), ("В школу", Direction.TO_SCHOOL)):
        rows = sorted((k for k in KINDS.values() if k.direction == direction), key=lambda k: k.code)
        heads = [
            "Код",
            "Что",
            "Кто отправляет",
            "Что внутри",
            "Поля",
            "Основание",
            "Запись в журнале передачи",
        ]
        parts += [
            f"## {title}\n",
            _table(
                heads,
                (
                    [
                        f"`{k.code}`",
                        k.title,
                        k.sender,
                        k.carries,
                        ", ".join(k.payload.model_fields),
                        k.basis,
                        "да" if k.act else "·",
                    ]
                    for k in rows
                ),
            ),
        ]
    return "\n".join(parts)


def promised() -> str:
    """What version 1 of the API promises, line by line. Lines are only added: raises ValueError when one is
    lost.
    """
    lines = openapi.promised(openapi.whole())
    lost = sorted(set(_read(PROMISED).splitlines()) - set(lines))
    if lost:
        raise ValueError(
            f"API v1 потерял обещанное: {'; '.join(lost[:10])}. Если этого ещё никому не обещали (имя новое "
            f"в этой ветке), верните {PROMISED} из git и напечатайте снова"
        )
    return "\n".join(lines) + "\n"


def _read(file: str) -> str:
    path = settings.BASE_DIR / file
    return str(path.read_text()) if path.exists() else ""


PROMISED = "docs/openapi.v1.txt"
PAPERS: dict[str, tuple[str, Callable[[], str]]] = {
    "permissions": ("docs/permissions.md", permissions),
    "workflows": ("docs/workflows.md", workflows),
    "data": ("docs/data.md", fields),
    "letters": ("docs/letters.md", letters),
    "openapi": ("docs/openapi.yaml", openapi.printed),
    "promised": (PROMISED, promised),
}


def stale() -> list[str]:
    """Papers that do not say what the code says now. Raises ValueError when version 1 of the API has lost
    something.
    """
    return [file for file, write in PAPERS.values() if _read(file) != write()]


def print_all() -> list[str]:
    """Writes every paper; returns their names. Raises ValueError when version 1 of the API would lose
    something.
    """
    written = {file: write() for file, write in PAPERS.values()}
    for file, text in written.items():
        (settings.BASE_DIR / file).write_text(text)
    return list(written)
