"""A figure is one function (found B4): nobody else counts people, pairs or forms by their states.

Every place that counts rows is either a module of figures or stands in the table below with what it counts. A
new one is refused: ask the figure, or, if nobody shows the number as a figure, say here what it is.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.test_house_lints import CODE, where

FIGURES = {
    "portal/mentor_bank/selectors/figures.py",
    "portal/mentoring/selectors/figures.py",
    "portal/pair_work/selectors/figures.py",
    "portal/school_practices/selectors.py",
    "portal/municipality/figures.py",
    "portal/oversight/selectors.py",
    "best_practices/expert_figures.py",
}
"""Where figures are: of needs, pairs, people, programmes, practices, of campaigns, of the whole city, of
experts.
"""
NO_FIGURE = {
    "best_practices/asked.py:report": "questions to the search, which nobody else shows",
    "best_practices/asked.py:_weeks": "questions to the search, which nobody else shows",
    "best_practices/asked.py:_sums": "questions to the search, which nobody else shows",
    "best_practices/certifying.py:sheets_of": "sheets of one expert in a year, for the own certificate alone",
    "portal/certificates/room.py:_own": "one's own certificates",
    "portal/certificates/services.py:_numbered": "the next number of a year",
    "best_practices/learning.py:unlearnt": "practices without vectors, for the operator alone",
    "best_practices/talk.py:next_steps": "comments that wait, on the home page of whoever judges them",
    "best_practices/asked_of_authors.py:to_answer": "questions to one author, on the own home page",
    "best_practices/talk.py:renew_talk": "thanks to one practice, written into its published row",
    "best_practices/selectors.py:_orders_step": "orders that wait, on the home page of whoever answers them",
    "best_practices/selectors.py:_of_expert": "proposals and sheets of one expert",
    "portal/municipality/indicators.py:shares": "shares of rows that figures give, by one question",
    "portal/cabinet/selectors/of_day.py:_number": "a figure of selectors, in words where not known",
    "portal/cabinet/selectors/year.py:sections": "how much waits on a page, beside its list",
    "portal/ui/lists.py:_slice": "the length of a list, whatever it lists",
    "portal/core/finding.py:of": "how many more of a kind were found, the rest stand in its list",
    "portal/notify/notices.py:unread": "one's own unread notices",
    "portal/oversight/attention.py:_not_answered": "forms in the queue of the department itself",
    "portal/oversight/reasons.py:troubled": "the length of a list of which eight lines are drawn",
    "portal/oversight/reasons.py:nearly_due": "schools of one campaign, in a line that names six of them",
    "portal/municipality/selectors.py:stopped_letters": "letters that wait behind a stopped one",
    "portal/municipality/selectors.py:post_health": "letters of the post",
    "best_practices/selectors.py:_without_methodist": "rows of one home page that wait for an empty office",
    "portal/pair_work/workflow/programme_guards.py:_has_activities": "deeds of one programme, a guard",
    "portal/mentoring/workflow/guards.py:all_consents_given": "consents of one pair, a guard",
    "portal/mentoring/exports/pairs.py:order_checks": "consents of one pair, on its order",
    "portal/staff/selectors/next_steps.py:_import": "whether the staff were ever entered",
    "portal/staff/services/imports.py:_accept_chunk": "rows of one imported file",
    "portal/staff/views/of_day.py:people_of_day": "people of one list of whom a date is not known",
    "portal/staff/views/imports.py:_to_write": "rows of one imported file",
    "portal/school_practices/services.py:attach_file": "files of one practice",
    "portal/demo/seeding/checks.py:_counted": "what a seeded city must have: a check, shown to nobody",
    "tenants/opening.py:migrate_reference": "migrations that were replayed",
}
COUNTS = {"Count", "Sum", "Avg", "how_many"}
STATES = re.compile(r"(.*__)?(state|mark)(__\w+)?$")
METHODS = {"count", "aggregate"}


def counting(source: str) -> Iterator[str]:
    """Each function that counts rows in the database, or rows of a list by their state or mark."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef) and any(_counts(node) for node in ast.walk(function)):
            yield function.name


def _counts(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in METHODS and not (node.func.attr == "count" and node.args)
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    return name in COUNTS or (name in ("sum", "len") and any(_by_state(part) for part in ast.walk(node)))


def _by_state(part: ast.AST) -> bool:
    """What is counted is picked by state or mark, or is asked of the database just to be counted."""
    if isinstance(part, ast.keyword):
        return bool(STATES.match(part.arg or ""))
    return isinstance(part, ast.Attribute) and part.attr in ("state", "mark", "objects", "_base_manager")


def outside() -> set[str]:
    return {
        f"{where(path)}:{name}"
        for path in CODE
        if where(path) not in FIGURES
        for name in counting(path.read_text())
    }


@pytest.mark.covers("found B4")
def test_nobody_counts_beside_the_figures() -> None:
    assert sorted(outside() - set(NO_FIGURE)) == [], (
        "ask a function of selectors/figures.py, or say in NO_FIGURE what is counted"
    )
    assert sorted(set(NO_FIGURE) - outside()) == [], (
        "these count nothing any more: take them out of the table"
    )


@pytest.mark.covers("found B4")
@pytest.mark.parametrize(
    "line",
    [
        "return Pair.objects.filter(state__in=LIVE).count()",
        "return rows.aggregate(n=Max('pk'))",
        "return rows.annotate(n=Count('pk'))",
        "return len(Pair.objects.filter(mentor=1))",
        "return len(rows.filter(pair__state__in=LIVE))",
        "return sum(1 for pair in rows.exclude(state='active'))",
        "return sum(1 for pair in pairs if pair.state == 'active')",
        "return len([pair for pair in pairs if pair.state in WORKING])",
    ],
)
def test_the_lint_sees_each_way_of_counting(line: str) -> None:
    assert list(counting(f"def found(rows, pairs):\n    {line}\n")) == ["found"]
