"""Rules of the house that lived by good manners: what each kind of file may know, and how things are called.
The order of files inside a room, and of the rooms, is kept by .importlinter.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from portal.core.contour import Contour, RoomConfig
from tests.architecture.test_house_lints import CODE, ROOT, where

ROOMS = [config for config in apps.get_app_configs() if isinstance(config, RoomConfig)]
WITH_TABLES = [room for room in ROOMS if room.contour is not Contour.LIBRARY]
FOLDERS = {str(Path(room.path).relative_to(ROOT)): room for room in WITH_TABLES}
TREES = {path: ast.parse(path.read_text()) for path in CODE}
ADVICE = {
    "rest_framework": "only api*.py speaks to machines",
    "http": "services take an Actor, never a request",
    "io": "whoever writes rows does no I/O: ask for a job",
}


def kind_of(path: Path) -> str:
    """Which kind of file of a room it is: `views`, `access` …; empty outside of rooms."""
    folder = next((name for name in FOLDERS if where(path).startswith(f"{name}/")), "")
    rest = where(path).removeprefix(f"{folder}/") if folder else ""
    return rest.split("/")[0].removesuffix(".py")


def files_of(*kinds: str) -> list[Path]:
    found = [path for path in CODE if kind_of(path) in kinds]
    assert found, f"nothing is called {kinds}: this test looks in the wrong place"
    return found


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """What the file imports, and where."""
    for node in ast.walk(TREES[path]):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
        yield from ((name, f"{where(path)}:{node.lineno}") for name in names)  # type: ignore[attr-defined]


def functions_of(*kinds: str) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Functions that others call."""
    for path in files_of(*kinds):
        found = (node for node in TREES[path].body if isinstance(node, ast.FunctionDef))
        yield from ((path, node) for node in found if not node.name.startswith("_"))


# ── What a kind of file may know ────────────────────────────────────────────────────────────────────
DOMAIN = (
    "services",
    "workflow",
    "review_workflow",
    "search",
    "selectors",
    "access",
    "models",
    "states",
    "events",
    "letters",
    "receivers",
    "background",
)
HTTP = ("django.http", "django.shortcuts", "django.views", "django.contrib.messages", "rest_framework")
OUTSIDE = ("requests", "subprocess", "urllib.request", "smtplib", "socket", "http.client")


def test_machines_are_answered_by_api_files_only() -> None:
    api = re.compile(r"(^|/)api(_\w+)?(\.py$|/)")
    found = [
        place
        for path in CODE
        if not api.search(where(path))
        for name, place in imported(path)
        if name.startswith("rest_framework")
    ]
    assert not found, f"{ADVICE['rest_framework']}: {found}"


def test_the_domain_knows_no_http() -> None:
    found = [place for path in files_of(*DOMAIN) for name, place in imported(path) if name.startswith(HTTP)]
    assert not found, f"{ADVICE['http']}: {found}"


def test_whoever_writes_rows_does_no_input_and_output() -> None:
    kinds = ("receivers", "workflow", "access", "selectors", "models")
    found = [place for path in files_of(*kinds) for name, place in imported(path) if name.startswith(OUTSIDE)]
    assert not found, f"{ADVICE['io']}: {found}"


def test_words_for_states_and_news_import_nothing_of_ours() -> None:
    ours = ("portal.", "tenants.", "best_practices.", "config.")
    found = [
        place
        for path in files_of("states", "events")
        for name, place in imported(path)
        if name.startswith(ours)
    ]
    assert not found, f"everybody imports them: {found}"


# ── Rules and doors ─────────────────────────────────────────────────────────────────────────────────
def test_a_rule_is_short_and_asks_the_actor_first() -> None:
    found = []
    for path, rule in functions_of("access"):
        if rule.name.startswith("can_"):
            names = [arg.arg for arg in rule.args.args]
            said = rule.body[1:] if ast.get_docstring(rule) else rule.body
            lines = (said[-1].end_lineno or 0) - said[0].lineno + 1
            answers = rule.returns is not None and ast.unparse(rule.returns) == "bool"
            if names[:1] != ["by"] or len(names) > 2 or lines > 5 or not answers:
                found.append(f"{where(path)}:{rule.lineno}")
    assert not found, f"can_<verb>_<noun>(by, obj) -> bool, at most five lines: {found}"


def test_a_door_is_opened_by_the_actor_and_a_uuid() -> None:
    found = [
        f"{where(path)}:{door.lineno}"
        for path, door in functions_of("access")
        if door.name.endswith("_for")
        and [arg.arg for arg in door.args.args][:2] not in (["by", "pk"], ["by", "uuid"])
    ]
    assert not found, f"<noun>_for(by, uuid): {found}"


def test_an_address_names_rows_by_their_uuid() -> None:
    named = re.compile(r"<(?!uuid:)(\w+:)?(pk|id|\w+_id|uuid)>")
    found = [where(path) for path in CODE if "urls" in path.name and named.search(path.read_text())]
    assert not found, f"a number of the database never leaves it: <uuid:pk>: {found}"


METHODS = re.compile(r"require_safe|require_POST|require_http_methods\(\['GET', 'HEAD', 'POST'\]\)")
"""Whoever may GET may HEAD, and `Allow` says so."""
NOT_PAGES = {"sign_in", "sign_in_again", "nowhere", "too_often"}
"""Asked by the middleware or by Django, or they hand the request on to allauth."""


def test_a_page_says_which_methods_it_takes() -> None:
    found = {
        view.name: f"{where(path)}:{view.lineno}"
        for path, view in functions_of("views")
        if [arg.arg for arg in view.args.args][:1] == ["request"]
        and isinstance(view.returns, ast.Name)
        and view.returns.id.startswith("HttpResponse")
        and not any(METHODS.fullmatch(ast.unparse(line)) for line in view.decorator_list)
    }
    unsaid = [place for name, place in found.items() if name not in NOT_PAGES]
    assert not unsaid, f"@require_safe, @require_POST or @require_http_methods: {unsaid}"
    assert set(found) >= NOT_PAGES, f"gone, or they say it: {NOT_PAGES - set(found)}"


# ── Who acts ────────────────────────────────────────────────────────────────────────────────────────
BY_NOBODY = {
    "note_question": "who has asked is not kept",
    "note_opened": "who has opened it is not kept",
    "municipal_text": "the city's text as a draft: it is only read",
    "counts_of": "an uploaded table is judged, nothing is written",
    "undated_key": "an uploaded table is judged, nothing is written",
    "as_read": "an uploaded table is judged, nothing is written",
    "facts_of": "what was typed is sorted by rows, nothing is written",
    "dated": "what was typed gets its day, nothing is written",
    "refuse_without_work": "a day is judged, nothing is written",
    "refuse_beyond_stay": "a right is judged, nothing is written",
    "refuse_beyond_work": "a right is judged, nothing is written",
    "check_renamed": "a day is judged, nothing is written",
    "remind_once": "the night says it, by whose actor is told by the work",
    "is_renamed": "what was typed is compared, nothing is written",
    "hire": "rows of a person who is hired, written by whoever calls",
    "hire_each": "rows of people of an accepted list, written by whoever calls",
    "make_person": "rows of a new person, written by whoever calls",
    "add_work": "rows of an accepted list, written by whoever calls",
    "address_hmac": "the print of an address",
    "new_invitation": "an invitation and its secret, written by whoever calls",
    "invitation_by_token": "an invitation by its secret",
    "accept_invitation": "the person acts for themselves",
    "remember_look": "the person acts for themselves",
    "keep_step": "a letter of a school is kept",
    "confirm_office": "a letter of the city is kept",
}
"""Services that take no actor, and why."""


def test_a_service_says_who_acts() -> None:
    found = []
    for _, service in functions_of("services"):
        first = [arg.arg for arg in service.args.args][:1]
        of_time_or_post = first in (["by"], ["letter"])
        if "by" not in [arg.arg for arg in service.args.kwonlyargs] and not of_time_or_post:
            found.append(service.name)
    assert set(found) <= set(BY_NOBODY), f"<verb>_<noun>(…, *, by: Actor): {set(found) - set(BY_NOBODY)}"
    assert set(BY_NOBODY) <= set(found), f"gone, or say who acts: {set(BY_NOBODY) - set(found)}"


WEIGHED_FIRST = ("portal/staff/selectors/holders.py", "portal/accounts/holders.py")
"""The holders of all offices are weighed, and those who are named are shown."""


def test_nobody_notes_a_reading_by_hand() -> None:
    by_machine = {
        "note_reading(": ("portal/audit/journal.py", "tenants/middleware.py"),
        "reading.came(": ("portal/core/entity.py", *WEIGHED_FIRST),
        "page_of_reading()": ("portal/core/reading.py", "tenants/middleware.py", "portal/papers/freezing.py"),
    }
    found = [
        f"{where(path)}: {call}"
        for call, allowed in by_machine.items()
        for path in CODE
        if call in path.read_text() and where(path) not in allowed
    ]
    assert not found, f"a row notes it by itself, its model says whose data it is (docs/adr/0020): {found}"
    stale = [
        f"{place}: {call}"
        for call, allowed in by_machine.items()
        for place in allowed
        if call not in (ROOT / place).read_text()
    ]
    assert not stale, f"these note nothing by hand any more: {stale}"


def test_nobody_is_above_the_rules() -> None:
    found = [where(path) for path in CODE if "is_superuser" in path.read_text()]
    assert not found, f"a right is a row of the matrix: {found}"


# ── How things are called ───────────────────────────────────────────────────────────────────────────
NEVER = re.compile(
    r"(^|_)(tutor|coach|student|supervisor|director|team|deficit|shmo|gumo|board|catalog)(_|$)"
)
PROPER_IN = tuple(name for name in FOLDERS if name != "portal/demo")


def test_the_words_of_the_glossary_are_used() -> None:
    found = []
    for path, tree in TREES.items():
        named = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        words = [(re.sub(r"(?<!^)(?=[A-Z])", "_", node.name).lower(), node.lineno) for node in named]
        if where(path).startswith(PROPER_IN):
            found += [f"{where(path)}:{line}" for word, line in words if NEVER.search(word)]
    assert not found, f"the house has another word for what matches {NEVER.pattern} (docs/house.md): {found}"


DAYS = re.compile(r"_(on|from|to|until|due)$|^(due\w*|birth_date|last_day)$")


def test_days_and_moments_are_told_apart_by_their_names() -> None:
    found = []
    for room in WITH_TABLES:
        for model in room.get_models():
            for field in model._meta.local_concrete_fields:
                moment = isinstance(field, models.DateTimeField)
                day = isinstance(field, models.DateField) and not moment
                if (moment and not field.name.endswith("_at")) or (day and not DAYS.search(field.name)):
                    found.append(f"{model.__name__}.{field.name}")
    strange = sorted(set(found) - {"User.last_login"})
    assert not strange, f"a day ends in _on, _from, _to, _until or _due, a moment in _at: {strange}"


def test_what_the_api_takes_and_gives_is_named_in_and_out() -> None:
    found = [
        f"{where(path)}:{node.lineno} {node.name}"
        for path in files_of("api")
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.ClassDef)
        and any(re.search(r"serializers\.\w*Serializer", ast.unparse(base)) for base in node.bases)
        and not node.name.endswith(("In", "Out"))
    ]
    assert not found, f"…In for what comes, …Out for what goes: {found}"


def test_a_migration_says_what_it_is_for() -> None:
    found = [
        where(path)
        for room in WITH_TABLES
        for path in Path(room.path).glob("migrations/0*.py")
        if re.search(r"_auto_|_initial|_alter_|_and_more", path.name)
    ]
    assert not found, (
        f"named by intent (makemigrations <room> -n what_changes; the first is 0001_begin): {found}"
    )


@pytest.mark.parametrize("room", WITH_TABLES, ids=[room.label for room in WITH_TABLES])
def test_a_room_says_what_it_is_for(room: RoomConfig) -> None:
    assert (Path(room.path) / "README.md").exists(), (
        "ten lines: what it is for, its words, its rules, its neighbours"
    )


# ── Between the contours ────────────────────────────────────────────────────────────────────────────
def keys() -> Iterator[tuple[RoomConfig, RoomConfig, models.ForeignKey[models.Model, models.Model]]]:
    of = {model: room for room in ROOMS for model in room.get_models()}
    for model, room in of.items():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model in of:
                yield room, of[field.related_model], field


def test_a_key_does_not_cross_the_wall() -> None:
    seen = list(keys())
    assert seen
    loose = [
        field
        for here, there, field in seen
        if here.contour is Contour.INTERNAL and there.contour is Contour.EXTERNAL
        if field.db_constraint or field.remote_field.on_delete is not models.DO_NOTHING  # type: ignore[attr-defined]
    ]
    assert not loose, f"a school's key to the city: DO_NOTHING, db_constraint=False: {loose}"
    into = [
        field
        for here, there, field in seen
        if here.contour is Contour.EXTERNAL and there.contour is Contour.INTERNAL
    ]
    assert not into, f"the city never points into a school: {into}"
