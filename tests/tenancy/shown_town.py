"""One school and its city in which every address has something to show: things in each of their states, about
the people of the cast.

Made as rows, past the services: the walk of `test_reading.py` asks what pages show, not how things came
about.
"""

import datetime as dt
import io
from collections.abc import Callable
from itertools import product
from uuid import uuid4

from django.db.models import Model

from best_practices.models import (
    BankCatalogue,
    BankPractice,
    ExpertCandidate,
    Practice,
    PracticeCall,
    PracticeOrder,
    Review,
    SearchWord,
)
from best_practices.saved import SavedSearch
from best_practices.states import CRITERIA, PracticeState, ReviewState
from portal.accounts.models import AddressChange, Membership, PlaceConsent
from portal.certificates.models import Certificate
from portal.certificates.states import CertificateState
from portal.core import clock
from portal.core.actor import Actor
from portal.documents.books import read_book
from portal.files.storing import keep
from portal.local_acts.models import Order
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentor_bank.states import CardState, NeedState
from portal.mentoring.models import Compatibility, MentoringConsent, Pair
from portal.mentoring.states import PairState
from portal.municipality.models import (
    MonitoringCampaign,
    OfficeInvitation,
    ReceivedForm,
    ReferenceEntry,
    SchoolCounters,
)
from portal.municipality.states import CampaignState, ReceivedState
from portal.notify import tell
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.states import MeetingState, ProgrammeState
from portal.staff import exports
from portal.staff.models import (
    Absence,
    AccessQuestion,
    Employment,
    FormerName,
    GuestStay,
    ImportRow,
    Newcomer,
    Person,
    PersonalConsent,
    PersonOffice,
    Position,
    StaffImport,
    StaffInvitation,
)
from portal.staff.states import ConsentState, ImportState
from portal.staff.table_layout import find_layout
from tenants.models import School
from tests.cast import BY_KEY
from tests.tenancy.rows import in_days, row
from tests.tenancy.shown_adoptions import adopted, of_schools
from tests.tenancy.shown_base import Made, of, scan
from tests.tenancy.shown_forms import forms
from tests.tenancy.shown_papers import PRACTICE, papers, practices
from tests.tenancy.shown_readers import of_readers, shown_in_schools

MENTORS, MENTEES = ("boris", "lev", "anna"), ("vera", "irina", "kira")


def people(by: Actor) -> Made:
    """Consents, offices and invitations of those who work here."""
    for number, (key, state) in enumerate(product(("vera", "boris"), ConsentState)):
        closed = state not in (ConsentState.DRAFT, ConsentState.GIVEN)
        kind = "processing" if key == "vera" or closed else "distribution"
        if state != ConsentState.DRAFT:
            yield row(
                PersonalConsent,
                number,
                person=of(key),
                kind=kind,
                state=state,
                given_on=clock.today(),
                scan=scan(by),
                data_allowed=["name", "position"],
            )
    yield row(PersonalConsent, 90, person=of("kira"), kind="processing")
    for office, key in (
        ("psychologist", "irina"),
        ("association_lead", "lev"),
        ("personnel_officer", "kira"),
        ("curator", "anna"),
        ("principal", "zhanna"),
    ):
        yield row(
            PersonOffice, 0, person=of(key), office=office, confirmed_at=clock.now(), valid_to=in_days(10)
        )
    yield row(
        StaffInvitation,
        0,
        person=of("kira"),
        office="teacher",
        sent_at=clock.now(),
        expires_at=clock.now() + dt.timedelta(days=3),
    )
    work = Employment.objects.filter(person=of("kira")).get()
    yield row(Position, 0, employment=work, position="tutor", kind="internal")
    row(Employment, 0, person=of("kira"), started_on=in_days(-9000), ended_on=in_days(-8000))
    yield row(FormerName, 0, person=of("kira"), last_name="Юдина", first_name="Кира", ended_on=in_days(-900))
    yield row(
        GuestStay, 0, person=row(Person, 950, last_name="Гостев"), started_on=in_days(-3), ended_on=in_days(9)
    )
    yield row(Newcomer, 0, person=of("kira"), invitation=uuid4(), last_name="Юркова", first_name="Кира")
    yield row(AccessQuestion, 0, person=of("kira"), consent=uuid4(), what="factor", asked_by="Школа № 12")
    yield row(Absence, 0, person=of("kira"), kind="leave", started_on=in_days(-90), ended_on=in_days(-30))
    sample = exports.sample().content
    table = keep("список.xlsx", sample, "xlsx", by=by)
    layout = find_layout(read_book(io.BytesIO(sample)), {})
    for number, state in enumerate(ImportState):  # type: ignore[assignment]
        upload = row(
            StaffImport,
            number,
            file=table,
            layout=layout.stored(),
            state=state,
            total=2,
            good=1,
            bad=1,
            created_by=BY_KEY["anna"].uuid,
        )
        yield upload
        raw = {"last_name": "Кравцов", "first_name": "Борис", "middle_name": "Ильич", "position": "учитель"}
        for place, verdict in ((1, "good"), (2, "bad"), (3, "known")):
            yield row(
                ImportRow,
                place,
                staff_import=upload,
                number=place,
                verdict=verdict,
                person=BY_KEY["boris"].person,
                raw=raw,
                parsed=raw,
            )
        other = {"field": "last_name", "column": "Фамилия", "was": "Кравцов", "stored": "Кравцов"}
        yield row(
            ImportRow,
            4,
            staff_import=upload,
            number=4,
            verdict="changed",
            person=BY_KEY["boris"].person,
            raw=raw,
            parsed=raw,
            changes=[{**other, "now": "Бобров", "sure": False}],
        )


def mentoring(by: Actor) -> Made:
    """Needs, cards and pairs in every state, each pair with its papers, programmes and meetings."""
    for number, (key, state) in enumerate(zip((*MENTEES, "vera", "irina"), NeedState, strict=True)):
        yield row(
            MenteeNeed,
            number,
            person=of(key),
            state=state,
            difficulty_items=["method.assessment"],
            desired_mentor=of("lev"),
        )
    for number, (key, state) in enumerate(  # type: ignore[assignment]
        zip(("irina", "kira", "boris", "lev", "anna", "boris", "lev"), CardState, strict=True)
    ):
        yield row(MentorCard, number, person=of(key), state=state)
    for number, (state, (mentor, mentee)) in enumerate(
        zip([*PairState][:9], product(MENTORS, MENTEES), strict=True)
    ):
        yield from _pair(number, state, mentor, mentee, by)
    for number, state in enumerate([*PairState][9:], 20):
        yield from _pair(number, state, "boris", "vera", by)


def _pair(number: int, state: str, mentor: str, mentee: str, by: Actor) -> Made:
    return of_two(number, state, of(mentor), of(mentee), by)


def of_two(number: int, state: str, mentor: Person, mentee: Person, by: Actor) -> Made:
    """A pair of these two with its papers and its work."""
    both, number_of = [mentor, mentee], uuid4()
    order = row(
        Order,
        number,
        code="T-08",
        subject=number_of,
        people=[one.uuid for one in both],
        title=f"О закреплении: {both[0]} — {both[1]}",
        state="approved",
    )
    facts = {
        "kinds": ["traditional"],
        "role_model": "experienced_young",
        "started_on": clock.today(),
        "planned_from": clock.today(),
        "planned_to": in_days(200),
        "ends_on": in_days(20),
        "suspended_on": clock.today(),
    }
    paper = scan(by)
    pair = row(
        Pair,
        number,
        uuid=number_of,
        mentor=both[0],
        state=state,
        order=order,
        agreement_scan=paper,
        agreement_number="7",
        agreement_on=clock.today(),
        **facts,
    )
    pair.pair_mentees.create(mentee=both[1])
    yield from (pair, order)
    for person, role in zip(both, ("mentor", "mentee"), strict=True):
        given = state != PairState.CONSENT_PENDING
        yield row(
            MentoringConsent,
            number,
            pair=pair,
            person=person,
            role=role,
            state="given" if given else "draft",
            asked_on=clock.today(),
            scan=paper if given else None,
            given_on=clock.today() if given else None,
        )
    if state not in (PairState.PROPOSED, PairState.CONSENT_PENDING, PairState.PSYCH_CHECK):
        yield row(
            Compatibility,
            number,
            pair=pair,
            conclusion="compatible",
            concluded_on=clock.today(),
            by=BY_KEY["irina"].uuid,
        )
    if state == PairState.ACTIVE:
        yield from _work(number, pair)


def _work(number: int, pair: Pair) -> Made:
    for place, state in enumerate(ProgrammeState):
        plan = row(
            Programme,
            number,
            pair=pair,
            year=2026 + place,
            state=state,
            starts_on=clock.today(),
            ends_on=in_days(100),
            revision=1,
            difficulty_items=["method.assessment"],
        )
        plan.goals.create(number=1, difficulty="method.assessment", target="Успевать подвести итог")
        plan.activities.create(
            number=1,
            block="method",
            content="Посещение урока",
            work_form="lesson_visit",
            starts_on=clock.today(),
            ends_on=in_days(30),
        )
        yield plan
        yield from adopted(place, plan)
    for place, (state, recorder) in enumerate(product(MeetingState, ("mentor", "mentee"))):  # type: ignore[assignment]
        yield row(
            Meeting,
            place,
            pair=pair,
            state=state,
            recorded_by=recorder,
            duration_min=45,
            planned_at=clock.now() - dt.timedelta(hours=place),
            recorded_at=clock.now(),
        )


def notices() -> None:
    pair = Pair.objects.filter(mentor=of("boris")).first()
    tell(
        [BY_KEY[key].uuid for key in ("anna", "lev", "zhanna")],
        "pair:ask",
        f"{pair}: согласны ли вы?",
        about=pair,
    )


def school(who: Callable[[str], Actor]) -> list[Model]:
    """Everything of a school's contour; to be called inside it."""
    by = who("anna")
    made = [*people(by), *mentoring(by), *papers(by, who("zhanna")), *practices(by), *forms()]
    notices()
    return [*made, *Person.objects.all()]


def bank() -> list[Model]:
    """A published card: of the city, read by schools."""
    authors = [{"full_name": "Кравцов Борис Ильич", "position": "", "role": ""}]
    card = row(BankPractice, 0, code="СП-0", title="Практика", content=PRACTICE, authors=authors)
    return [card, *shown_in_schools(card)]


def city() -> list[Model]:
    """Everything of the city's contour."""
    five = School.objects.get(number=5)
    made: list[Model] = [row(SchoolCounters, 0, school=five, employees=30, counted_on=clock.today())]
    change = row(AddressChange, 0, user_id=BY_KEY["nina"].uuid, school=five, old_email="n@city.example")
    made += [row(PlaceConsent, 0, change=change)]
    ordered = {"school": five, "text": "заказ", "key": "заказ", "ordered_on": clock.today()}
    made.append(row(PracticeOrder, 0, **ordered))
    looked_for = {"text": "Кружок", "due_on": clock.today(), "announced_on": clock.today()}
    made.append(row(PracticeCall, 0, **looked_for))
    made.append(row(PracticeCall, 1, **looked_for, closed_on=clock.today()))
    made.append(row(PracticeOrder, 1, **ordered, answered_on=clock.today(), answer="Практики не будет."))
    made.append(SearchWord.objects.earliest("pk"))
    made += of_schools(five)
    saved = {"title": "Зебры", "query": "q=зебры", "often": "daily", "told_until": clock.today()}
    made.append(row(SavedSearch, 0, user_id=BY_KEY["nina"].uuid, **saved))
    paper = keep("Каталог.pdf", b"%PDF-1.4 ", "pdf", by=Actor(user=BY_KEY["nina"].uuid))
    asked = {"user_id": BY_KEY["nina"].uuid, "query": "q=зебры", "asked_on": clock.today()}
    made += [row(BankCatalogue, 0, **asked, file=paper), row(BankCatalogue, 1, **asked)]
    made += [*(cards := bank()), *of_readers(cards[0])]
    made += [
        row(
            Certificate,
            number,
            holder=BY_KEY["boris"].uuid,
            name="Кравцов Борис Ильич",
            name_dative="Кравцову Борису Ильичу",
            state=state,
            revoked_on=clock.today(),
            ground=f"дело {number}",
        )
        for number, state in enumerate(CertificateState)
    ]
    made.append(ReferenceEntry.objects.get(book="subject", code="physics"))
    authors = [{"full_name": "Кравцов Борис Ильич", "position": "", "role": ""}]
    for number, (state, review) in enumerate(product(PracticeState, ReviewState)):
        practice = row(
            Practice,
            number,
            school=five,
            title=f"Практика {number}",
            content=PRACTICE,
            authors=authors,
            author_people=[BY_KEY["boris"].person],
            state=state,
            code=f"СП-{number}",
        )
        made += [practice]
        for key in ("nina", "pavel"):
            made += [
                row(
                    Review,
                    number,
                    practice=practice,
                    expert=BY_KEY[key].uuid,
                    state=review,
                    due_on=in_days(9),
                    total=40,
                    scores=dict.fromkeys(CRITERIA, 8),
                    submitted_at=clock.now(),
                    recommendation="publish",
                )
            ]
    made += [row(ExpertCandidate, 0, user_id=BY_KEY[key].uuid) for key in ("nina", "pavel")]
    for number, state in enumerate(CampaignState):  # type: ignore[assignment]
        campaign = row(MonitoringCampaign, number, year=2026, indicators=["A01"], state=state)
        made += [
            campaign,
            *(
                row(ReceivedForm, number, campaign=campaign, school=five, revision=n, state=s, values={})
                for n, s in enumerate(ReceivedState, 1)
            ),
        ]
    made += [row(OfficeInvitation, 0, office="methodist", full_name="Ильина Ольга")]
    return [*made, *School.objects.all(), *Membership.objects.filter(school=None)]
