"""`docs/traceability.md`, printed from the marks on tests: which test holds which promise, and which
paragraphs wait.

A mark `@pytest.mark.covers("SM-10.hand_over", "T-35", "seed 4.2.5")` names a transition, a document or a
paragraph of the Положение by its id. Where two machines of one code know the same verb, the mark says which:
`SM-8.register (order)`. What must be marked is read from the code and from `tests/paragraphs.py` by
`tests/architecture/test_promises.py`. Marks are read from the sources, so neither a database nor Django is
needed. `python -m tests.traceability` prints; `--check` says whether the committed paper is stale.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.paragraphs import LATER

ROOT = Path(__file__).resolve().parent.parent
PAPER = ROOT / "docs" / "traceability.md"
PARAGRAPHS = "Paragraphs of the Положение"
ELSEWHERE = "Faults of the first walk"
"""Printed in docs/found.md (`tests.found`)."""
CHAPTERS = (
    ("State machines", re.compile(r"(SM-\d+[a-z]?|[A-Za-z]\w*)\.\w+( \(\w+\))?$")),
    ("Documents", re.compile(r"T-\d{2}$")),
    (PARAGRAPHS, re.compile(r"seed \d(\.\w+)*$")),
    ("Mechanisms", re.compile(r"house: [a-z -]+$")),
    (ELSEWHERE, re.compile(r"found [A-G]\d+$")),
)
"""Chapter → what its promises look like. A mark that fits none is a mistake."""


def marks_of(path: Path) -> Iterator[tuple[str, str]]:
    """(promise, address of the test) for each mark in the file; a mark of the whole file (`pytestmark`) is
    the file's.
    """
    module = ast.parse(path.read_text())
    for node in module.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            marks = node.value.elts if isinstance(node.value, ast.List) else [node.value]
            yield from (
                (promise, str(path.relative_to(ROOT))) for mark in marks for promise in _promises(mark)
            )
    for node in ast.walk(module):  # type: ignore[assignment]
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for mark in node.decorator_list:
                yield from (
                    (promise, f"{path.relative_to(ROOT)}::{node.name}") for promise in _promises(mark)
                )


def _promises(mark: ast.expr) -> list[str]:
    if not (isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.covers"):
        return []
    return [str(ast.literal_eval(argument)) for argument in mark.args]


def promises() -> dict[str, list[str]]:
    """Promise → addresses of the tests that hold it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for promise, test in marks_of(path):
            found[promise].append(test)
    return found


def paper() -> str:
    """The whole text. Raises ValueError for a promise of no known kind."""
    found = promises()
    strange = [p for p in found if not any(pattern.match(p) for _, pattern in CHAPTERS)]
    if strange:
        raise ValueError(
            f"marks of no known kind: {', '.join(strange)}; see CHAPTERS in tests/traceability.py"
        )
    head = (
        "# Which test holds which promise\n\nPrinted by `make docs` from the marks `covers` on tests; do "
        "not edit.\n"
        "Codes: `SM` a state machine and its transition,\n"
        "`T` a document, `seed` a paragraph of the Положение (`docs/seed`) by its id in the template, "
        "`house` a mechanism of `docs/house.md`.\n\n"
        "A paragraph stands in the chapter of paragraphs only when what it asks of the portal is done, as "
        "`tests/paragraphs.py` tells of every one of them.\n"
        "What a transition stands on, its «основание» in `docs/workflows.md`, is another thing: a legal "
        "basis, and no claim that the paragraph is done.\n"
    )
    printed = [(title, pattern) for title, pattern in CHAPTERS if title != ELSEWHERE]
    return (
        head
        + "".join(
            _chapter(title, {p: found[p] for p in found if pattern.match(p)}) for title, pattern in printed
        )
        + _waiting()
    )


def _waiting() -> str:
    rows = [f"| {why} | {paragraphs} |" for why, paragraphs in LATER.items()]
    return "\n".join(["", "## Paragraphs that wait", "", "| for what | paragraphs |", "|---|---|", *rows, ""])


def _chapter(title: str, held: dict[str, list[str]]) -> str:
    rows = [
        f"| {promise} | {'<br>'.join(f'`{test}`' for test in held[promise])} |"
        for promise in sorted(held, key=_natural)
    ]
    return "\n".join(["", f"## {title}", "", "| promise | tests |", "|---|---|", *rows, ""])


def _natural(promise: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", promise)]


def main() -> int:
    text = paper()
    if "--check" in sys.argv:
        return 0 if PAPER.exists() and PAPER.read_text() == text else 1
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
