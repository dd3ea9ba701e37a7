"""What is made of each paragraph of the Положение: done (a test is marked with it), left for later (to which
issue), or nothing asked.

Ids are those of `portal/local_acts/polozhenie/template.json`, which a test compares with the customer's text
word for word. They are written in marks (`covers("seed 6.1.shmo.9")`). People write «6.1 ШМО (9)»: so does
the «основание» of a transition, which names its legal basis and does not say that the paragraph is done.
`tests/architecture/test_promises.py` holds marks, table and bases together.
"""

import json
import re
from pathlib import Path

MASTER = Path(__file__).resolve().parent.parent / "portal" / "local_acts" / "polozhenie" / "template.json"
LAWS = {"ст. 351.8 ТК РФ", "ГОСТ Р 7.0.97", "152-ФЗ ст. 9"}
"""What a transition may stand on beside the Положение."""
WRITTEN = re.compile(r"(\d(?:\.\d)?),? ?(ШМО|кур\.)?,? ?((?:\(\d\))*)$")
LISTS = {None: "", "ШМО": ".shmo", "кур.": ".cur"}

DONE = """
    2.2.mentee 2.3 3.3.1
    4.1.2 4.1.3 4.1.3.1 4.1.4 4.2.1 4.2.2 4.2.5 4.2.8 4.4.material
    5.1 5.1.models 5.2.subject 5.4.virtual 5.4.group 5.4.short 5.4.reverse 5.4.situational 5.4.speed
    5.4.traditional
    6.1.org.1 6.1.head 6.1.curator 6.1.cur.1 6.1.cur.2 6.1.shmo.2 6.1.shmo.9 6.2.department
"""
LATER = {
    "the bank's issue: adoption and outcomes of practices": "8.1.3 8.1.9",
    "the issue on the registry and mentoring between schools": "2.3.3 4.1.3.2 4.2.4 4.4.municipal 8.1.1",
    "the council's issue": "4.2.6 6.2.department.1 7.1 7.2 7.3 7.4 7.5 7.coordination",
    "the issue on diagnostics: the questionnaire is kept, nothing is corrected by it yet": "6.1.shmo.4",
    "the issue on matching: pairs are proposed by people, without areas weighed": "5.3.choice 6.1.shmo.3",
    "the issue on students: the form is refused to people, and students are not kept yet": (
        "5.3 5.3.student"
    ),
    "the issue on the work of pairs: events, trainings, help with plans, what each model asks of its "
    "programme (of 4.5.2 only the conclusion on compatibility is built)": "4.2.3 4.5.1 4.5.2 4.5.3 5.1.1 "
    "5.1.2 5.1.3 5.1.4 6.1.shmo.5 6.1.cur.6",
    "the issue on surveys: climate, adaptation, plans": "4.5.climate 8.1.4 8.1.6 8.2.influence "
    "8.2.influence.results "
    "8.2.influence.1 8.2.influence.2 8.2.influence.3 8.2.influence.4 8.2.influence.5",
    "the issue on indicators: the 63 of the domain": "6.1.org.4 6.1.shmo.7 8.1.5 8.2 8.2.process "
    "8.2.process.1 8.2.process.2 8.2.process.3 8.2.process.4 "
    "8.2.process.5 8.2.process.6",
    "the issue on risks: signals, not only places where a load is seen": "8.3 8.3.1 8.3.2 8.3.3 8.3.4 8.3.5 "
    "8.3.6",
    "the issue on reports: the curator's yearly report": "6.1.cur.3",
    "rewards (no issue yet)": "4.4.nonmaterial 4.4.nonmaterial.1 4.4.nonmaterial.2 4.4.nonmaterial.3 "
    "4.4.state 6.1.shmo.8",
    "rooms, resources, announcements, contacts, the site (no issue yet)": "4.3 4.3.resources 4.3.1 4.3.2 "
    "4.3.3 4.3.4 4.3.5 6.1.org.2 6.1.org.3 6.1.shmo.6 "
    "6.1.cur.4 6.1.cur.5",
    "the school's part of deliberations: visas and opinions of the association and the union": (
        "6.1.cur.7 6.1.shmo.1"
    ),
    "the methodists' library and consultations (no issue yet)": "4.2.7 6.2.methodists 8.1.2 8.1.7",
}
"""What it waits for → paragraphs."""
ASKS_NOTHING = """
    1 1.1 1.1.1 1.1.2 1.1.3 1.2 1.3
    2 2.1 2.2 2.2.1 2.2.2 2.2.3 2.2.mentor 2.2.support 2.3.features 2.3.1 2.3.2 2.3.4 2.3.5 2.3.6 2.4
    3 3.1 3.2 3.2.1 3.2.2 3.2.3 3.2.4 3.3 3.3.2 3.3.3 3.3.4
    4 4.intro 4.intro.resources 4.1 4.1.staff 4.1.1 4.2 4.2.resources 4.4 4.4.functions 4.5 4.5.resource
    5 5.intro 5.intro.1 5.intro.2 5.intro.3 5.2 5.4
    6 6.intro 6.intro.contours 6.intro.internal 6.intro.external 6.intro.boundary
    6.1 6.1.org 6.1.cur 6.1.shmo 6.1.shmo.definition 6.1.shmo.goal 6.1.shmo.tasks 6.2
    7 7.subjects 8 8.1 8.1.8
"""
"""Headings, words before a list, definitions, aims and principles: nothing of them can be pressed or printed
by itself.
"""


def known() -> set[str]:
    """Ids of all chapters and paragraphs of the text."""
    chapters = json.loads(MASTER.read_text(encoding="utf-8"))["chapters"]
    return {chapter["id"] for chapter in chapters} | {
        paragraph["id"] for chapter in chapters for paragraph in chapter["paragraphs"]
    }


def done() -> set[str]:
    return set(DONE.split())


def later() -> dict[str, str]:
    """Paragraph → what it waits for."""
    return {paragraph: why for why, paragraphs in LATER.items() for paragraph in paragraphs.split()}


def told() -> list[str]:
    """Every id of the table, as often as it stands there."""
    return [*DONE.split(), *" ".join(LATER.values()).split(), *ASKS_NOTHING.split()]


def id_of(written: str) -> str:
    """«6.1 ШМО (4)» → 6.1.shmo.4, «4.2(8)» → 4.2.8. What is not written so comes back as it is, and no
    paragraph has such an id.
    """
    found = WRITTEN.match(written.strip())
    if not found:
        return written.strip()
    clause, of_whom, items = found.groups()
    return clause + LISTS[of_whom] + "".join(f".{number}" for number in re.findall(r"\d", items))
