"""Names that nothing would miss: what templates ask their objects for, and what the papers for developers
point to.

A template is silent about a name that its object does not have; so the words before a point of no return were
once lost in a merge.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.test_house_lints import CODE, ROOT, TEMPLATES, where

OF_DJANGO = {
    "counter",
    "counter0",
    "first",
    "last",
    "visible_fields",
    "hidden_fields",
    "management_form",
    "is_multipart",
    "auto_id",
    "id_for_label",
    "paginator",
    "num_pages",
    "has_next",
    "has_previous",
    "has_other_pages",
    "next_page_number",
    "previous_page_number",
}
"""What forloop, forms and the paginator have; beside them only names of our own code are known."""
_TEXTS = re.compile(r'"[^"]*"|\'[^\']*\'')
_PATHS = re.compile(r"(?<![\w|:.])[a-z_]\w*(?:\.\w+)+")
PAPERS = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "docs/guides/**/*.md", "*/README.md", "portal/*/README.md")
    for path in ROOT.glob(pattern)
)
_POINTED = re.compile(
    r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|js|html|md|conf|json|css|typ))`|\]\((?!https?:)([^)#]+)"
)


@cache
def known() -> frozenset[str]:
    """Every name of our code: of variables, attributes, functions and their arguments, and texts that are one
    word (keys of dictionaries).
    """
    found = set(OF_DJANGO)
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            names = (getattr(node, part, None) for part in ("name", "id", "attr", "arg", "value"))
            found.update(name for name in names if isinstance(name, str) and name.isidentifier())
    return frozenset(found)


def asked(template: str) -> Iterator[str]:
    """Each `object.name` of the template whose name no code has."""
    for tag in re.findall(r"{[{%](.*?)[%}]}", template, re.S):
        for path in _PATHS.findall(_TEXTS.sub("", tag)):
            for name in path.split(".")[1:]:
                choice = re.fullmatch(r"get_(\w+)_display", name)
                if not name.isdigit() and (choice[1] if choice else name) not in known():
                    yield path


def test_templates_ask_for_names_that_there_are() -> None:
    found = [f"{where(path)}: {name}" for path in TEMPLATES for name in asked(path.read_text())]
    assert not found, f"no object has such a name, and the page would say nothing in its place: {found}"


def test_what_django_gives_is_asked_for() -> None:
    asked_for = {
        name
        for path in TEMPLATES
        for tag in re.findall(r"{[{%](.*?)[%}]}", path.read_text(), re.S)
        for chain in _PATHS.findall(_TEXTS.sub("", tag))
        for name in chain.split(".")[1:]
    }
    assert OF_DJANGO - asked_for == set(), "no template asks for these any more: take them out"


def test_a_name_that_nobody_has_is_seen() -> None:
    seen = list(
        asked(
            "{% if offer.transition.gone_in_a_merge %}{{ row.get_lost_in_a_merge_display }}{% endif %}{{ "
            'forloop.counter }}{% url "a.b" row.uuid %}'
        )
    )
    assert seen == ["offer.transition.gone_in_a_merge", "row.get_lost_in_a_merge_display"]


def pointed(paper: Path) -> Iterator[str]:
    """Each file or link of the paper that is not there: from the root, beside the paper, or at the end of the
    path of some file of ours.
    """
    for path, link in _POINTED.findall(paper.read_text()):
        place = path or link
        near = (ROOT / place, paper.parent / place) if path else (paper.parent / place,)
        if not any(one.exists() for one in near) and not (path and any(ROOT.glob(f"portal/**/{place}"))):
            yield place


def test_papers_point_to_files_that_there_are() -> None:
    allowed = {("docs/ui.md", "ui/components/name.html")}  # a pattern, not a file
    found = {(where(paper), place) for paper in PAPERS for place in pointed(paper)} - allowed
    assert len(PAPERS) > 20
    assert not found, f"the file has moved or gone: {sorted(found)}"
