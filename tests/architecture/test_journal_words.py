"""Words of the journal: those that the code names and those that tests know are the same."""

import ast
from collections.abc import Iterator
from pathlib import Path

from portal.cabinet.selectors.pair_page import BESIDE_STEPS
from tests.database import ROOMS, ROOT
from tests.journal_words import WORDS


def words_in(path: Path) -> Iterator[str]:
    """Of each call `audit.record(by, word, …)`; of a word that is composed, or chosen, whatever it says."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
            yield from texts_of(node.args[1], path)


def texts_of(word: ast.expr, path: Path) -> Iterator[str]:
    """A name is looked for where it was given: `verb = "a" if … else "b"`."""
    if isinstance(word, ast.Name):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == word.id:
                yield from texts_of(node.value, path)
    elif isinstance(word, ast.IfExp):
        yield from texts_of(word.body, path)
        yield from texts_of(word.orelse, path)
    elif isinstance(word, ast.JoinedStr):
        beginning = ast.literal_eval(word.values[0])
        yield from (known for known in WORDS if known.startswith(beginning))
    elif isinstance(word, ast.Constant):
        yield str(word.value)


def test_the_journal_has_the_words_that_tests_know_and_no_others() -> None:
    paths = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    written = {word for path in paths for word in words_in(path)}
    assert len(written) > 40
    assert written - WORDS.keys() == set(), "say in tests/journal_words.py what a reader takes it for"
    assert WORDS.keys() - written == set(), "nobody writes these any more"


def test_the_journal_of_a_pair_says_each_word_in_a_sentence() -> None:
    """It shows what is written of pairs, consents, programmes and meetings; a deed of a plan is none."""
    rooms = ("portal/mentoring", "portal/pair_work")
    written = {word for room in rooms for path in (ROOT / room).rglob("*.py") for word in words_in(path)} - {
        "marked"
    }
    assert written == BESIDE_STEPS.keys()
    assert all(said[0].isupper() and len(said.split()) > 1 for said in BESIDE_STEPS.values())
