"""Templates stay as readable as code: short lines, short files, and nothing that no page shows."""

import re
from pathlib import Path

import allauth
import pytest

from tests.architecture.test_house_lints import CODE, ROOT, TEMPLATES, where

LINE, LINES = 200, 120
SHOWN_BY_THE_PROXY = sorted((ROOT / "deploy/pages").glob("*.html"))
COMPONENTS = ROOT / "portal/ui/templates/ui/components"
SAMPLES = ROOT / "portal/ui/templates/ui/samples"
STYLES = sorted((ROOT / "portal/ui/front/sass").glob("*.scss"))
SCRIPTS = sorted((ROOT / "portal/ui/front/js").glob("*.js"))
OF_BOOTSTRAP = {"form-control", "form-select", "table", "visually-hidden"}
DJANGO_TAG = r"\{%.*?%\}|\{\{.*?\}\}"


def name_of(template: Path) -> str:
    """As `extends`, `include` and views call it."""
    return str(template).split("/templates/", 1)[1]


def test_a_line_of_a_template_is_read_at_a_glance() -> None:
    long = [
        f"{where(path)}:{number} {len(line)}"
        for path in [*TEMPLATES, *SHOWN_BY_THE_PROXY]
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LINE
    ]
    assert not long, f"a line holds one thing; a long text of a component is named by {{% with %}}: {long}"


def test_a_template_is_read_in_two_screens() -> None:
    long = [f"{where(path)}: {n}" for path in TEMPLATES if (n := len(path.read_text().splitlines())) > LINES]
    assert not long, f"cut a part out into <room>/<page>/<part>.html: {long}"


def test_each_component_stands_on_a_page() -> None:
    """The sheet of components shows all of them, so it does not count."""
    pages = [path for path in TEMPLATES if path.parent != SAMPLES]
    dead = []
    for component in sorted(COMPONENTS.glob("*.html")):
        asked = re.compile(
            rf'(?:ui|component) "{component.stem}"|include "ui/components/{component.stem}\.html"'
        )
        if not any(asked.search(path.read_text()) for path in pages if path != component):
            dead.append(component.stem)
    assert not dead, (
        f"no page uses it: delete it with its sample, its snapshot and its line in docs/ui.md: {dead}"
    )


def test_each_template_is_shown_by_somebody() -> None:
    """By a view, by another template, or by allauth under the name that allauth gives it."""
    named = "\n".join(path.read_text() for path in [*CODE, *TEMPLATES])
    of_allauth = Path(allauth.__file__).parent / "templates"
    dead = [
        where(path)
        for path in TEMPLATES
        if path.parent != COMPONENTS
        and f'"{name_of(path)}"' not in named
        and not (of_allauth / name_of(path)).exists()
    ]
    assert not dead, f"no view and no template names it: {dead}"


def classes_of_styles() -> dict[str, str]:
    """Each class that our own styles know, and the file."""
    found: dict[str, str] = {}
    for path in STYLES:
        text = re.sub(r"//[^\n]*|url\([^)]*\)|\"[^\"]*\"", "", path.read_text())
        found |= dict.fromkeys(re.findall(r"\.([a-zA-Z][\w-]*)", text), path.name)
    return found


def said_in_markup() -> tuple[set[str], set[str]]:
    """Words of class attributes, and beginnings of those that are put together (`state-{{ kind }}`)."""
    words: set[str] = set()
    beginnings: set[str] = set()
    for path in TEMPLATES:
        for attribute in re.findall(rf'class="((?:{DJANGO_TAG}|[^"])*)"', path.read_text()):
            words |= set(re.findall(r"[\w-]+", attribute))
            beginnings |= set(re.findall(r"([a-z][\w-]*-)(?:\{\{|\{%)", attribute))
    for path in [*CODE, *SCRIPTS]:
        for text in re.findall(r'"[^"\n]*"|\'[^\'\n]*\'|`[^`]*`', path.read_text()):
            words |= set(re.findall(r"[\w-]+", text))
            beginnings |= set(re.findall(r"([a-z][\w-]*-)\$?\{", text))
    return words, beginnings


def test_each_class_of_the_styles_is_worn() -> None:
    words, beginnings = said_in_markup()
    dead = [
        f"{file}: .{name}"
        for name, file in classes_of_styles().items()
        if name not in words | OF_BOOTSTRAP and not name.startswith(tuple(beginnings))
    ]
    assert not dead, f"no template and no script wears it: {dead}"


@pytest.mark.parametrize("name", ["btn", "stack", "next-first", "state-ok"])
def test_the_search_for_classes_sees_what_is_worn(name: str) -> None:
    words, beginnings = said_in_markup()
    assert name in classes_of_styles()
    assert name in words or name.startswith(tuple(beginnings))
