"""Every list of both contours, found among the addresses, asks the database the same number of questions for
3 rows and for 30.

A new address without an object in it has to stand in one of the tables here: among the lists, with what makes
its rows, or among those that are none.
"""

import datetime as dt
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from best_practices import bank, search
from best_practices.models import (
    BankCatalogue,
    BankPractice,
    ExpertCandidate,
    Practice,
    PracticeCall,
    Review,
    SearchWord,
)
from best_practices.saved import SavedSearch
from portal.accounts.models import Membership, PersonalToken, User
from portal.city_records.models import Inbox
from portal.city_records.models import Notice as CityNotice
from portal.core import clock
from portal.local_acts.models import LocalAct, Order
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentoring.models import MentoringConsent, Pair
from portal.monitoring.models import SchoolForm
from portal.municipality.models import (
    MonitoringCampaign,
    OfficeInvitation,
    ReceivedForm,
    ReferenceEntry,
    SchoolCounters,
)
from portal.municipality.reference import DEPUTY
from portal.pair_work.models import Meeting, Programme
from portal.school_practices.models import Authorship, ExpertOffer, SchoolPractice
from portal.school_records.models import DisclosureLine, FrozenPaper, Notice, Outbox
from portal.staff.models import (
    Absence,
    Employment,
    GuestStay,
    Newcomer,
    Person,
    PersonalConsent,
    PersonOffice,
    Position,
    StaffImport,
)
from tenants import lookup
from tenants.context import in_school
from tenants.models import School, SchoolState
from tests.cast import BY_KEY
from tests.database import ROOT
from tests.tenancy.addresses import CITY
from tests.tenancy.addresses_of_schools import SCHOOL
from tests.tenancy.grown import a_certificate, a_question, an_order
from tests.tenancy.rows import in_days, row, word
from tests.tenancy.shown_adoptions import a_recheck
from tests.tenancy.shown_readers import a_gathering, a_talk
from tests.tenancy.test_every_url import addresses, written

CONTENT = {
    key: value
    for key, value in tomllib.loads(
        min((ROOT / "portal/demo/content/practices").glob("*.toml")).read_text()
    ).items()
    if key not in ("school", "authors")
}
AsPerson = Callable[[str], Client]


def of_cast(key: str) -> Person:
    return Person.objects.get(uuid=BY_KEY[key].person)


def a_year(number: int) -> None:
    """A person with a need, a card, a pair, its programme and its meeting."""
    person = row(Person, number, last_name=word(number), first_name="Иван")
    guest = row(Person, 500 + number, last_name=word(500 + number), first_name="Гость")
    row(GuestStay, number, person=guest, home="Колледж")
    before = row(Person, 700 + number, last_name=word(700 + number), first_name="Гость")
    row(GuestStay, number, person=before, started_on=in_days(-20), ended_on=in_days(-10))
    work = row(Employment, number, person=person, stage_years=1, stage_on=clock.today())
    once = {"started_on": dt.date(2026, 1, 1), "ended_on": dt.date(2026, 2, 1)}
    row(Absence, number, person=person, kind="leave", **once)
    Position.objects.create(employment=work, position="teacher", subjects=["math"])
    Position.objects.create(employment=work, position=DEPUTY)
    row(MenteeNeed, number, person=person)
    row(MentorCard, number, person=person, state="confirmed", curator_word_on="2025-09-01")
    pair = row(
        Pair,
        number,
        mentor=of_cast("boris"),
        kinds=["virtual"],
        state="active",
        started_on=clock.today(),
        planned_to=in_days(200),
    )
    pair.pair_mentees.create(mentee=person)
    row(Programme, number, pair=pair, year=2026)
    row(Meeting, number, pair=pair)
    row(MentoringConsent, number, pair=pair, person=person)
    row(PersonalConsent, number, person=person)
    row(PersonOffice, number, person=person, office="teacher")
    row(Newcomer, number, person=person, invitation=uuid4(), last_name="Другой", first_name="Иван")


def a_practice(number: int) -> None:
    practice = row(SchoolPractice, number, created_by=BY_KEY["anna"].uuid, state="published_school")
    Authorship.objects.create(practice=practice, person=of_cast("boris"))
    Authorship.objects.create(practice=practice, person=of_cast("vera"), place=2)
    row(ExpertOffer, number, person=of_cast("boris"), accepted=True)


def papers(number: int) -> None:
    row(LocalAct, number, state="archived")
    own = {"code": "T-08", "people": [BY_KEY["anna"].person]}
    order = row(Order, number, state="registered", **own)
    row(FrozenPaper, number, subject=order.uuid, word=None, **own)
    row(StaffImport, number, file=stored(number))
    row(SchoolForm, number, year=2026, indicators=["A01"])
    row(DisclosureLine, number)
    row(Notice, number, recipient=BY_KEY["anna"].uuid)
    row(Notice, number, recipient=BY_KEY["zhanna"].uuid)


def a_word(number: int) -> None:
    row(SearchWord, number, names=[f"слово {word(number)}", "слово"])


def a_sent_order(number: int) -> None:
    text = f"заказ {word(number)}"
    row(Outbox, number, kind="best_practices.ordered", topic=uuid4(), payload={"text": text})


def a_saved_search(number: int) -> None:
    saved = {"title": f"поиск {number}", "query": f"q={number}", "told_until": clock.today()}
    row(SavedSearch, number, user_id=BY_KEY["nina"].uuid, **saved)


def a_catalogue(number: int) -> None:
    row(BankCatalogue, number, user_id=BY_KEY["nina"].uuid, query=f"q={number}", asked_on=clock.today())


def a_call(number: int) -> None:
    due = clock.today() + dt.timedelta(days=30)
    row(PracticeCall, number, text=f"поиск {number}", due_on=due, announced_on=clock.today())


def a_subject(number: int) -> None:
    row(
        ReferenceEntry,
        number,
        book="subject",
        code=f"city_{number}",
        title=f"предмет {word(number)}",
        place=1,
    )


def stored(number: int) -> Any:
    from portal.school_records.models import StoredFile

    return row(StoredFile, number, content="none", sha256="0" * 64)


def in_the_bank(number: int) -> None:
    school = School.objects.get(number=5)
    practice = row(Practice, number, school=school, content=CONTENT, authors=[], state="in_review")
    for key in ("nina", "pavel"):
        row(Review, number, practice=practice, expert=BY_KEY[key].uuid, due_on=in_days(9))
    row(BankPractice, number, code=f"СП-{number}", title=f"Практика {word(number)}", content=CONTENT)
    expert = row(User, number, email=f"e{number}@school.example", password="!")
    row(Membership, number, user=expert, school=school, office="teacher", valid_to=None)
    row(ExpertCandidate, number, user=expert, left_on=None)


def a_school(number: int) -> None:
    school = row(
        School,
        number,
        code=f"x{number}",
        number=1000 + number,
        inn=f"67320{number:05d}",
        state=SchoolState.ACTIVE,
        agreed_counters=["employees"],
    )
    row(SchoolCounters, number, school=school, employees=30, counted_on=clock.today())
    campaign = row(MonitoringCampaign, number, year=2026, indicators=["A01"], state="open")
    row(ReceivedForm, number, campaign=campaign, school=school, revision=1)
    Membership.objects.create(
        user_id=BY_KEY["semyon"].uuid,
        school=school,
        office="methodist",
        basis="приказ № 1",
        valid_from="2026-08-20",
    )
    row(
        Inbox,
        number,
        kind="municipality.school_step",
        topic=uuid4(),
        payload={},
        school=school.uuid,
        stopped=True,
    )
    Membership.objects.create(
        user=row(User, number, email=f"official{number}@city.example", password="!"),
        office="methodist",
        basis="приказ № 2",
        valid_from=clock.today(),
    )
    row(OfficeInvitation, number, office="methodist")
    row(
        PersonalToken,
        number,
        user_id=BY_KEY["semyon"].uuid,
        expires_at=clock.now(),
        token_hash=f"{number:064d}",
    )
    row(CityNotice, number, recipient=BY_KEY["semyon"].uuid)


LISTS = {
    "school": [
        (
            "anna",
            "staff:people mentor_bank:needs mentor_bank:cards mentoring:pairs pair_work:programmes "
            "staff:guests pair_work:meetings mentoring:propose_group "
            "mentor_bank:need_new mentor_bank:card_new staff_api:people staff_api:imports "
            "mentor_bank_api:needs mentor_bank_api:cards mentoring_api:pairs "
            "pair_work_api:programmes mentoring_api:coverage local_acts:acts local_acts:orders "
            "local_acts_api:acts local_acts_api:orders "
            "school_practices:practices school_practices:new school_practices:experts "
            "school_practices_api:practices monitoring:forms monitoring_api:forms notices home more find "
            "school_practices_api:expert_offers "
            "staff:import_new staff_api:consents mentoring_api:consents pair_work_api:meetings "
            "accounts_api:next_steps cabinet:year staff:own_papers",
        ),
        (
            "zhanna",
            "staff:offices staff:office_new monitoring:disclosure monitoring_api:disclosure "
            "monitoring:forms local_acts:orders local_acts:curator notices home",
        ),
        (
            "boris",
            "mentoring:pairs pair_work:meetings pair_work:programmes school_practices:practices "
            "bank:find bank_api:search bank_api:collections practice_orders:new "
            "practice_orders_api:orders home practice_orders:calls practice_orders_api:calls",
        ),
    ],
    "city": [
        (
            "semyon",
            "municipality:people municipality:schools municipality:campaigns municipality:post "
            "oversight:city expertise:practices bank:find keys notices places home more find "
            "municipality_api:schools municipality_api:campaigns municipality_api:received_forms "
            "municipality_api:counters municipality_api:reference oversight_api:city "
            "expertise_api:practices bank_api:search bank_api:collections",
        ),
        (
            "darya",
            "certificates:register certificates_api:register "
            "expertise:pool expertise:practices expertise:words expertise:asked expertise:orders home "
            "expertise:comments expertise_api:comments "
            "expertise_api:search_words expertise_api:orders accounts_api:next_steps "
            "expertise_api:calls expertise:call_new expertise_api:rechecks",
        ),
        (
            "nina",
            "own_bank:searches own_bank:catalogues expertise_api:catalogues "
            "own_bank:comments expertise_api:own_comments expertise_api:asked_of_author "
            "own_bank:thanks expertise_api:own_thanks expertise_api:thanks_to_me "
            "own_bank:collections expertise_api:own_collections "
            "own_bank:followed expertise_api:own_followed "
            "expertise:reviews expertise_api:reviews certificates:mine "
            "certificates_api:mine",
        ),
    ],
}
NO_LISTS = {
    "school": "accounts_api:me me bank:suggest school_practices:suggest cabinet:settings cabinet:of_day "
    "staff:import_sample local_acts:act_own staff:deputy staff:new staff:guest_new",
    "city": "accounts_api:me me bank:suggest own_bank:feed own_bank:search_new own_bank:collection_new "
    "own_bank:catalogue_new own_name own_address own_address_new expertise:me "
    "expertise_api:own_expert_proposals "
    "expertise:word_new certificates:verify "
    "municipality:school_new "
    "municipality:campaign_new municipality:person_new municipality:department municipality:calendar "
    "municipality:reference ui "
    "ui_prefs ready alive personal_data accessibility help api_schema api_docs api_docs_start",
}
STEADY = {
    "school": {"more", "find", "mentoring_api:coverage"},
    "city": {"home", "accounts_api:next_steps", "municipality_api:reference", "expertise_api:search_words"},
}
"""Pages of fixed length (the first page of reference lists is full from the start, a search shows five of a
kind), or of those few things
which concern the person: their questions are counted, their length does not grow.
"""
ASKED = {"bank:find": "?q=практика", "bank_api:search": "?q=практика", "find": "?q=о"}
COUNTERS = re.compile(r'"city_cache"|SAVEPOINT')
"""The limits of calls count in the cache, a new row each minute: not of the list."""
CONTOURS = {"school": ("config.urls_school", "/s/5", SCHOOL), "city": ("config.urls_city", "", CITY)}


def test_every_address_without_an_object_is_known_here() -> None:
    for contour, (module, _, table) in CONTOURS.items():
        opened = {
            name
            for name, statuses in written(table).items()
            if 200 in statuses and not name.startswith(("account_", "mfa_"))
        }
        named = {name for _, names in LISTS[contour] for name in names.split()}
        assert opened - named - set(NO_LISTS[contour].split()) == set(), (
            "a list (LISTS, and its rows in a maker of `grow`), or none (NO_LISTS)?"
        )
        assert named <= set(addresses(module))
        without = set(NO_LISTS[contour].split())
        assert without - opened == set(), "these open nothing any more: take them out"
        assert without & named == set()


def grow(contour: str, numbers: range) -> None:
    makers: dict[str, list[Callable[[int], None]]] = {
        "school": [a_year, a_practice, papers, a_sent_order],
        "city": [
            in_the_bank,
            a_school,
            a_subject,
            a_word,
            a_question,
            an_order,
            a_call,
            a_saved_search,
            a_catalogue,
            a_certificate,
            a_talk,
            a_gathering,
            a_recheck,
        ],
    }
    for number in numbers:
        for maker in makers[contour]:
            if contour == "school":
                with in_school(School.objects.get(number=5)):
                    maker(number)
            else:
                maker(number)
    if contour == "school":
        for number in numbers:
            a_call(number)
            row(BankPractice, number, code=f"СП-{number}", title=f"Практика {word(number)}", content=CONTENT)
            a_gathering(number)
    search.ENGINE.rebuild(bank.Cards().documents(bank.Cards().uuids()))


@pytest.mark.parametrize("contour", CONTOURS)
@pytest.mark.covers("house: lists")
def test_a_list_asks_as_many_questions_for_thirty_rows_as_for_three(
    contour: str, as_: AsPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    # which school an address means is asked once in a while, not by the list
    monkeypatch.setattr(lookup, "_TTL_SECONDS", 3600.0)
    module, prefix, _ = CONTOURS[contour]
    urls, clients = addresses(module), {key: as_(key) for key, _ in LISTS[contour]}
    asked: dict[str, list[Counter[str]]] = defaultdict(list)
    sizes: dict[str, list[int]] = defaultdict(list)
    for numbers in (range(1, 4), range(4, 31)):
        grow(contour, numbers)
        for key, names in LISTS[contour]:
            for name in names.split():
                url = prefix + urls[name] + ASKED.get(name, "")
                clients[key].get(url)  # what is asked once for all
                with CaptureQueriesContext(connection) as queries:
                    answer = clients[key].get(url)
                assert answer.status_code == 200, (key, name)
                asked[f"{key} {name}"].append(
                    Counter(query["sql"][:150] for query in queries if not COUNTERS.search(query["sql"]))
                )
                sizes[name].append(len(answer.content))
    assert {name for name, lengths in sizes.items() if lengths[-1] <= lengths[0] + 200} <= STEADY[contour], (
        "no rows of it were made"
    )
    assert {
        name: (many - few).most_common(2) for name, (few, many) in asked.items() if many.total() > few.total()
    } == {}
