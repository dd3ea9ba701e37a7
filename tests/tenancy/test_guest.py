"""An outsider sees nothing of the school but what the basis of the stay names: every address of a school is
opened on things in all states, and what a guest is shown stands in a short table (docs/adr/0036).
"""

import io
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import pytest
from docx import Document

from portal.accounts.models import Membership
from portal.core.actor import Actor
from portal.files.storing import keep
from portal.local_acts.models import Order
from portal.mentoring.models import MentoringConsent, Pair
from portal.school_records.models import FrozenPaper
from portal.staff.models import GuestStay, Person
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.posts.api import plain
from tests.posts.walk import writing
from tests.reading import Reader, people_in, text_of
from tests.tenancy import shown_town
from tests.tenancy.rows import in_days, row
from tests.tenancy.shown_base import of
from tests.tenancy.test_every_url import quiet
from tests.tenancy.test_reading import FOREIGN, OF_A_DAY, Walk, every_route, routes
from tests.workflows.mentoring_scenes import terms

AsPerson = Callable[[str], Reader]
NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OWN = {
    "home",
    "more",
    "me",
    "notices",
    "accounts_api:me",
    "accounts_api:next_steps",
    "staff:person",
    "staff:own_papers",
    "staff_api:person",
    "staff:consent_new",
    "staff_api:consents",
    "staff_api:people",
}
"""What everybody has of the own: the home page, the notices, the card, the consents."""
OWN_ROWS = {
    "mentoring:pairs",
    "mentoring_api:pairs",
    "mentoring_api:consents",
    "pair_work:meetings",
    "pair_work_api:meetings",
    "pair_work:programmes",
    "pair_work_api:programmes",
    "mentor_bank:cards",
    "mentor_bank:needs",
    "mentor_bank_api:cards",
    "mentor_bank_api:needs",
    "school_practices:practices",
    "school_practices:suggest",
    "school_practices_api:practices",
    "local_acts:acts",
    "local_acts_api:acts",
    "local_acts:orders",
    "local_acts_api:orders",
    "find",
}
"""Lists in which only rows of the guest stand."""
PAIR = {
    "cabinet:pair",
    "cabinet:pair_folder",
    "cabinet:pair_journal",
    "mentoring_api:pair",
    "mentoring:pair_notice",
    "pair_work:programme",
    "pair_work:programme_paper",
    "pair_work_api:programme",
    "pair_work_api:adoption",
    "pair_work_api:adoption_send",
    "pair_work_api:adoptions",
    "pair_work_api:fitting",
    "pair_work:adoption",
    "pair_work:adoption_outcome",
    "pair_work:activity_mark",
    "pair_work:meeting",
    "pair_work:meeting_new",
    "pair_work:meeting_log",
    "pair_work:meeting_record",
    "pair_work:meeting_confirm",
    "pair_work:meeting_dispute",
    "pair_work:meeting_move",
    "pair_work:pair_meetings_table",
    "pair_work_api:meeting",
    "pair_work_api:pair_meetings",
}
"""The pair for whose sake the guest is here, and its work."""
CONSENTS = {
    "staff:own_paper",
    "staff:own_paper_word",
    "papers:word",
    "papers:pdf",
    "papers:pdf_file",
    "mentoring:consent",
    "mentoring:consent_paper",
    "mentoring:consent_scan",
    "mentoring:consent_withdraw",
    "mentoring_api:consent",
    "mentoring:pair_paper",
    "mentoring:pair_scan",
}
"""What the guest has agreed to, and what was signed of it."""
OF_MENTOR = {"pair_work:programme_new", "pair_work:programme_edit"}
ALLOWED = {
    "mentor": OWN | OWN_ROWS | PAIR | CONSENTS | OF_MENTOR,
    "student": OWN | OWN_ROWS | PAIR | CONSENTS,
}
OTHERS = 2
"""How many things of others are tried, of each kind."""
WRITES_OF_PAIR = {
    "mentoring:pair_move",
    "mentoring:pair_notice",
    "mentoring_api:pair_move",
    "pair_work:activity_mark",
    "pair_work:adoption_drop",
    "pair_work:adoption_outcome",
    "pair_work:adoption_renew",
    "pair_work:adoption_send",
    "pair_work_api:activity_mark",
    "pair_work_api:programme_goals",
    "pair_work_api:meeting_log",
    "pair_work_api:adoption_drop",
    "pair_work_api:adoption_renew",
    "pair_work_api:adoption_send",
    "pair_work_api:adoption_outcome",
    "pair_work_api:adoptions",
    "pair_work:meeting_cancel",
    "pair_work:meeting_confirm",
    "pair_work:meeting_dispute",
    "pair_work:meeting_log",
    "pair_work:meeting_move",
    "pair_work:meeting_new",
    "pair_work:meeting_note",
    "pair_work:meeting_record",
    "pair_work:programme_goals",
    "pair_work:programme_move",
    "pair_work_api:meeting_confirm",
    "pair_work_api:meeting_move",
    "pair_work_api:meeting_record",
    "pair_work_api:pair_meetings",
    "pair_work_api:pair_programmes",
    "pair_work_api:programme_move",
}
WRITES_OF_ONE = {
    "notices",
    "papers:pdf",
    "staff:consent_new",
    "mentoring:consent",
    "mentoring:consent_choice",
    "mentoring:consent_refuse",
    "mentoring:consent_withdraw",
    "mentoring_api:pairs",
}
"""What is the guest's own; a proposal of a pair is read before it is refused (the test below)."""
WRITES = {"mentor": WRITES_OF_PAIR | WRITES_OF_ONE | OF_MENTOR, "student": WRITES_OF_PAIR | WRITES_OF_ONE}
LEADERS = {"anna", "zhanna", "lev"}
"""Who leads the work of a pair is named in its papers and in whose move it is."""


@dataclass
class GuestWalk(Walk):
    """Remembers whom each page names, and which call somebody «сотрудник»."""

    outsider: str = "gleb"
    named: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    called: dict[str, str] = field(default_factory=dict)

    read: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    written: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def try_to_read(self, name: str, route: str) -> None:
        for url in self._urls(name, route):
            if self._shows(self.clients[self.outsider], name, url):
                self.read[name].append(url)

    def try_to_write(self, name: str, route: str) -> None:
        """Nothing is sent: who may not is refused, who may is asked for what is missing."""
        for url in self._urls(name, route):
            answer = self.clients[self.outsider].post(self.prefix + url)
            if answer.status_code == 500:
                self.broken.add(name)
            if answer.status_code not in (403, 404, 405):
                self.written[name].append(url)

    def _compare(self, client: Reader, name: str, answer: Any) -> None:
        super()._compare(client, name, answer)
        self.named[name] |= people_in(text_of(answer))
        if re.search("сотрудни", main_of(answer), re.IGNORECASE):
            self.called[name] = main_of(answer)


def main_of(answer: Any) -> str:
    """What the page itself says, without the shell."""
    if answer.streaming:
        return ""
    found = re.search(r"<main.*?</main>", answer.content.decode(errors="ignore"), re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def a_guest(kind: str) -> Person:
    """Gleb of school 12, a guest of school 5; to be called inside it."""
    own = BY_KEY["gleb"]
    names = {"last_name": own.last_name, "first_name": own.first_name, "middle_name": own.middle_name}
    guest: Person = Person.objects.create(**names, uuid=own.person, user=own.uuid, gender="m")
    row(
        GuestStay,
        0,
        person=guest,
        kind=kind,
        home="Школа № 12",
        home_number=12,
        post="учитель физики",
        basis="договор № 3 от 01.09.2026",
        started_on=in_days(-5),
        ended_on=in_days(60),
    )
    return guest


def begin(school: School, guest: Person) -> None:
    """The way in that the stay gives; to be called in the city."""
    Membership.objects.create(
        user_id=str(guest.user),
        school=school,
        office="guest",
        person=guest.uuid,
        basis="договор № 3 от 01.09.2026",
        valid_from=in_days(-5),
        valid_to=in_days(60),
    )


def papers_of(pairs: list[Any], by: Actor) -> list[FrozenPaper]:
    """Each consent, order and agreement as it was signed; to be called inside the school."""
    signed = [("T-08", pair.order.uuid, pair) for pair in pairs] + [
        ("T-09", pair.uuid, pair) for pair in pairs
    ]
    signed += [
        ("T-06" if consent.role == "mentor" else "T-07", consent.uuid, pair)
        for pair in pairs
        for consent in pair.consents.all()
    ]
    empty = io.BytesIO()
    Document().save(empty)
    word = keep("бумага.docx", empty.getvalue(), "docx", by=by)
    return [
        row(
            FrozenPaper,
            number,
            code=code,
            subject=subject,
            people=[pair.mentor.uuid, *(one.uuid for one in pair.people)],
            title=f"Документ {number}",
            word=word,
        )
        for number, (code, subject, pair) in enumerate(signed, 300)
    ]


def walked(
    school: School, actor: Callable[[str], Actor], as_: AsPerson, kind: str
) -> tuple[GuestWalk, set[str]]:
    """The walk before its first step, and the numbers of what is the guest's."""
    made = shown_town.bank()
    with in_school(school):
        by = actor("anna")
        made += shown_town.school(actor)
        guest = a_guest(kind)
        both = (guest, of("vera")) if kind == "mentor" else (of("boris"), guest)
        pair: Any
        pair, *work = shown_town.of_two(70, "active", *both, by)
        other = next(one for one in made if isinstance(one, Pair) and one.state == "active")
        papers = papers_of([pair, other], by)
        consent = pair.consents.get(person=guest)
        signed = {consent.uuid, pair.uuid} if kind == "mentor" else {consent.uuid}
        own: list[Any] = [guest, pair, consent, *(paper for paper in papers if paper.subject in signed)]
        own += [one for one in work if not isinstance(one, Order | MentoringConsent)]
    begin(school, guest)
    walk = GuestWalk({key: quiet(as_(key)) for key in ("gleb", "kira", *sorted(LEADERS))}, "/s/5")  # type: ignore[misc]
    walk.fitting["papers/"] = FrozenPaper._meta.label
    mine = {str(one.uuid) for one in own}
    left: dict[str, int] = defaultdict(lambda: OTHERS)
    everything: list[Any] = [*own, *papers, *made]
    for thing in everything:
        label = thing._meta.label
        left[label] -= str(getattr(thing, "uuid", "")) not in mine
        if left[label] >= 0:
            walk.things.setdefault(label, []).append(thing)
    return walk, mine


def of_others(urls: dict[str, list[str]], mine: set[str]) -> list[str]:
    """Addresses of things that are not the guest's."""
    return [url for found in urls.values() for url in found if set(NUMBER.findall(url)) - mine]


@pytest.mark.parametrize("kind", ["mentor", "student"])
@pytest.mark.usefixtures("bare_refusals")
def test_a_guest_is_shown_what_the_table_says_and_nothing_else(
    kind: str, school5: School, actor: Callable[[str], Actor], as_: AsPerson
) -> None:
    walk, mine = walked(school5, actor, as_, kind)
    for name, route in routes("config.urls_school").items():
        walk.try_to_read(name, route)
    assert walk.broken == set()
    assert set(walk.read) - ALLOWED[kind] == set(), "a guest opened what no table names"
    assert of_others(walk.read, mine) == [], "a guest opened what is of others"
    assert {"cabinet:pair", "pair_work:programme", "pair_work:meeting", "staff:person", "papers:word"} <= set(
        walk.read
    )
    partner = "vera" if kind == "mentor" else "boris"
    assert set(walk.past) == OF_A_DAY["school"] & OWN_ROWS, "the past is opened, too"
    beyond = {name: people - LEADERS - {"gleb", partner} for name, people in walk.named.items()}
    assert {name: people for name, people in beyond.items() if people} == {}, "others of the school are named"
    assert walk.called == {}, "a guest is no «сотрудник»"


@pytest.mark.parametrize("kind", ["mentor", "student"])
@pytest.mark.usefixtures("bare_refusals")
def test_a_guest_writes_what_the_table_says_and_nothing_else(
    kind: str, school5: School, actor: Callable[[str], Actor], as_: AsPerson
) -> None:
    walk, mine = walked(school5, actor, as_, kind)
    accept = writing("config.urls_school")
    for name, route in every_route(import_module("config.urls_school").urlpatterns):
        if name in accept and not FOREIGN.match(name):
            walk.try_to_write(name, route)
    assert walk.broken == set()
    assert set(walk.written) - WRITES[kind] == set(), "a guest may write what no table names"
    assert of_others(walk.written, mine) == [], "a guest may write into what is of others"
    assert {"pair_work:meeting_new", "pair_work:meeting_record", "staff:consent_new"} <= set(walk.written)


def test_a_guest_proposes_no_pair(school5: School, as_: AsPerson) -> None:
    """What is sent is read first: a whole proposal is refused."""
    with in_school(school5):
        guest = a_guest("mentor")
        before = Pair.objects.count()
        people = {"mentor": str(guest.uuid), "mentees": [str(of("vera").uuid)]}
        said = plain({**terms(), **people})
    begin(school5, guest)
    answer = as_("gleb").post("/s/5/api/v1/pairs/", said, content_type="application/json")
    assert answer.status_code == 403
    with in_school(school5):
        assert Pair.objects.count() == before
