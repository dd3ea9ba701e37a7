"""The walk of every page measures what it says: a broken page is told of, at each of its widths."""

import pytest

from tests.journeys.conftest import DESK, ENLARGED, PHONE, WIDTHS, Visit

pytestmark = pytest.mark.browser
BREAK = """() => {
    const main = document.querySelector("main");
    const add = (tag, words, style) => {
        const element = Object.assign(document.createElement(tag), { textContent: words });
        Object.assign(element.style, style);
        return main.appendChild(element);
    };
    add("p", "во всю ширину города", { width: "2500px" });
    add("p", "бледно", { color: "#eee", background: "#fff" });
    add("p", "Иванова , учитель ( 3 )", {});
    add("p", "обрезано", { width: "1em", overflow: "hidden", whiteSpace: "nowrap" });
    add("img", "", {}).src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
}"""


def test_a_broken_page_is_told_of(visit: Visit) -> None:
    page = visit.as_("anna")
    page.goto("/s/5/people/new/")
    page.evaluate(BREAK)
    visit.look_everywhere(page)
    told = "\n".join(visit.findings)
    visit.findings.clear()
    widths = len(WIDTHS) + len(ENLARGED)
    assert told.count("the page scrolls sideways because of") == widths
    assert told.count("«обрезано» hides") == widths
    assert told.count("a space too many: «Иванова , учитель ( 3 )»") == 1
    for width in (PHONE, DESK):
        assert told.count(f"at {width} : image-alt") == 1
        assert told.count(f"at {width} : color-contrast") == 1
    visit.look_over(page, (PHONE,), "theme=dark")
    assert "at 390 theme=dark: image-alt" in "\n".join(visit.findings)
    visit.findings.clear()
