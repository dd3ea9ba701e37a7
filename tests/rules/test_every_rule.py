"""A rule that no table asks may be changed by anybody: each `can_…` of the access layers is in one."""

import ast
import re
from pathlib import Path

from tests.database import ROOT
from tests.mutants.breaking import PLACES, ROOMS, RULE


def rules() -> dict[str, str]:
    """Name → file of each rule of an access layer."""
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    access = [path for path in paths if re.search(PLACES[RULE], path.relative_to(ROOT).as_posix())]
    return {name: str(path.relative_to(ROOT)) for path in access for name in named_in(path)}


def named_in(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    return [one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("can_")]


def test_every_rule_is_asked_by_a_table() -> None:
    tables = "\n".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    found = rules()
    assert found
    unasked = {name: path for name, path in found.items() if not re.search(rf"\.{name}\b", tables)}
    assert not unasked, (
        "each wants a row in a test of tests/rules (of a school: test_school_rooms.py): who of the cast may, "
        "who may not"
    )
