"""Scenes of the city's works."""

import datetime as dt

from best_practices import certifying, counted, followed, news, search
from best_practices.models import BankCatalogue, BankPractice, Practice, PracticeFollow, Review
from best_practices.saved import SavedSearch
from portal.certificates import services as certificates
from portal.certificates.models import Certificate
from portal.city_records.models import FrozenPaper as CityPaper
from portal.core import clock
from portal.core.actor import Actor
from portal.files.storing import keep
from portal.municipality import officials
from portal.municipality import services as city
from portal.municipality.background import send_campaign
from portal.municipality.models import MonitoringCampaign
from portal.municipality.workflow import CAMPAIGN
from portal.papers.printing import ask_for_pdf as ask_for_signed_pdf
from portal.school_records.models import Inbox
from portal.search.engine import Document
from tenants import post
from tenants.context import in_school
from tenants.models import School, SchoolState
from tests.cast import BY_KEY
from tests.posts.rows import World
from tests.tenancy.killing import Run
from tests.tenancy.rows import row
from tests.tenancy.run_job import job
from tests.things import card_in_bank, school_99
from tests.workflows.practice_scenes import content


def inviting_principal(w: World) -> Run:
    semyon = w.who("semyon")
    school = school_99(SchoolState.SCHEMA_CREATED, agreement_number="С-99", agreement_on=clock.today())
    city.invite_principal(school, name="Комарова Инна Львовна", email="komarova@school99.example", by=semyon)
    return job("municipality.invite_principal", None, semyon, school_uuid=str(school.uuid))


def inviting_official(w: World) -> Run:
    semyon = w.who("semyon")
    new = officials.Appointment(
        "Комарова Ирина Львовна", "komarova@city.example", "methodist", "приказ № 7", clock.today()
    )
    return job(
        "municipality.invite_official", None, semyon, invited_uuid=str(officials.appoint(new, by=semyon).uuid)
    )


def opened_campaign(w: World) -> MonitoringCampaign:
    semyon, today = w.who("semyon"), clock.today()
    planned = city.plan_campaign(
        title="Кадровый срез",
        indicators=["A01"],
        open_from=today,
        due_school=today + dt.timedelta(days=10),
        by=semyon,
    )
    return CAMPAIGN.move(planned, "open", by=semyon)


def sending_campaign(w: World) -> Run:
    return job(
        "municipality.send_campaign", None, w.who("semyon"), campaign_uuid=str(opened_campaign(w).uuid)
    )


def asked_campaign(w: World) -> MonitoringCampaign:
    """Every school has its letter."""
    opened = opened_campaign(w)
    send_campaign(by=w.who("semyon"), campaign_uuid=str(opened.uuid))
    post.deliver_everything()
    opened.refresh_from_db()
    return opened


def telling_campaign(w: World) -> Run:
    closed = CAMPAIGN.move(asked_campaign(w), "close", by=w.who("semyon"))
    return job("municipality.tell_campaign", None, w.who("semyon"), campaign_uuid=str(closed.uuid))


def reminding_schools(w: World) -> Run:
    asked = asked_campaign(w)
    MonitoringCampaign.objects.filter(pk=asked.pk).update(due_school=clock.today() - dt.timedelta(days=2))
    return job("municipality.remind_schools", None, w.who("semyon"), campaign_uuid=str(asked.uuid))


def mending_letter(w: World) -> Run:
    """A letter to the school has stopped in its box."""
    send_campaign(by=w.who("semyon"), campaign_uuid=str(opened_campaign(w).uuid))
    post.carry_from_city()
    with in_school(w.school5):
        letter = Inbox.objects.latest("pk")
        Inbox.objects.filter(pk=letter.pk).update(stopped=True, attempts=5)
    return job(
        "municipality.mend_letter",
        None,
        w.who("semyon"),
        school_uuid=str(w.school5.uuid),
        letter_uuid=str(letter.uuid),
        again=True,
    )


def published_yesterday() -> BankPractice:
    """Two practices came into the bank; Борис looks for one of them, Вера for the other. Hers is returned."""
    yesterday = clock.now() - dt.timedelta(days=1)
    before = yesterday - dt.timedelta(days=3)
    for place, (key, word) in enumerate((("boris", "зебры"), ("vera", "скамейка"))):
        card: BankPractice = row(BankPractice, place, title=word, created_at=yesterday)
        search.ENGINE.index([Document(card.uuid, word)])
        saved = {"title": word, "query": f"q={word}", "often": "daily", "told_until": before.date()}
        row(SavedSearch, place, user_id=BY_KEY[key].uuid, created_at=before, **saved)
    return card


def uncounted_cards(w: World) -> Run:
    """Two cards that stand in the bank and were never weighed."""
    for number in (1, 2):
        card_in_bank(content(), code=f"ЛП-2026-000{number}")

    def run() -> None:
        counted.count_missing(Actor.system())

    return run


def news_of_bank(w: World) -> Run:
    published_yesterday()

    def run() -> None:
        news.gather_news(Actor.system())

    return run


def news_letter(w: World) -> Run:
    card = published_yesterday()
    found = {str(SavedSearch.objects.get(title=card.title).uuid): [str(card.uuid)]}
    user = str(BY_KEY["vera"].uuid)
    return job("best_practices.news_letter", None, Actor.system(), user_uuid=user, found=found)


def printing_catalogue(w: World) -> Run:
    search.ENGINE.index([search.document_of(card_in_bank(content()))])
    asked = row(BankCatalogue, 1, user_id=BY_KEY["vera"].uuid, query="", trouble="", asked_on=clock.today())
    return job("best_practices.print_catalogue", None, Actor.system(), catalogue_uuid=str(asked.uuid))


def _followed_by_two() -> BankPractice:
    """Борис and Вера follow a practice, which has come out in another revision since."""
    card = card_in_bank(content(), revision=2)
    for place, key in enumerate(("boris", "vera")):
        known = {"practice": card.practice, "title": card.title, "revision": 1}
        row(PracticeFollow, place, user_id=BY_KEY[key].uuid, **known)
    return card


def news_of_followed(w: World) -> Run:
    _followed_by_two()

    def run() -> None:
        followed.gather_followed(Actor.system())

    return run


def followed_letter(w: World) -> Run:
    _followed_by_two()
    found = PracticeFollow.objects.get(user=BY_KEY["vera"].uuid)
    told = {str(found.uuid): ["новая редакция, 2-я"]}
    user = str(BY_KEY["vera"].uuid)
    return job("best_practices.followed_letter", None, Actor.system(), user_uuid=user, told=told)


def printing_certificate(w: World) -> Run:
    found = row(Certificate, 1, name="Кравцов Борис Ильич")
    return job("certificates.print", None, Actor.system(), certificate_uuid=str(found.uuid))


def certifying_experts(w: World) -> Run:
    """Two sheets of the last school year have served a decision."""
    before = clock.now() - dt.timedelta(days=365)
    five = School.objects.get(number=5)
    practice = row(Practice, 1, school=five, content={}, authors=[], decided_on=before.date())
    for key in ("nina", "pavel"):
        row(
            Review,
            1,
            practice=practice,
            expert=BY_KEY[key].uuid,
            state="submitted",
            submitted_at=before,
            due_on=before.date(),
        )

    def run() -> None:
        certifying.certify_experts(Actor.system())

    return run


def giving_certificates(w: World) -> Run:
    """Of somebody who has joined since."""
    person = BY_KEY["vera"].person
    row(Certificate, 1, name="Соколова Вера Андреевна", school=w.school5, person=person)

    def run() -> None:
        certificates.give_to_accounts(Actor.system())

    return run


def signed_pdf_of_city(w: World) -> Run:
    semyon = w.who("semyon")
    word = keep("приказ.docx", b"PK\x03\x04 word", "docx", by=semyon)
    paper = CityPaper.objects.create(code="T-37", subject=word.uuid, title="Протокол", word=word)
    return job("papers.make_city_pdf", None, semyon, pdf_uuid=str(ask_for_signed_pdf(paper, by=semyon).uuid))
