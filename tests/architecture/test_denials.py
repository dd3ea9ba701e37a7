"""A test that denies a sentence must read it as pages write it: behind a short word stands a no-break space,
so a raw page never has it.
"""

import ast
from collections.abc import Iterator

from portal.ui.words import typo
from tests.architecture.test_house_lints import ROOT, where

RAW, READ = "content.decode()", "replace("


def denied_in_vain(source: str) -> Iterator[str]:
    """Each «… not in page» whose words no page has as they are typed, where the page is compared as it
    came.
    """
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            made = {
                ast.unparse(target): ast.unparse(node.value)
                for node in ast.walk(function)
                if isinstance(node, ast.Assign)
                for target in node.targets
            }
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Compare)
                    and isinstance(node.ops[0], ast.NotIn)
                    and _typeset(node.left)
                ):
                    page = ast.unparse(node.comparators[0])
                    page = made.get(page, page)
                    if RAW in page and READ not in page:
                        yield ast.unparse(node)


def _typeset(words: ast.expr) -> bool:
    parts = [
        part.value
        for part in ast.walk(words)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    return any(typo(part) != part for part in parts)


def test_a_sentence_is_denied_as_pages_write_it() -> None:
    found = [
        f"{where(path)}: {words}"
        for path in sorted(ROOT.glob("tests/**/*.py"))
        for words in denied_in_vain(path.read_text())
    ]
    assert not found, (
        "the page has a no-break space there, and the assertion cannot fail: read it by words_of, or "
        f"replace: {found}"
    )


def test_a_denial_in_vain_is_seen() -> None:
    raw, read = "page = answer.content.decode()", 'page = answer.content.decode().replace("\\xa0", " ")'
    body = (
        'def test() -> None:\n    {}\n    assert "Беседа о встрече" not in page\n    assert "Беседа" not in '
        'page\n    assert "Беседа о" in page'
    )
    assert list(denied_in_vain(body.format(raw))) == ["'Беседа о встрече' not in page"]
    assert list(denied_in_vain(body.format(read))) == []
    assert list(denied_in_vain('def test():\n    assert "Школа № 5" not in answer.content.decode()'))
