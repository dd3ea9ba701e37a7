"""Scenes of the city for the walks of the browser: schools on their way, campaigns, practices."""

import datetime as dt
from typing import Any
from uuid import uuid4

from best_practices import search
from best_practices.counted import recount
from best_practices.models import (
    BankAdoption,
    BankPractice,
    ExpertCandidate,
    PastRevision,
    Practice,
    PracticeCall,
    PracticeOrder,
    PracticeRecheck,
    Remark,
    Review,
    SearchWord,
)
from portal.accounts.address_change import ask_for_address
from portal.accounts.hashes import hash_of
from portal.accounts.models import AddressChange, Membership, PlaceConsent, User
from portal.accounts.services import invite_to_city
from portal.certificates.codes import new_code, spaced
from portal.certificates.models import Certificate
from portal.certificates.states import CertificateState
from portal.city_records.models import Inbox
from portal.core import clock
from portal.core.actor import Actor
from portal.municipality.models import (
    CampaignSchool,
    MonitoringCampaign,
    OfficeInvitation,
    ReceivedForm,
    ReferenceEntry,
    SchoolCounters,
)
from portal.municipality.requisites import inn_with_control
from tenants.context import in_city
from tenants.models import School, SchoolOpening, SchoolState
from tests.cast import BY_KEY
from tests.journeys.long_words import WORD
from tests.journeys.scenes import SCHOOL
from tests.journeys.scenes_of_readers import catalogues, comments, saved_searches
from tests.journeys.walk import Objects
from tests.things import card_in_bank


def the_city(content: dict[str, Any]) -> Objects:
    """One of each thing of the city, as if it had come by the post."""
    content = {**content, "title": f"Урок {WORD}"[:150]}
    with in_city():
        members = [Membership.objects.get(user=BY_KEY[key].uuid, school=None) for key in ("darya", "semyon")]
        OfficeInvitation.objects.create(
            full_name="Комарова Ирина Львовна",
            email="komarova@city.example",
            office="methodist",
            basis="приказ ЦДО № 7",
        )
        made = {
            **_schools(),
            **_monitoring(),
            **_practices(content),
            "people/<uuid:pk>/": members,
            "post/<uuid:pk>/": [_stopped_letter()],
            "agreements/<uuid:pk>/": [_agreement()],
            "reference/entries/<uuid:pk>/": _lines_of_lists(),
            "practices/words/<uuid:pk>/": _search_words(),
            "practices/orders/<uuid:pk>/": [_order_of_a_school()],
            "practices/calls/<uuid:pk>/": _calls(),
            "me/searches/<uuid:pk>/": saved_searches(),
            "me/catalogues/<uuid:pk>/": catalogues(),
            **comments(),
            "certificates/<uuid:pk>/": _certificates(),
        }
        found = {beginning: [str(thing.uuid) for thing in things] for beginning, things in made.items()}
        codes = [spaced(one.code) for one in Certificate.objects.order_by("serial")]
        return {**found, "reference/<slug:book>/": ["subject", "position"], "verify/<str:code>/": codes}


def _agreement() -> PlaceConsent:
    """A school asks for the sign-in of somebody who serves in the city, too."""
    change = AddressChange.objects.create(
        user_id=BY_KEY["darya"].uuid,
        school=School.objects.get(number=5),
        reason="Ящик школы удалён при переезде почты, человек пришёл с паспортом и попросил новый.",
        old_email="darya@city.example",
        new_email="konstantinopolskaya.aleksandrina@gimnaziya12.example",
    )
    return PlaceConsent.objects.create(change=change)


def _lines_of_lists() -> list[ReferenceEntry]:
    """One that may be put away, one that was, one on which rules stand."""
    ReferenceEntry.objects.filter(code="drawing").update(is_offered=False)
    lines = ReferenceEntry.objects.filter(code__in=["physics", "drawing", "principal"])
    return list(lines.order_by("-book", "-place"))


def _certificates() -> list[Certificate]:
    """In each state, with words as long as they get; one of each person who walks the city."""
    people = ("darya", "nina", "pavel")
    return [
        Certificate.objects.create(
            year=2026,
            serial=number,
            code=new_code(),
            kind="author",
            name="Константинопольская-Преображенская Александрина Вячеславовна",
            deed=f"за практику «{WORD}» (МБОУ «СШ № 5»), опубликованную в банке лучших практик"[:600],
            issued_on=clock.today(),
            issuer="Управление образования и молодёжной политики Администрации города Смоленска",
            signer_post="Специалист Управления",
            signer_name="С. А. Воронов",
            state=state,
            revoked_on=clock.today(),
            revoked_because=f"Текст взят из чужой статьи: {WORD}"[:300],
            ground=f"дело {number}",
            holder=BY_KEY[key].uuid,
        )
        for number, (state, key) in enumerate(zip(CertificateState, people, strict=True), 2)
    ]


def _search_words() -> list[SearchWord]:
    """One that search understands, one that was put away."""
    away = SearchWord.objects.create(names=[WORD[:80], "слово"], is_used=False)
    return [SearchWord.objects.earliest("pk"), away]


def _order_of_a_school(about: str = "Как вести кружок") -> PracticeOrder:
    """As long as it may be."""
    five = School.objects.get(number=5)
    text = f"{about} {WORD}"[:200]
    return PracticeOrder.objects.create(school=five, text=text, key=text, ordered_on=clock.today())


def _calls() -> list[PracticeCall]:
    """One that is open, with an order; one that is closed."""
    told = {"text": f"Кружок {WORD}"[:200], "words": WORD * 3, "announced_on": clock.today()}
    until = clock.today() + dt.timedelta(days=30)
    made = PracticeCall.objects.create(**told, due_on=until)
    order = _order_of_a_school("Как вести клуб")
    order.call = made
    order.save_change("call")
    return [made, PracticeCall.objects.create(**told, due_on=until, closed_on=clock.today())]


def _stopped_letter() -> Inbox:
    return Inbox.objects.create(
        kind="practices:card",
        topic=uuid4(),
        payload={},
        written_at=clock.now(),
        attempts=5,
        stopped=True,
        trouble=f"ValidationError: {WORD}",
    )


def invitation_token() -> str:
    with in_city():
        return invite_to_city(
            "komarova@city.example",
            office="methodist",
            basis="приказ ЦДО № 7",
            by=Actor(user=BY_KEY["semyon"].uuid),
        )


def address_token() -> str:
    """The key of a letter to the former mailbox of a change that waits."""
    with in_city():
        user = User.objects.get(pk=BY_KEY["boris"].uuid)
        change = ask_for_address(user, "boris@home.example", by=Actor(user=user.pk))
        change.old_key = hash_of("key-of-a-letter")
        change.save_change("old_key")
    return "key-of-a-letter"


def _schools() -> dict[str, list[Any]]:
    def new(number: int, state: SchoolState) -> School:
        inn = inn_with_control(f"6731000{number:02d}")
        signed = (
            {} if state == SchoolState.DRAFT else {"agreement_number": "С-31", "agreement_on": clock.today()}
        )
        return School.objects.create(
            number=number,
            code=f"n{number}",
            short_name=SCHOOL[:120],
            full_name=f"Муниципальное бюджетное общеобразовательное учреждение «{SCHOOL}»",
            inn=inn,
            state=state,
            **signed,
        )

    stopped = new(92, SchoolState.DOCS_SIGNED)
    SchoolOpening.objects.create(
        school=stopped, trouble="OperationalError: связь пропала", step="права", done=3
    )
    school5 = School.objects.get(number=5)
    return {
        "schools/<uuid:pk>/": [
            new(91, SchoolState.DRAFT),
            stopped,
            new(93, SchoolState.SCHEMA_CREATED),
            school5,
        ],
        "city/schools/<uuid:pk>/": [school5],
    }


def _monitoring() -> dict[str, list[Any]]:
    campaign = MonitoringCampaign.objects.create(
        title="Кадровый срез, осень 2026: охват молодых педагогов",
        year=2026,
        state="open",
        indicators=["A01", "A02", "A05", "R04"],
        due_school=clock.today() + dt.timedelta(days=3),
    )
    drafted = MonitoringCampaign.objects.create(
        title=f"Черновик {WORD}"[:150],
        year=2026,
        indicators=["A01"],
        due_school=clock.today() + dt.timedelta(days=30),
    )
    figures = {
        "A01": {"young_covered": 3, "young_total": 4},
        "A02": {"involved": 8, "workers": 40},
        "A05": {"teacher_teacher": 3, "head_teacher": 1, "employer_student": 0},
        "R04": {"in_school_bank": 4, "published": 2},
    }
    values = [
        {"indicator": code, "counted": row, "declared": row, "explanation": f"Считали по приказам {WORD}"}
        for code, row in figures.items()
    ]
    forms = []
    for one, state in zip(
        School.objects.filter(number__in=(5, 7, 9, 12)).order_by("number"),
        ("submitted", "accepted", "returned", ""),
        strict=True,
    ):
        CampaignSchool.objects.create(campaign=campaign, school=one)
        SchoolCounters.objects.create(
            school=one,
            counted_on=clock.today(),
            active_pairs=3,
            employees=40,
            young_teachers=4,
            school_practices=2,
        )
        if state:
            forms.append(
                ReceivedForm.objects.create(
                    campaign=campaign,
                    school=one,
                    form=uuid4(),
                    revision=1,
                    values=values,
                    state=state,
                    submitted_at=clock.now(),
                    comment="Поправьте число пар.",
                )
            )
    return {"campaigns/<uuid:pk>/": [campaign, drafted], "received-forms/<uuid:pk>/": forms}


def _practices(content: dict[str, Any]) -> dict[str, list[Any]]:
    authors = [{"full_name": "Кравцов Борис Ильич", "position": "учитель математики", "role": ""}]
    schools = {one.number: one for one in School.objects.all()}
    practice = Practice.objects.create(
        practice=uuid4(),
        school=schools[5],
        title=content["title"],
        content=content,
        authors=authors,
        revision=2,
        state="municipal_review",
        ahead="sheet",
        ahead_on=clock.today(),
    )
    _judged_before(practice)
    fresh = Practice.objects.create(
        practice=uuid4(), school=schools[5], title=content["title"], content=content, authors=authors
    )
    reviews = []
    for key, state in (("nina", "assigned"), ("pavel", "invited")):
        own = schools[BY_KEY[key].school]
        ExpertCandidate.objects.create(
            user_id=BY_KEY[key].uuid, subjects=["russian"], basis="собственное согласие от 01.09.2026"
        )
        reviews.append(
            Review.objects.create(
                practice=practice,
                revision=2,
                expert=BY_KEY[key].uuid,
                expert_schools=[own.short_name],
                due_on=clock.today(),
                state=state,
            )
        )
    card = card_in_bank(content, school_name=SCHOOL, authors=authors)
    search.ENGINE.index([search.document_of(card)])
    return {
        "practices/<uuid:pk>/": [practice, fresh],
        "expertise/<uuid:pk>/": reviews,
        "bank/<uuid:pk>/": [card],
        "practices/rechecks/<uuid:pk>/": [_failed_twice(card)],
    }


def _judged_before(practice: Practice) -> None:
    """An earlier revision, judged with a remark that the authors have answered."""
    past = {**practice.content, "goal": f"Прежняя цель: {practice.content['goal'][40:]}"}
    PastRevision.objects.create(practice=practice, revision=1, content=past)
    review = Review.objects.create(
        practice=practice,
        expert=BY_KEY["nina"].uuid,
        due_on=clock.today(),
        state="submitted",
        total=30,
        scores=dict.fromkeys(("c1", "c2", "c3", "c4", "c5"), 6),
        comment=WORD,
        recommendation="revise",
        submitted_at=clock.now(),
    )
    for field in ("goal", "steps"):
        Remark.objects.create(
            practice=practice,
            review=review,
            revision=1,
            field=field,
            text=f"Непонятно, к какому сроку: {WORD}",
            is_mended=True,
            answer=WORD,
            answered_on=clock.today(),
        )


def _failed_twice(card: BankPractice) -> PracticeRecheck:
    """Schools have told of the practice, good and bad; two of them are alike."""
    schools = list(School.objects.order_by("pk"))
    said = {"words": WORDS_OF_SCHOOL, "hours": 12, "ended_on": clock.today(), "told_on": clock.today()}
    for school, outcome in zip(schools, ("failed", "worked", "failed", "unclear"), strict=False):
        BankAdoption.objects.create(
            adoption=uuid4(),
            practice=card.practice,
            revision=1,
            school=school,
            names_school=outcome == "worked",
            form="teacher_teacher",
            taken_on=clock.today(),
            outcome=outcome,
            **said,
        )
    recount(card.practice)
    return PracticeRecheck.objects.create(
        practice=card.practice, conditions="кругом", asked_on=clock.today(), due_on=clock.today()
    )


WORDS_OF_SCHOOL = "Не хватило второго учителя на уроке, обсуждение пришлось переносить на следующий день."
