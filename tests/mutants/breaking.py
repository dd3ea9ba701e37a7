"""Which small faults the code could have, and how one of them is put into a living process.

A fault is one edit of a function's syntax tree: a comparison turned, a condition dropped, a rule that always
says yes, a line of the journal not written. The functions of the module that live already are given the code
of the broken one, so whoever has imported them has it too, and no test needs a process of its own.
"""

import ast
import gc
import hashlib
import importlib
import re
import types
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("portal", "best_practices", "tenants")
RULE, GUARD, FIGURE, JOURNAL = KINDS = ("rule", "guard", "figure", "journal")
PLACES = {
    RULE: r"/access(/\w+)?\.py$",
    GUARD: r"/(\w+_)?workflows?(/\w+)?\.py$",
    FIGURE: r"/(figures|indicators|dues|lateness)(/\w+)?\.py$|^portal/oversight/selectors",
}
"""Where each kind lies; calls of the journal are looked for everywhere else."""
LIBRARIES = ("portal/demo/", "portal/core/", "portal/audit/")
"""The demo city is no product; the kernel is held by the tests of whatever stands on it."""
TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
CALLED = {"filter": "exclude", "exclude": "filter", "any": "all", "all": "any", "min": "max", "max": "min"}
JOURNALS = {("audit", "record"), ("audit", "disclose")}


class CannotBreak(Exception):
    """The edit leaves nothing that differs, or nothing that lives."""


@dataclass(frozen=True)
class Mutant:
    """The n-th fault of a file."""

    path: str
    number: int
    kind: str
    first: int
    last: int
    where: str
    what: str
    nth: int = 1
    """Among those of its function that are said in the same words."""

    @property
    def name(self) -> str:
        return f"{self.path}:{self.first} {self.where}: {self.what}"

    @property
    def lasting_name(self) -> str:
        """Without the line, which moves."""
        again = f" ({self.nth})" if self.nth > 1 else ""
        return f"{self.path} {self.where}: {self.what}{again}"


@dataclass(frozen=True)
class Edit:
    """A fault of a tree that is not made yet."""

    node: ast.stmt | ast.expr
    where: str
    what: str
    apply: Callable[[], None]


def mutants() -> list[Mutant]:
    """All faults that the code of the rooms could have, in the order of files and lines."""
    paths = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    found = []
    for path in paths:
        name = path.relative_to(ROOT).as_posix()
        if "/migrations/" not in name and not name.startswith(LIBRARIES):
            found += mutants_of(name)
    return found


def mutants_of(path: str) -> list[Mutant]:
    kind = kind_of(path)
    said_already: Counter[tuple[str, str]] = Counter()
    found = []
    for number, edit in enumerate(edits(ast.parse(source_of(path)), kind)):
        words = (edit.where, edit.what)
        said_already[words] += 1
        first, last = edit.node.lineno, edit.node.end_lineno or 0
        found.append(Mutant(path, number, kind, first, last, *words, said_already[words]))
    return found


@cache
def source_of(path: str) -> str:
    """As it was when this process began: whoever works at the code meanwhile breaks no mutant."""
    return (ROOT / path).read_text()


def print_of(path: str) -> str:
    """What tells this state of a file from others."""
    return hashlib.sha256(source_of(path).encode()).hexdigest()[:12]


def kind_of(path: str) -> str:
    return next((kind for kind, shape in PLACES.items() if re.search(shape, path)), JOURNAL)


def edits(tree: ast.Module, kind: str) -> Iterator[Edit]:
    """Each is made on a tree of its own: whoever makes the n-th parses anew and counts."""
    for where, parent, node in inside_functions(tree):
        if kind == JOURNAL:
            yield from of_the_journal(where, parent, node)
        else:
            yield from of_a_statement(where, parent, node, kind)
            yield from of_an_expression(where, node)
        if kind == FIGURE and isinstance(node, ast.Constant) and type(node.value) is int:
            yield Edit(node, where, f"one more: {node.value}", partial(one_more, node))


def inside_functions(
    tree: ast.AST, where: str = "", *, deep: bool = False
) -> Iterator[tuple[str, ast.AST, ast.AST]]:
    """(function, parent, node) of whatever is run when a function is called: no defaults, no annotations."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            name = "lambda" if isinstance(child, ast.Lambda) else child.name
            inner = f"{where}.{name}" if where else name
            runs = deep or not isinstance(child, ast.ClassDef)
            body = [child.body] if isinstance(child, ast.Lambda) else child.body
            for part in body:
                if runs:
                    yield inner, child, part
                yield from inside_functions(part, inner, deep=runs)
        elif child is not getattr(tree, "annotation", None):
            if deep:
                yield where, tree, child
            yield from inside_functions(child, where, deep=deep)


def of_the_journal(where: str, parent: ast.AST, node: ast.AST) -> Iterator[Edit]:
    """A line that is not written, and one with another word."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return
    call = node.value
    function = call.func
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return
    if (function.value.id, function.attr) not in JOURNALS:
        return
    yield Edit(node, where, "the journal is not written", partial(put, parent, node, ast.Pass()))
    words = [one for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    for word in words[:1]:
        yield Edit(node, where, f"the journal says another word than «{word.value}»", partial(reword, word))  # type: ignore[str-bytes-safe]


def reword(word: ast.Constant) -> None:
    word.value = f"{word.value} not"  # type: ignore[str-bytes-safe]


def of_a_statement(where: str, parent: ast.AST, node: ast.AST, kind: str) -> Iterator[Edit]:
    if isinstance(node, ast.Return) and node.value and says_yes_or_no(parent, kind):
        for answer in (True, False):
            if not (isinstance(node.value, ast.Constant) and node.value.value is answer):
                made = ast.Return(value=ast.Constant(answer))
                yield Edit(node, where, f"the answer is {answer}", partial(put, parent, node, made))
    if isinstance(node, ast.Raise):
        yield Edit(node, where, "nothing is raised", partial(put, parent, node, ast.Pass()))
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield Edit(node, where, f"not called: {said(node)}", partial(put, parent, node, ast.Pass()))
    if isinstance(node, ast.Assign) and kind == GUARD and isinstance(node.targets[0], ast.Attribute):
        yield Edit(node, where, f"not set: {said(node)}", partial(put, parent, node, ast.Pass()))
    if isinstance(node, ast.If | ast.IfExp):
        yield Edit(node.test, where, f"turned: if {said(node.test)}", partial(deny, node))


def says_yes_or_no(parent: ast.AST, kind: str) -> bool:
    """A function whose answer is a decision: by its annotation."""
    annotated = getattr(parent, "returns", None)
    return kind in (RULE, GUARD) and isinstance(annotated, ast.Name) and annotated.id == "bool"


def of_an_expression(where: str, node: ast.AST) -> Iterator[Edit]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in TURNED:
        yield Edit(node, where, f"turned: {said(node)}", partial(turn, node))
    if isinstance(node, ast.BoolOp):
        yield Edit(node, where, f"and for or: {said(node)}", partial(turn, node))
        for number, part in enumerate(node.values):
            yield Edit(part, where, f"left out: {said(part)}", partial(leave_out, node, number))
    if isinstance(node, ast.BinOp) and type(node.op) in TURNED:
        yield Edit(node, where, f"turned: {said(node)}", partial(turn, node))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield Edit(node, where, f"not denied: {said(node)}", partial(affirm, node))
    if isinstance(node, ast.Call):
        yield from of_a_call(where, node)


def of_a_call(where: str, node: ast.Call) -> Iterator[Edit]:
    """Another name; and a condition of a query left out."""
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name in CALLED:
        yield Edit(
            node, where, f"{CALLED[name]} for {name}: {said(node)}", partial(rename, node, CALLED[name])
        )
    if name in ("filter", "exclude", "Q"):
        for number, keyword in enumerate(node.keywords):
            if len(node.keywords) > 1 or name != "Q":
                what = f"left out: {said(keyword)}"
                yield Edit(keyword.value, where, what, partial(node.keywords.pop, number))  # type: ignore[arg-type]


def put(parent: ast.AST, old: ast.AST, new: ast.AST) -> None:
    ast.copy_location(new, old)
    for field in ("body", "orelse", "finalbody"):
        block = getattr(parent, field, None)
        if isinstance(block, list) and old in block:
            block[block.index(old)] = new
            return
    raise CannotBreak("the statement stands in no block")


def deny(node: ast.If | ast.IfExp) -> None:
    node.test = ast.copy_location(ast.UnaryOp(op=ast.Not(), operand=node.test), node.test)


def affirm(node: ast.UnaryOp) -> None:
    """`not x` becomes `bool(x)`: the same kind of answer."""
    node.op = ast.Not()
    node.operand = ast.copy_location(ast.UnaryOp(op=ast.Not(), operand=node.operand), node.operand)


def turn(node: ast.Compare | ast.BoolOp | ast.BinOp) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = TURNED[type(node.ops[0])]()  # type: ignore[call-overload]
    else:
        node.op = TURNED[type(node.op)]()  # type: ignore[assignment]


def leave_out(node: ast.BoolOp, number: int) -> None:
    """A part of one that has two leaves the other alone: `x and x`."""
    del node.values[number]
    if len(node.values) == 1:
        node.values.append(node.values[0])


def one_more(node: ast.Constant) -> None:
    node.value = int(str(node.value)) + 1


def rename(node: ast.Call, name: str) -> None:
    if isinstance(node.func, ast.Attribute):
        node.func.attr = name
    elif isinstance(node.func, ast.Name):
        node.func.id = name


def said(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 70 else f"{text[:69]}…"


def break_code(mutant: Mutant) -> int:
    """Puts the fault into this process; answers into how many functions."""
    path = ROOT / mutant.path
    source = source_of(mutant.path)
    whole = compile(source, str(path), "exec", dont_inherit=True)
    broken = broken_code(source, mutant)
    swapped = dict(differing(whole, broken))
    importlib.import_module(mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    living = [
        one for one in gc.get_objects() if type(one) is types.FunctionType
    ]  # asking lazy ones wakes them
    changed = 0
    for function in living:
        code = swapped.get(function.__code__) if function.__code__.co_filename == str(path) else None
        if code is not None:
            function.__code__ = code
            changed += 1
    if not changed:
        raise CannotBreak("no living function has this code")
    return changed


def broken_code(source: str, mutant: Mutant) -> types.CodeType:
    tree = ast.parse(source)
    found = (one for number, one in enumerate(edits(tree, mutant.kind)) if number == mutant.number)
    edit = next(found, None)
    if edit is None:
        raise CannotBreak("the file has no such fault")
    edit.apply()
    ast.fix_missing_locations(tree)
    return compile(tree, str(ROOT / mutant.path), "exec", dont_inherit=True)


def differing(
    whole: types.CodeType, broken: types.CodeType
) -> Iterator[tuple[types.CodeType, types.CodeType]]:
    """(as it was, as it is now) of each function whose code differs, those inside of others too."""
    old, new = inner(whole), inner(broken)
    for one, other in zip(old, new, strict=False):
        if one.co_qualname == other.co_qualname and one != other:
            yield one, other
            yield from differing(one, other)


def inner(code: types.CodeType) -> list[types.CodeType]:
    return [one for one in code.co_consts if isinstance(one, types.CodeType)]
