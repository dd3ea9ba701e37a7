"""What somebody did and which category somebody had on a day that is over: as it was then, whatever is so
today; where nobody has written it down, nothing is said (docs/adr/0040).
"""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from portal.core.errors import Invalid
from portal.school_records.models import JournalLine
from portal.staff import services
from portal.staff.exports import named_person
from portal.staff.models import Dating, Employment, Person
from portal.staff.selectors.of_day import people_on, told_of, unposted_on
from portal.staff.services.positions import Post
from tenants.context import in_city, in_school
from tenants.models import School
from tests.posts.rows import words_of
from tests.workflows import staff_lists
from tests.workflows.acting import refused, who
from tests.workflows.test_stages_of_a_past_day import at, day

MISTAKE = Dating(is_mistake=True)


@pytest.fixture
def school(in_school5: Any, school5: School) -> Iterator[School]:
    with in_school(school5):
        yield school5


def hired(**more: Any) -> Person:
    known: dict[str, Any] = {
        "last_name": "Ильина",
        "first_name": "Алла",
        "birth_date": day("01.05.1985"),
        "hired_on": day("01.09.2019"),
        "ped_stage_years": 10,
        "rate": Decimal(1),
        "hours_week": 18,
    }
    with at("12.10.2026"):
        return services.enter_person(
            by=who("anna"), position="teacher", subjects=["physics"], **{**known, **more}
        )


def again(person: Person) -> Person:
    return Person.objects.prefetch_related("employments").get(pk=person.pk)


def then(person: Person, on: str) -> Any:
    return told_of([again(person)], day(on))[person.pk]


def posts(person: Person, on: str) -> list[str] | None:
    found = then(person, on).posts
    said = None if found is None else [f"{one.title} {one.rate} {one.hours_week}" for one in found]
    return said


def categories(person: Person, *days: str) -> list[str | None]:
    return [then(person, on).category for on in days]


PHYSICS = "учитель физики 1.00 18"


def test_what_somebody_did_is_known_since_it_was_written_down(school: School) -> None:
    old, new = hired(), hired(last_name="Новая", hired_on=day("26.08.2026"))
    assert posts(old, "11.10.2026") is None
    assert posts(old, "12.10.2026") == [PHYSICS]
    assert posts(new, "26.08.2026") == [PHYSICS], "кого приняли к этому году, о том известно с приёма"
    with at("23.11.2026"):
        on = day("11.10.2026")
        assert set(unposted_on(on)) >= {old}
        assert new not in unposted_on(on)


def test_hours_change_since_a_day_and_a_mistake_changes_the_past(school: School) -> None:
    person = hired()
    with at("23.11.2026"):
        services.edit_person(person, by=who("anna"), hours_week=24, dating=Dating(since=day("01.11.2026")))
        assert posts(person, "31.10.2026") == [PHYSICS]
        assert posts(person, "01.11.2026") == ["учитель физики 1.00 24"]
        line = JournalLine.objects.filter(object_uuid=person.uuid, verb="edited").latest("pk")
        assert line.changes["since"] == ["", "01.11.2026"]
        services.edit_person(again(person), by=who("anna"), hours_week=20, dating=MISTAKE)
        assert posts(person, "31.10.2026") == [PHYSICS]
        assert posts(person, "01.11.2026") == ["учитель физики 1.00 20"]


def test_a_mistake_is_mended_as_far_back_as_it_was_said(school: School) -> None:
    """Whatever else has become another meanwhile; what was another then stays."""
    person = hired()
    with at("01.11.2026"):
        services.add_position(person, Post(position="tutor", rate=Decimal("0.25")), by=who("anna"))
    with at("10.11.2026"):
        services.edit_person(again(person), by=who("anna"), rate=Decimal("0.5"))
    with at("20.11.2026"):
        said: dict[str, Any] = {
            "position": "deputy",
            "subjects": [],
            "rate": Decimal("0.75"),
            "dating": MISTAKE,
        }
        services.edit_person(again(person), by=who("anna"), **said)
        assert posts(person, "12.10.2026") == ["заместитель директора 1.00 18"]
        assert posts(person, "01.11.2026") == ["заместитель директора 1.00 18", "тьютор 0.25 None"]
        assert posts(person, "10.11.2026") == ["заместитель директора 0.75 18", "тьютор 0.25 None"]


def test_what_is_said_without_a_day_is_so_since_today(school: School) -> None:
    person = hired()
    with at("23.11.2026"):
        services.edit_person(person, by=who("anna"), rate=Decimal("0.5"))
        services.edit_person(again(person), by=who("anna"), rate=Decimal("0.75"))
    with at("30.11.2026"):
        assert posts(person, "22.11.2026") == [PHYSICS]
        assert posts(person, "23.11.2026") == ["учитель физики 0.75 18"], "последнее слово дня"


def test_a_paper_of_a_past_day_calls_people_by_what_they_did_then(school: School) -> None:
    """Where nobody wrote it down, by what they do today; a draft by today, too."""
    person = hired()
    with at("23.11.2026"):
        since = Dating(since=day("01.11.2026"))
        services.edit_person(person, by=who("anna"), position="deputy", subjects=[], dating=since)
        called = [
            named_person(again(person), on=on).post for on in (day("31.10.2026"), day("01.11.2026"), None)
        ]
        assert called == ["учитель физики", "заместитель директора", "заместитель директора"]
        assert named_person(again(person), on=day("01.10.2026")).post == "заместитель директора"
    with at("31.10.2026"):
        assert named_person(again(person), on=day("31.10.2026")).post == again(person).post.title


def test_the_past_is_filled_by_the_day_since_which_it_was_so(school: School) -> None:
    person = hired()
    with at("23.11.2026"):
        services.edit_person(person, by=who("anna"), dating=Dating(since=day("01.09.2019")))
        assert posts(person, "31.05.2021") == [PHYSICS]
        assert posts(person, "31.08.2019") is None


@pytest.mark.parametrize("since", ["31.08.2019", "24.11.2026"])
def test_a_day_without_work_or_to_come_is_refused(school: School, since: str) -> None:
    person = hired()
    with at("23.11.2026"):
        refused(
            Invalid,
            "not_yet" if since.endswith("2026") else "out_of_work",
            lambda: services.edit_person(
                person, by=who("anna"), hours_week=9, dating=Dating(since=day(since))
            ),
        )


def test_positions_are_taken_on_and_given_up_by_days(school: School) -> None:
    person, tutor = hired(), Post(position="tutor", rate=Decimal("0.25"))
    with at("01.11.2026"):
        made = services.add_position(person, tutor, by=who("anna"), dating=Dating(since=day("26.10.2026")))
    with at("20.11.2026"):
        half = Post(position="tutor", rate=Decimal("0.5"))
        services.change_position(made, half, by=who("anna"), dating=Dating(since=day("15.11.2026")))
    with at("23.11.2026"):
        services.give_position_up(made, by=who("anna"))
    with at("30.11.2026"):
        assert posts(person, "25.10.2026") == [PHYSICS]
        assert posts(person, "26.10.2026") == [PHYSICS, "тьютор 0.25 None"]
        assert posts(person, "15.11.2026") == posts(person, "22.11.2026") == [PHYSICS, "тьютор 0.50 None"]
        assert posts(person, "23.11.2026") == [PHYSICS]
        held = Person.objects.holding("tutor", day("22.11.2026"))
        assert person in held
        assert person not in Person.objects.holding("tutor", day("23.11.2026"))
        assert person in Person.objects.teaching("physics", day("12.10.2026"))
        assert person not in Person.objects.teaching("physics", day("11.10.2026"))


def test_a_position_that_never_was_is_in_no_past(school: School) -> None:
    person = hired()
    with at("01.11.2026"):
        made = services.add_position(person, Post(position="tutor"), by=who("anna"))
    with at("23.11.2026"):
        services.give_position_up(made, by=who("anna"), dating=MISTAKE)
        assert posts(person, "01.11.2026") == [PHYSICS]


def test_what_began_earlier_leaves_what_is_known_of_the_others(school: School) -> None:
    """Hours changed in November, and only then a position was written down that began in October."""
    person, tutor = hired(), Post(position="tutor", rate=Decimal("0.25"))
    with at("23.11.2026"):
        services.edit_person(person, by=who("anna"), hours_week=24, dating=Dating(since=day("01.11.2026")))
        made = services.add_position(person, tutor, by=who("anna"), dating=Dating(since=day("26.10.2026")))
        mine, more, later = "тьютор 0.25 None", "учитель физики 1.00 24", ("01.11.2026", "22.11.2026")
        assert posts(person, "25.10.2026") == [PHYSICS]
        assert posts(person, "26.10.2026") == posts(person, "31.10.2026") == [PHYSICS, mine]
        assert [posts(person, on) for on in later] == [[more, mine]] * 2
        services.change_position(made, tutor, by=who("anna"), dating=Dating(since=day("20.10.2026")))
        assert posts(person, "20.10.2026") == [PHYSICS, mine]
        assert posts(person, "01.11.2026") == [more, mine]
        since = Dating(since=day("30.10.2026"))
        services.edit_person(again(person), by=who("anna"), rate=Decimal("0.5"), dating=since)
        assert posts(person, "30.10.2026") == ["учитель физики 0.50 18", mine]
        assert posts(person, "01.11.2026") == ["учитель физики 0.50 24", mine]
        services.give_position_up(made, by=who("anna"), dating=MISTAKE)
        since = Dating(since=day("15.10.2026"))
        services.edit_person(again(person), by=who("anna"), position="tutor", dating=since)
        assert posts(person, "14.10.2026") == [PHYSICS]
        assert posts(person, "15.10.2026") == ["тьютор 0.50 24"], "что прежде было другим, неизвестно"


def test_what_is_given_up_today_was_held_till_yesterday(school: School) -> None:
    """Also where a change of long ago was written down just before."""
    person, tutor = hired(), Post(position="tutor", rate=Decimal("0.25"))
    with at("01.11.2026"):
        made = services.add_position(person, tutor, by=who("anna"))
    with at("23.11.2026"):
        services.edit_person(person, by=who("anna"), hours_week=24, dating=Dating(since=day("10.11.2026")))
        services.give_position_up(made, by=who("anna"))
    with at("30.11.2026"):
        assert posts(person, "22.11.2026") == ["учитель физики 1.00 24", "тьютор 0.25 None"]
        assert posts(person, "23.11.2026") == ["учитель физики 1.00 24"]


def test_a_first_day_that_is_mended_takes_along_what_was_known_since(school: School) -> None:
    person = hired(hired_on=day("10.09.2026"))
    with at("23.11.2026"):
        services.edit_person(person, by=who("anna"), hired_on=day("01.09.2026"))
        assert posts(person, "01.09.2026") == [PHYSICS]


def test_each_period_has_its_own_posts(school: School) -> None:
    person = hired()
    with at("01.11.2026"):
        services.dismiss_person(person, on=day("01.11.2026"), reason="other", by=who("anna"))
        services.take_on(
            again(person),
            by=who("anna"),
            position="tutor",
            hired_on=day("10.11.2026"),
            ped_stage_years=11,
            rate=Decimal("0.5"),
        )
    with at("30.11.2026"):
        assert posts(person, "01.11.2026") == [PHYSICS]
        assert posts(person, "05.11.2026") is None
        assert person not in people_on(day("05.11.2026"), who("anna"))
        assert posts(person, "10.11.2026") == ["тьютор 0.50 None"]


def test_a_list_says_what_people_do_and_its_changes_leave_the_past(
    school: School, inside: staff_lists.Inside
) -> None:
    with at("12.10.2026"):
        first = {**staff_lists.PERSON, "position": "учитель физики, тьютор", "hours_week": "18"}
        staff_lists.accepted(staff_lists.checked(staff_lists.table(first), who("anna")), who("anna"))
    with at("23.11.2026"):
        later = {**first, "hours_week": "24"}
        made = staff_lists.checked(staff_lists.table(later), who("anna"))
        staff_lists.accepted(made, who("anna"))
    person = Person.objects.get(last_name="Гаврилова")
    with at("30.11.2026"):
        was, now = posts(person, "22.11.2026"), posts(person, "23.11.2026")
        assert was is not None
        assert now is not None
        assert [len(was), len(now)] == [2, 2]
        assert (was[0][-2:], now[0][-2:]) == ("18", "24")


@pytest.fixture
def anna(as_: Callable[[str], Client]) -> Client:
    with in_city():
        return as_("anna")


def typed(value: Any) -> Any:
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return str(value).replace(".", ",") if isinstance(value, Decimal) else value


def sent(client: Client, url: str, **more: str) -> Any:
    """A form as a browser sends it: what stands in it, and what was typed over."""
    with in_city():
        shown = client.get(url)
        form = shown.context["form"]
        known = {name: typed(form[name].value()) for name in form.fields}
        said = {name: value for name, value in known.items() if value not in (None, "", False)}
        return client.post(url, {**said, "version": str(form.version), **more})


def test_the_form_asks_whether_it_is_a_mistake(school: School, anna: Client) -> None:
    person = hired(gender="f", education_level="higher", middle_name="Ивановна")
    url = f"/s/5/people/{person.uuid}/edit/"
    with at("23.11.2026"):
        refusal = sent(anna, url, hours_week="24")
        assert refusal.status_code == 422
        assert "Это ошибка в карточке или с какого-то дня всё сменилось?" in words_of(refusal)
        no_day = sent(anna, url, hours_week="24", work_change="change")
        assert "Назовите день, с которого так" in words_of(no_day)
        early = sent(anna, url, hours_week="24", work_change="change", work_since="01.09.2018")
        assert "Человек работает здесь с 01.09.2019" in words_of(early)
        done = sent(anna, url, hours_week="24", work_change="change", work_since="01.11.2026")
        assert done.status_code == 302
        assert posts(person, "31.10.2026") == [PHYSICS]
        mended = sent(anna, url, hours_week="20", work_change="mistake")
        assert mended.status_code == 302
        assert posts(person, "01.11.2026") == ["учитель физики 1.00 20"]
        assert sent(anna, url, category="first").status_code == 422
        assert sent(anna, url, category="first", category_on="20.12.2021").status_code == 302
        assert sent(anna, url, email="alla@school5.example").status_code == 302, "прочего не спрашиваем"
        kept = {"category": "highest", "work_change": "change", "work_since": "01.11.2026"}
        assert "Эта дата прежней категории" in words_of(sent(anna, url, **kept))
        assert sent(anna, url, **kept, category_on="02.11.2026").status_code == 302
        assert categories(person, "01.11.2026", "02.11.2026") == ["первая", "высшая"]


def test_the_page_of_a_past_day(school: School, anna: Client) -> None:
    person = hired(category="first", category_on=day("20.12.2021"))
    with at("23.11.2026"):
        since = Dating(since=day("01.11.2026"))
        services.edit_person(person, by=who("anna"), hours_week=24, rate=Decimal("0.5"), dating=since)
        with in_city():
            card = " ".join(words_of(anna.get(f"/s/5/people/{person.uuid}/")).split())
            before, after, early = (
                " ".join(words_of(anna.get(f"/s/5/people/?q=Ильина&on={on}")).split())
                for on in ("31.10.2026", "01.11.2026", "31.05.2026")
            )
    assert "Учитель физики" in before
    assert "18 часов в неделю" in before
    assert "ставка 0,5, 24 часа в неделю" in after
    assert card.count("ставка 0,5,") == 2, "the work of today and its line among the days"
    assert "0,50" not in card
    assert "Первая" in early
    assert "Учитель физики" not in early
    assert "О должности, ставке и часах нет данных" in early


def test_a_position_is_asked_since_when(school: School, anna: Client) -> None:
    person = hired()
    with at("23.11.2026"):
        url = f"/s/5/people/{person.uuid}/position/"
        form = {"position": "tutor", "kind": "internal", "rate": "0,25", "work_since": "20.11.2026"}
        with in_city():
            assert anna.post(url, form).status_code == 302
        made = Employment.objects.get(person=person).positions.get(position="tutor")
        assert posts(person, "19.11.2026") == [PHYSICS]
        assert posts(person, "20.11.2026") == [PHYSICS, "тьютор 0.25 None"]
        page = f"/s/5/positions/{made.uuid}/"
        assert sent(anna, page, rate="0,5").status_code == 422
        assert sent(anna, page, rate="0,5", work_change="mistake").status_code == 302
        assert posts(person, "20.11.2026") == [PHYSICS, "тьютор 0.50 None"]
        made.refresh_from_db()
        with in_city():
            gone = {"version": str(made.version), "was": "mistake"}
            assert anna.post(f"{page}remove/", gone).status_code == 302
        assert posts(person, "20.11.2026") == [PHYSICS]


def test_the_card_says_since_when_to_those_who_keep_the_list(
    school: School, as_: Callable[[str], Client]
) -> None:
    person = hired(category="first", category_on=day("20.12.2021"))
    with at("23.11.2026"):
        services.edit_person(person, by=who("anna"), hours_week=24, dating=Dating(since=day("01.11.2026")))
        with in_city():
            shown, others = (
                " ".join(words_of(as_(key).get(f"/s/5/people/{person.uuid}/")).split())
                for key in ("anna", "boris")
            )
    assert "Работа по дням" not in others
    for said in ("С 01.11.2026", "24 часа в неделю", "С 12.10.2026", "18 часов", "С 20.12.2021"):
        assert said in shown, said
