"""House lints: each with the advice in its message. They read our own sources only."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("portal", "tenants", "registry", "best_practices", "config")
SOURCES = [p for package in PACKAGES for p in (ROOT / package).rglob("*.py") if "node_modules" not in p.parts]
CODE = [p for p in SOURCES if "migrations" not in p.parts]
TEMPLATES = [p for package in PACKAGES for p in (ROOT / package).rglob("*.html")]


def where(path: Path) -> str:
    return str(path.relative_to(ROOT))


VANISHING = {"skip", "skipif", "importorskip", "xfail"}


def vanishing(path: Path) -> list[str]:
    """Tests that a machine may silently not have: skipped by themselves, or defined only under a
    condition.
    """
    tree = ast.parse(path.read_text())
    lines = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in VANISHING and "pytest" in ast.unparse(node.value)
    ]
    branches = [node for node in ast.walk(tree) if isinstance(node, ast.If | ast.Try)]
    lines += [
        inner.lineno
        for node in branches
        for inner in ast.walk(node)
        if isinstance(inner, ast.FunctionDef) and inner.name.startswith("test_")
    ]
    return [f"{where(path)}:{line}" for line in lines]


@pytest.mark.covers("found G1")
def test_no_test_vanishes_by_itself() -> None:
    found = [line for path in sorted((ROOT / "tests").rglob("*.py")) for line in vanishing(path)]
    assert not found, (
        f"what a machine may lack is a need of tests/left_out.py, named with its command: {found}"
    )


BANNED = [
    (r"\bauto_now(_add)?\s*=", "time comes from core.clock: default=clock.now", ()),
    (
        r"\b(timezone\.now|datetime\.now|date\.today)\(",
        "time comes from core.clock",
        # a session ends by the clock by which Django has begun it
        ("portal/core/clock.py", "portal/accounts/sessions.py"),
    ),
    (r"\w_at\.date\(\)", "a moment is kept in UTC: its day is clock.local(moment).date()", ()),
    (r"\{[^{}()]*_at:%", "a moment is kept in UTC: the day that is said of it is clock.local(moment)", ()),
    (
        r"\.is(digit|decimal|numeric)\(",
        "«²» and «٣» pass, and int() fails or reads them: core.text.whole_number",
        ("portal/core/text.py",),
    ),
    (
        r"\bschema_context\b|\btenant_context\b|\.activate\(\)",
        "only tenants/context.py switches schools: in_school(school)",
        ("tenants/context.py",),
    ),
    (
        r"\.set_(tenant|schema)\(",
        "only tenants/context.py and opening.py switch schools",
        ("tenants/context.py", "tenants/opening.py"),
    ),
    (r"icontains|istartswith", "matching is on folded text, search on portal.search", ()),
    (r"transaction=True", "a test that commits takes own_database", ()),
    (r"\bTODO\b|\bFIXME\b|\bXXX\b|raise NotImplementedError", "finish it or leave it out", ()),
    (r"is_superuser", "it grants nothing here", ()),
    (r"mark_safe\(|\|safe\b", "escape, or make a component", ("portal/ui/",)),
]


@pytest.mark.parametrize(("pattern", "advice", "allowed"), BANNED, ids=[b[0] for b in BANNED])
def test_banned(pattern: str, advice: str, allowed: tuple[str, ...]) -> None:
    found = [
        f"{where(path)}:{number}"
        for path in CODE
        if not any(where(path).startswith(a) for a in allowed)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line.split("  # ")[0]) and not line.lstrip().startswith("#")
    ]
    assert not found, f"{advice}: {found}"


def test_nobody_assigns_state_but_the_workflow() -> None:
    found = []
    for path in CODE:
        if where(path) == "portal/core/workflow.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            found += [
                f"{where(path)}:{t.lineno}"
                for t in targets
                if isinstance(t, ast.Attribute) and t.attr == "state"
            ]
    assert not found, f"move it through its Workflow: {found}"


def test_no_data_migrations_in_schools() -> None:
    from django.apps import apps
    from django.conf import settings

    internal = [
        apps.get_app_config(c.label).path for c in apps.get_app_configs() if c.name in settings.TENANT_APPS
    ]
    found = [
        where(p)
        for p in SOURCES
        if "migrations" in p.parts
        and str(p.parent.parent) in internal
        and re.search(r"RunPython|atomic\s*=\s*False", p.read_text())
    ]
    assert not found, f"data moves in an idempotent job, a school's migration is replayed DDL: {found}"


def test_files_stay_readable() -> None:
    long = [f"{where(p)}: {n}" for p in CODE if (n := len(p.read_text().splitlines())) > 400]
    assert not long, f"split by noun: {long}"


def test_functions_stay_short() -> None:
    lengths, long = [], []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                lengths.append(size)
                long += [f"{where(path)}:{node.lineno} {node.name} {size}"] if size > 50 else []
    lengths.sort()
    assert not long, f"over 50 lines: {long}"
    assert lengths[len(lengths) // 2] <= 9, f"the median function has {lengths[len(lengths) // 2]} lines"
    assert lengths[int(len(lengths) * 0.9)] <= 25


TABLES = (
    "portal/demo/cast.py",
    "portal/demo/seeding/plans.py",
    "portal/municipality/indicators.py",
    "tests/api/test_contract.py",
    "tests/documents/test_word.py",
    "tests/found.py",
    "tests/journeys/test_whole_way.py",
    "tests/posts/table.py",
    "tests/rules/test_matrix.py",
    "tests/rules/test_school_rooms.py",
    "tests/workflows/test_cards_and_needs.py",
    "tests/workflows/test_city_practice_scenarios.py",
    "tests/workflows/test_city_scenarios.py",
    "tests/workflows/test_lateness.py",
    "tests/workflows/test_meetings.py",
    "tests/workflows/test_mentoring_consents.py",
    "tests/workflows/test_pairs.py",
    "tests/workflows/test_practice_scenarios.py",
    "tests/workflows/test_programmes.py",
    "tests/workflows/test_staff_scenarios.py",
)
"""Files whose rows are read across: there the formatter may be told to keep its hands off."""


def test_only_tables_are_kept_from_the_formatter() -> None:
    skip = re.compile(r"#\s*fmt:\s*(skip|off)$", re.M)
    everything = [*CODE, *(ROOT / "tests").rglob("*.py"), *(ROOT / "deploy").rglob("*.py")]
    found = {where(path) for path in everything if skip.search(path.read_text())}
    assert sorted(found - set(TABLES)) == [], "a line that wants to be kept is too dense"
    assert sorted(set(TABLES) - found) == [], "take these out of the list"


GRAMMAR = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT}
CALLED_BY_OTHERS = {"run_job", "perform", "__call__", "_reversed"}
"""Their arguments are the queue's, the database's and Django's."""


def _functions() -> Iterator[tuple[str, ast.FunctionDef, int]]:
    """Every function of the house, where it stands and how many tokens it has."""
    for path in CODE:
        source = path.read_text()
        read = tokenize.generate_tokens(io.StringIO(source).readline)
        rows = [token.start[0] for token in read if token.type not in GRAMMAR]
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                tokens = sum(node.lineno <= row <= (node.end_lineno or node.lineno) for row in rows)
                yield f"{where(path)}:{node.lineno} {node.name}", node, tokens


def test_functions_have_air() -> None:
    """A budget of lines alone pushes the code sideways: so one of tokens stands beside it."""
    sizes = sorted((tokens, place) for place, _, tokens in _functions())
    assert sizes[-1][0] <= 350, sizes[-5:]
    assert sizes[len(sizes) * 9 // 10][0] <= 150, f"nine of ten have up to {sizes[len(sizes) * 9 // 10][0]}"


def test_no_more_than_four_positional_arguments() -> None:
    found = {
        place: node.name
        for place, node, _ in _functions()
        if len([a for a in (*node.args.posonlyargs, *node.args.args) if a.arg not in ("self", "cls")]) > 4
    }
    refused = [place for place, name in found.items() if name not in CALLED_BY_OTHERS]
    assert not refused, f"the fifth is told apart by its name only: {refused}"
    assert set(found.values()) >= CALLED_BY_OTHERS, "take out of the list who has no more than four"


def test_no_condition_inside_a_condition() -> None:
    found = [
        f"{where(path)}:{node.lineno}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.IfExp)
        and any(isinstance(part, ast.IfExp) for part in (node.test, node.body, node.orelse))
    ]
    assert not found, f"say it in lines: {found}"


def test_templates_obey_the_policy() -> None:
    found = [
        f"{where(p)}: {m.group(0)[:60]}"
        for p in TEMPLATES
        for m in re.finditer(
            r"\sstyle=|<script(?![^>]*\ssrc=)[^>]*>|\son(?:click|change|load|error|submit|input|focus|blur|key\w+|mouse\w+|pointer\w+|touch\w+)=",
            p.read_text(),
        )
    ]
    assert not found, f"strict CSP: no style=, inline scripts or on…= handlers: {found}"


def test_every_post_form_carries_its_tokens() -> None:
    found = []
    for path in TEMPLATES:
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text(), re.S | re.I):
            if "post_tokens" not in form and "ui/components/form" not in form and "form_inside" not in form:
                found.append(f"{where(path)}: {form[:70]!r}")
    assert not found, f"add {{% post_tokens %}}: {found}"


def test_no_packed_packages_lie_in_the_root() -> None:
    found = [path.name for ending in ("whl", "tar.gz", "zip") for path in ROOT.glob(f"*.{ending}")]
    assert not found, (
        f"what a tool has downloaded is installed from the lock, not kept in the repository: {found}"
    )


def test_bare_names() -> None:
    banned = {
        "utils",
        "helpers",
        "common",
        "manager",
        "managers",
        "data",
        "info",
        "handle",
        "handlers",
        "process",
    }
    found = [where(p) for p in CODE if p.stem in banned or p.parent.name in banned]
    assert not found, f"name it after what it is for: {found}"


def test_no_merge_was_left_half_done() -> None:
    kinds = {".py", ".html", ".md", ".scss", ".js", ".mjs", ".toml", ".yaml", ".txt", ".csv", ".typ"}
    texts = [
        path
        for folder in (*PACKAGES, "tests", "docs", "deploy", "tenants")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in kinds
    ]
    found = [
        where(path) for path in texts if re.search(r"^(<{7}|>{7}) ", path.read_text(errors="replace"), re.M)
    ]
    assert not found, f"choose one of the two texts: {found}"


@pytest.mark.covers("found E7")
def test_no_form_lets_the_browser_speak() -> None:
    tags = (
        (path, tag)
        for path in TEMPLATES
        for tag in re.findall(r"<form\b(?:\{%.*?%\}|\{\{.*?\}\}|[^>{])*>", path.read_text())
    )
    found = [
        f"{where(path)}: {tag[:80]}"
        for path, tag in tags
        if 'method="post"' in tag and "novalidate" not in tag
    ]
    assert not found, (
        f"add novalidate: the portal refuses in its own words, a browser in the words of its maker: {found}"
    )


@pytest.mark.covers("found E7")
def test_a_state_is_said_after_a_colon() -> None:
    """«Кампания сбор закончен» is no Russian: the word of a state agrees with nothing, so in a sentence it
    stands by itself.
    """
    found = [
        f"{where(path)}:{number}"
        for path in CODE
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"[а-яё] \{[^{}]*get_\w*state_display\(\)", line)
    ]
    assert not found, f"write «Кампания: {{state}}.»: {found}"
