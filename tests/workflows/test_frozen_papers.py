"""What is registered or signed is frozen: whatever changes afterwards, the paper is the same, byte for byte.
A change is a new paper that names the old.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from portal.core import clock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.documents import word, word_pdf
from portal.documents.forms import FORMS
from portal.local_acts import services as acts
from portal.local_acts.models import Order
from portal.local_acts.workflow import ORDER
from portal.mentor_bank.models import MenteeNeed
from portal.mentoring import services
from portal.mentoring.models import Pair
from portal.mentoring.states import WORKING, PairState
from portal.pair_work import services as work_services
from portal.pair_work.workflow import PROGRAMME
from portal.papers import freezing as papers
from portal.papers import printing
from portal.school_records.models import FrozenPaper, Notice, Outbox
from portal.staff.models import Person, Position
from tenants.context import in_city
from tenants.lookup import forget
from tenants.models import School
from tests.documents.reading import head_of
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import NOW, Visitor, refused, who
from tests.workflows.signed_papers import IN_PRACTICES, SIGNED
from tests.workflows.test_file_names import name_of

As = Callable[[str], Visitor]


def content(client: Visitor, url: str) -> bytes:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def article(client: Visitor, url: str) -> str:
    """The paper as its page shows it."""
    found = re.search(r'<article class="paper.*?</article>', content(client, url).decode(), re.S)
    assert found, url
    return found[0]


def change_everything(school: School) -> None:
    """Surnames, the principal, posts, the school's names, the pay, the aim: all is otherwise now. Called
    inside the school.
    """
    for person in Person.objects.all():
        person.last_name, person.name_override = "Переменова", {"genitive": "Переменовой другой"}
        person.save_change("last_name", "name_override")
    Position.objects.filter(position="principal").update(position="teacher")
    Position.objects.filter(employment__person=scene.person("lev")).update(position="principal")
    Pair.objects.update(
        pay_size=9999,
        pay_basis="percent",
        goal="совсем другая цель",
        agreement_number="77",
        planned_to="2027-08-30",
    )
    with in_city():
        type(school).objects.filter(pk=school.pk).update(
            full_name="Гимназия № 99", short_name="Гимназия № 99", short_genitive="гимназии № 99"
        )
    forget()


def test_every_paper_that_is_signed_is_in_the_table() -> None:
    assert {form.template for form in FORMS} == set(papers.KINDS) == set(SIGNED) | IN_PRACTICES


@pytest.mark.usefixtures("in_school5")
@pytest.mark.parametrize("code", SIGNED)
@pytest.mark.covers("found B1", "found E4")
def test_a_signed_paper_never_changes(
    code: str, school5: School, visits: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = SIGNED[code](who)
    client = visits(signed.reader)
    files = [content(client, url) for url in signed.words]
    pages = [article(client, url) for url in signed.pages]
    paper = papers.frozen(papers.KINDS[code], signed.obj)
    assert paper is not None
    assert paper.facts
    assert paper.text
    assert len(set(files)) == 1
    assert head_of(files[0]) == ""
    assert all(name_of(client.get(url)).endswith(".docx") for url in signed.words)
    change_everything(school5)
    monkeypatch.setattr(word, "filled", _composes)
    again = visits(signed.reader)
    assert [content(again, url) for url in signed.words] == files
    assert [article(again, url) for url in signed.pages] == pages
    assert content(again, f"/s/5/papers/{paper.uuid}/word/") == files[0]


def _composes(*_: Any, **__: Any) -> Any:
    raise AssertionError("A signed paper was composed anew")


DRAFTS: dict[str, Callable[[Any], tuple[str, str, str]]] = {
    "order": lambda w: ("zhanna", f"/s/5/orders/{scene.with_order(w).order.uuid}/", "word/"),  # type: ignore[union-attr]
    "consent": lambda w: (
        "boris",
        f"/s/5/pair-consents/{scene.consent_of(scene.asked(w), 'boris').uuid}/",
        "word/",
    ),
    "programme": lambda w: ("boris", f"/s/5/programmes/{scene.submitted(w).uuid}/", "word/"),
    "act": lambda w: ("zhanna", f"/s/5/acts/{acts.load_municipal_act(by=w('zhanna')).uuid}/", "word/"),
}


@pytest.mark.usefixtures("in_school5")
@pytest.mark.parametrize("name", DRAFTS)
@pytest.mark.covers("found B1")
def test_a_draft_says_so_on_its_page_on_paper_and_in_the_name_of_its_file(name: str, visits: As) -> None:
    key, page, address = DRAFTS[name](who)
    client = visits(key)
    assert "роект" in content(client, page).decode()
    answer = client.get(f"{page}{address}")
    assert "Проект: действует после" in head_of(answer.content)
    assert "proekt.docx" in answer["Content-Disposition"]


@pytest.mark.usefixtures("in_school5")
@pytest.mark.covers("found B1")
def test_the_database_itself_refuses_to_rewrite_a_paper() -> None:
    SIGNED["T-28"](who)
    for statement in (
        "UPDATE school_records_frozenpaper SET title = 'x'",
        "DELETE FROM school_records_frozenpaper",
    ):
        with (
            pytest.raises(ProgrammingError, match="denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.usefixtures("in_school5")
@pytest.mark.covers("found B1", "T-11")
@pytest.mark.parametrize(
    ("hour", "day"), [(9, "23.11.2026"), (22, "24.11.2026")], ids=["by day", "after the city's midnight"]
)
def test_a_corrected_programme_is_a_new_edition_that_names_the_old(hour: int, day: str, visits: As) -> None:
    with clock.at(NOW.replace(hour=hour)):
        programme = scene.running(who)
        first = content(visits("vera"), f"/s/5/programmes/{programme.uuid}/word/")
        _corrected(programme, first, visits)
    second = content(visits("vera"), f"/s/5/programmes/{programme.uuid}/word/")
    assert f"Взамен редакции 1, подписанной {day}" in head_of(second)
    former, holds = FrozenPaper.objects.filter(code="T-11", subject=programme.uuid).order_by("edition")
    assert holds.replaces == former
    assert content(visits("vera"), f"/s/5/papers/{former.uuid}/word/") == first


def _corrected(programme: Any, first: bytes, visits: As) -> None:
    PROGRAMME.move(programme, "correct", by=who("vera"), comment="Больше времени на наблюдение")
    work_services.submit_programme(programme, by=who("boris"), comment="Сдвинули вторую цель")
    assert content(visits("vera"), f"/s/5/programmes/{programme.uuid}/word/") == first, (
        "until it is agreed the approved one holds"
    )
    PROGRAMME.move(programme, "confirm", by=who("vera"))


@pytest.mark.usefixtures("in_school5")
@pytest.mark.covers("found B1", "T-00")
def test_a_registered_order_is_changed_by_another_that_names_it(visits: As) -> None:
    old = SIGNED["T-08"](who).obj
    refused(Forbidden, "forbidden", lambda: acts.amend_order(old, changes="что-то", by=who("boris")))
    refused(Invalid, "changes", lambda: acts.amend_order(old, changes="  ", by=who("kira")))
    new = acts.amend_order(
        old,
        changes="Слова «Соколовой» заменить словами «Орловой»",
        grounds="свидетельства о браке",
        by=who("kira"),
    )
    refused(Conflict, "not_registered", lambda: acts.amend_order(new, changes="ещё", by=who("kira")))
    assert "№\xa047-н" in re.sub("<[^>]+>", "", article(visits("kira"), f"/s/5/orders/{new.uuid}/"))
    assert f"/orders/{new.uuid}/" in content(visits("zhanna"), f"/s/5/orders/{old.uuid}/").decode(), (
        "the old one leads to the new"
    )


@pytest.mark.usefixtures("in_school5")
@pytest.mark.covers("found B1", "SM-8.register (order)")
def test_the_personnel_officer_registers_and_the_principal_is_told_and_takes_it_back_today(
    visits: As,
) -> None:
    pair = services.register_pair_order(scene.with_order(who), by=who("kira"), **scene.order_facts())
    assert pair.state == "active"
    told = Notice.objects.get(code="order:registered")
    assert (told.recipient, told.url) == (who("zhanna").user, f"/s/5/orders/{pair.order.uuid}/")  # type: ignore[union-attr]
    order = Order.objects.get(pk=pair.order_id)  # type: ignore[misc]
    assert order.registered_by == who("kira").user
    assert "Отменить регистрацию" in content(visits("zhanna"), told.url).decode()
    assert "Отменить регистрацию" not in content(visits("kira"), told.url).decode()
    ORDER.move(order, "take_back", by=who("zhanna"), comment="не тот скан")
    pair.refresh_from_db()
    assert (pair.state, order.state, order.number, MenteeNeed.objects.get().state) == (
        "order_draft",
        "draft",
        "",
        "accepted",
    )
    assert papers.frozen(papers.KINDS["T-08"], order) is None, "it is a draft again"
    assert Order.objects.get(code="T-10").state == "cancelled"
    again = services.register_pair_order(pair, by=who("kira"), **scene.order_facts(number="48-н"))
    paper = papers.frozen(papers.KINDS["T-08"], Order.objects.get(pk=order.pk))
    assert (again.state, paper.edition) == ("active", 3)  # type: ignore[union-attr]
    with clock.at(NOW.replace(day=24)):
        refused(
            Conflict,
            "not_today",
            lambda: ORDER.move(order, "take_back", by=who("zhanna"), comment="поздно"),
        )
        assert "Отменить регистрацию" not in content(visits("zhanna"), told.url).decode()


@pytest.mark.usefixtures("in_school5")
@pytest.mark.covers("found B1", "SM-8.take_back", "SM-3.take_back")
@pytest.mark.parametrize("state", [*WORKING, PairState.COMPLETED, PairState.TERMINATED])
def test_an_order_is_not_taken_from_under_a_pair_that_has_gone_on(state: PairState) -> None:
    """On the day of its registration the pair may rest already: it would work without an order."""
    pair = scene.active(who)
    Pair.objects.filter(pk=pair.pk).update(state=state)
    order = Order.objects.get(pk=pair.order_id)  # type: ignore[misc]
    act = partial(ORDER.move, order, "take_back", by=who("zhanna"), comment="не тот скан")
    if state == PairState.ACTIVE:
        assert act().state == "draft"
    else:
        refused(Conflict, "pair_went_on", act)
    pair.refresh_from_db()
    assert (pair.state == "order_draft") == (state == PairState.ACTIVE)


@pytest.mark.usefixtures("in_school5")
@pytest.mark.covers("found B2")
def test_the_pay_is_asked_before_printing_and_stays_as_it_was_agreed_upon() -> None:
    pair = services.settle_pay(scene.asked(who), by=who("anna"), pay_basis="amount", pay_size=3000)  # type: ignore[arg-type]
    for key in ("boris", "vera"):
        scene.give_consent(
            scene.consent_of(pair, key),
            by=who(key),
            scan=scene.store(scene.scan(), by=who(key)),
            shows_profile=True,
        )
    mentor = scene.consent_of(pair, "boris")
    assert papers.frozen(papers.KINDS["T-06"], mentor).facts["pay"] == "3 000 рублей в месяц"  # type: ignore[union-attr]
    refused(
        Conflict,
        "pay_agreed",
        lambda: services.settle_pay(pair, by=who("zhanna"), pay_basis="amount", pay_size=1),  # type: ignore[arg-type]
    )
    refused(
        Forbidden,
        "forbidden",
        lambda: services.settle_pay(pair, by=who("boris"), pay_basis="amount", pay_size=1),  # type: ignore[arg-type]
    )
    refused(
        Invalid,
        "pay",
        lambda: services.settle_pay(pair, by=who("kira"), pay_basis="none_by_act", pay_act=" "),
    )


@pytest.mark.usefixtures("in_school5")
@pytest.mark.covers("found B2")
def test_the_mentee_is_asked_before_printing_and_not_for_another() -> None:
    row = scene.consent_of(scene.asked(who), "vera")
    assert row.shows_profile is None
    refused(Forbidden, "forbidden", lambda: services.choose_profile(row, shows_profile=True, by=who("anna")))
    assert services.choose_profile(row, shows_profile=False, by=who("vera")).shows_profile is False
    mentor = scene.consent_of(row.pair, "boris")
    refused(
        Conflict, "wrong_state", lambda: services.choose_profile(mentor, shows_profile=True, by=who("boris"))
    )


@pytest.mark.usefixtures("in_school5")
@pytest.mark.covers("found B1")
def test_the_pdf_is_made_of_the_stored_word_file(visits: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_pdf, "available", lambda: True)
    monkeypatch.setattr(word_pdf, "convert", lambda given, **_: b"%PDF-" + given[:40])
    signed = SIGNED["T-28"](who)
    paper = papers.frozen(papers.KINDS["T-28"], signed.obj)
    job = Outbox.objects.get(kind="job", payload__job="papers.make_pdf").payload["arguments"]
    client, url = visits("vera"), f"/s/5/papers/{paper.uuid}/pdf/"  # type: ignore[union-attr]
    assert "<progress" in content(client, url).decode()
    assert client.get(f"{url}file/").status_code == 404
    for _ in range(2):
        printing.make_pdf(by=who("vera"), **job)
    made = content(client, f"{url}file/")
    assert made == b"%PDF-" + content(client, f"/s/5/papers/{paper.uuid}/word/")[:40]  # type: ignore[union-attr]
    assert client.get(url, headers={"HX-Request": "true"}).headers["HX-Redirect"] == url
    assert visits("boris").get(f"{url}file/").status_code == 404
    monkeypatch.setattr(word_pdf, "convert", _composes)
    assert content(client, f"{url}file/") == made
