"""What a new person stumbled over, each with its kind: addresses instead of words, numbers that moved, news
that stay «new», what leaving ends.
"""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from config import urls_city, urls_school
from config.my_pages import _in_words
from portal.core import clock
from portal.core.actor import Actor
from portal.monitoring import services as school_side
from portal.monitoring.models import FormValue
from portal.municipality.letters import OpenedCampaign
from portal.notify import tell
from portal.notify.notices import unread
from portal.pair_work import services
from portal.pair_work.forms.meetings import RecordForm
from portal.pair_work.workflow import PROGRAMME
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.staff.forms import DismissalForm, PersonForm
from portal.ui.addresses import CALLED
from portal.ui.forms import PageForm, sum_of_errors
from tenants.context import in_school
from tenants.models import School
from tests.journeys.walk import routes
from tests.markup import squeezed
from tests.posts.rows import words_of
from tests.workflows import mentoring_scenes as scene
from tests.workflows import practice_scenes as practices
from tests.workflows.acting import KEYS, of_school5, who

As = Callable[[str], Client]
SIGNED_OUT = (
    "accounts/",
    "invitation/",
    "demo/",
    "ui/",
    "help/",
    "personal-data/",
    "accessibility/",
    "healthz",
    "readyz",
    "api/",
)
"""Pages that show nobody's data, so that no line of the journal of reading names them."""


@pytest.fixture
def cast(school5: School, actor: Callable[..., Actor]) -> None:
    of_school5({key: actor(key, school5) for key in KEYS})


@pytest.mark.covers("found E7")
def test_whoever_looked_is_told_in_words_and_never_by_an_address() -> None:
    asked = [
        route
        for module in (urls_school, urls_city)
        for _, route in routes(module.urlpatterns)
        if not route.startswith(SIGNED_OUT)
    ]
    wordless = {
        route
        for route in asked
        if _in_words(f"/s/5/{route}") not in {"«Что дальше»", *(one.words for one in CALLED)}
    }
    assert wordless == set()


@pytest.mark.covers("found B4")
@pytest.mark.usefixtures("cast")
def test_a_form_that_waited_says_which_numbers_have_moved(school5: School, as_: As) -> None:
    with in_school(school5):
        form = school_side.begin_form(
            OpenedCampaign(
                campaign=uuid4(),
                title="Срез",
                year=2026,
                indicators=["A01", "A02", "A05", "R04"],
                due=clock.today(),
            )
        )
    pages = [f"/s/5/forms/{form.uuid}/", f"/s/5/forms/{form.uuid}/hand-over/"]
    assert not [page for page in pages if "числа изменились" in words_of(as_("zhanna").get(page))]
    with in_school(school5):
        scene.active(who)
        counted = FormValue.objects.get(form=form, indicator="A05").counted["teacher_teacher"]
    for page in pages:
        assert f"Педагог – педагог: сегодня {counted + 1}, в форме {counted}" in words_of(
            as_("zhanna").get(page)
        ), page
    form_page, before_handing_over = (" ".join(words_of(as_("zhanna").get(page)).split()) for page in pages)
    assert "числа? Нажмите «Пересчитать порталом»" in form_page, (
        "на самой странице ссылка на неё же никуда не ведёт"
    )
    assert ">странице формы</a> нажмите" in before_handing_over
    assert as_("lev").get(pages[0]).status_code == 403, "кто формы не заполняет, тому её чисел не видно"


@pytest.mark.covers("found B9")
@pytest.mark.usefixtures("cast")
def test_news_is_read_by_opening_its_page_from_wherever(
    school5: School, as_: As, actor: Callable[..., Actor]
) -> None:
    boris = actor("boris", school5).user
    with in_school(school5):
        pair = scene.active(who)
        waiting = unread(boris)
        tell([boris], "test", "Одна новость", f"/s/5/pairs/{pair.uuid}/")
        tell([boris], "test", "Другая новость", "/s/5/meetings/")
    as_("boris").get(f"/s/5/pairs/{pair.uuid}/")
    with in_school(school5):
        left = unread(boris)
    assert left < waiting + 2
    as_("boris").get("/s/5/meetings/")
    with in_school(school5):
        assert unread(boris) == left - 1


@pytest.mark.covers("found B9")
@pytest.mark.usefixtures("cast")
def test_a_practice_that_nobody_has_rated_is_not_called_weak(school5: School) -> None:
    with in_school(school5):
        practice = practices.in_review(who)
        unmet = [
            guard.code
            for offer in SCHOOL_PRACTICE.offers(practice, who("anna"))
            if offer.transition.verb == "accept"
            for guard in offer.unmet
        ]
    assert unmet == ["reviewed"]


@pytest.mark.covers("found B9")
@pytest.mark.usefixtures("cast")
def test_before_a_dismissal_it_is_said_what_ends(school5: School, as_: As) -> None:
    with in_school(school5):
        pair = scene.active(who)
        mentor, mentee = pair.mentor.uuid, pair.mentee.uuid
    assert "пара закончится. Если наставника нужно сменить" in words_of(
        as_("anna").get(f"/s/5/people/{mentor}/dismiss/")
    )
    assert "пара закончится" in words_of(as_("anna").get(f"/s/5/people/{mentee}/dismiss/"))


@pytest.mark.covers("found E3")
@pytest.mark.usefixtures("cast")
def test_what_an_answer_asks_for_opens_with_it_and_nothing_else(school5: School, as_: As) -> None:
    with in_school(school5):
        row = services.plan_meeting(
            scene.running(who).pair, by=who("vera"), planned_at=scene.earlier_today(), topic="Конец урока"
        )
    url = f"/s/5/meetings/{row.uuid}/record/"
    answer = as_("boris").post(
        url, {"how": "moved", "format": "in_person", "duration_min": "45", "version": row.version}
    )
    page = squeezed(answer.content.decode())
    assert (answer.status_code, page.count('<details data-opened-by="how=moved" open')) == (422, 1)
    assert "<details open" not in page
    assert RecordForm()["new_day"].field.hide_optional, "«по желанию» у дня, без которого не перенести"  # type: ignore[attr-defined]


@pytest.mark.covers("found E7")
@pytest.mark.usefixtures("cast")
def test_help_sends_each_person_to_somebody_who_is_there(as_: As) -> None:
    school, city = (words_of(as_(key).get("/help/")) for key in ("vera", "semyon"))
    assert "@" in school
    assert "@" in city
    assert "карточке школы" not in words_of(as_("semyon").get("/me/"))


@pytest.mark.covers("found E7")
def test_a_name_in_the_middle_of_a_sentence_keeps_its_capitals() -> None:
    class Form(PageForm):
        table = forms.FileField(label="Таблица Excel")

    refused = Form({}, {"table": SimpleUploadedFile("a.xlsx", b"x")})
    refused.is_valid()
    assert "таблица Excel" in sum_of_errors(1, refused.typed_again)


@pytest.mark.covers("found E7")
@pytest.mark.usefixtures("cast")
def test_a_list_that_nobody_answered_answers_nothing_for_them(as_: As) -> None:
    """The first line of a list must not make a new teacher a principal, nor say why somebody has left."""
    pages = {
        "/s/5/people/new/": ("anna", {"position"}),
        "/s/5/needs/new/": ("anna", {"category", "reason"}),
    }
    for url, (key, asked) in pages.items():
        page = as_(key).get(url).content.decode()
        for name in asked:
            assert re.search(rf'<select name="{name}"[^>]*>\s*<option value=""[^>]*>Выберите', page), (
                url,
                name,
            )
    with pytest.raises(ValidationError):
        PersonForm()["position"].field.clean("")
    assert DismissalForm()["reason"].value() == "unknown"


@pytest.mark.covers("found E7")
@pytest.mark.usefixtures("cast")
def test_a_list_of_own_pairs_is_not_called_that_of_the_school(school5: School, as_: As) -> None:
    said = {key: words_of(as_(key).get("/s/5/pairs/")) for key in ("anna", "boris", "vera")}
    assert [key for key, page in said.items() if "Пары и группы школы" in page] == ["anna"]
    assert [key for key, page in said.items() if "Ваши пары и группы" in page] == ["boris", "vera"]


@pytest.mark.covers("found E5")
@pytest.mark.usefixtures("cast")
def test_whoever_writes_a_correction_reads_that_it_is_the_own_move(school5: School, as_: As) -> None:
    with in_school(school5):
        programme = PROGRAMME.move(scene.running(who), "correct", by=who("vera"), comment="Больше времени")
    url = f"/s/5/programmes/{programme.uuid}/"
    own, others = words_of(as_("boris").get(url)), words_of(as_("vera").get(url))
    assert "Ваш ход</h2>" in squeezed(own)
    assert "Поправьте программу и отправьте уточнение." in own
    assert "Эстафета у Бориса Ильича" not in own
    assert "Эстафета у Бориса Ильича: уточняет программу" in others


@pytest.mark.covers("found E3")
@pytest.mark.usefixtures("cast")
def test_a_day_that_cannot_be_read_is_not_asked_as_if_it_were_empty(school5: School, as_: As) -> None:
    with in_school(school5):
        row = services.plan_meeting(
            scene.running(who).pair, by=who("vera"), planned_at=scene.earlier_today(), topic="Конец урока"
        )
    told = {
        "how": "moved",
        "new_day": "31 ноября",
        "format": "in_person",
        "duration_min": "45",
        "version": row.version,
    }
    said = words_of(as_("boris").post(f"/s/5/meetings/{row.uuid}/record/", told))
    assert "Такого дня нет: в ноябре 30 дней." in said
    assert "Выберите новый день" not in said


@pytest.mark.covers("found E7")
@pytest.mark.usefixtures("cast")
def test_a_question_that_is_asked_twice_says_why(school5: School, as_: As) -> None:
    """Before the paper is printed a mentee chooses, after it is signed the portal is told what stands on
    it.
    """
    with in_school(school5):
        row = scene.consent_of(scene.asked(who), "vera")
    page = words_of(as_("vera").get(f"/s/5/pair-consents/{row.uuid}/"))
    assert page.count("Так, как отмечено на подписанной бумаге") == 1
