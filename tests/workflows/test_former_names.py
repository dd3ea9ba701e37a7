"""Names with their history: a paper of a day carries the name of that day (docs/adr/0035)."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from portal.core import clock
from portal.core.errors import Conflict, DomainError, Forbidden, Invalid, Stale
from portal.core.once import page_of_questions
from portal.mentoring.exports import pairs as papers_of_pairs
from portal.mentoring.models import MentoringConsent, Pair
from portal.school_records.models import JournalLine, Notice
from portal.staff import services
from portal.staff.exports import consent_document, named_person, school_form
from portal.staff.models import FormerName, Person, PersonalConsent, name_on
from portal.staff.models.names import former_names
from portal.staff.services.names import Borne, Renamed
from tests.documents.reading import text_of
from tests.workflows.acting import NOW, refused, who
from tests.workflows.mentoring_scenes import asked, person

pytestmark = pytest.mark.usefixtures("in_school5")
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
SINCE = dt.date(2026, 10, 12)


def renamed(found: Person, name: str, since: dt.date = SINCE, **more: Any) -> Person:
    how = Renamed(since=since, basis="приказ № 8-к от 12.10.2026")
    return services.edit_person(found, by=who("anna"), last_name=name, renamed=how, **more)


def verbs(found: Any) -> list[str]:
    lines = JournalLine.objects.filter(object_uuid=found.uuid).order_by("pk")
    return list(lines.values_list("verb", flat=True))


def test_a_change_of_name_keeps_the_former_one_with_its_cases_and_its_last_day() -> None:
    vera = person("vera")
    services.edit_person(vera, by=who("anna"), name_override={"dative": "Соколовой Вере (так в паспорте)"})
    vera = renamed(vera, "Лебедева", email="v.lebedeva@school5.example")
    former = FormerName.objects.get(person=vera)
    assert (former.last_name, former.ended_on) == ("Соколова", SINCE - DAY)
    assert former.name_override == {"dative": "Соколовой Вере (так в паспорте)"}
    assert vera.name_override == {}, "the new name is proposed anew"
    assert [name_on(vera, day).last_name for day in (SINCE - DAY, SINCE, TODAY, None)] == [
        "Соколова",
        "Лебедева",
        "Лебедева",
        "Лебедева",
    ]
    assert named_person(vera, on=SINCE - DAY).dative == "Соколовой Вере (так в паспорте)"
    assert named_person(vera, on=SINCE).dative == "Лебедевой Вере Андреевне"
    assert verbs(vera) == ["edited", "renamed", "edited"]


def test_whoever_is_renamed_is_told_and_a_mended_spelling_is_no_news() -> None:
    vera = person("vera")
    services.edit_person(vera, by=who("anna"), last_name="Соколовa")  # with a Latin letter: the same name
    services.edit_person(vera, by=who("anna"), last_name="Соколовская")
    assert not Notice.objects.filter(code="renamed").exists()
    assert not FormerName.objects.exists()
    renamed(Person.objects.get(pk=vera.pk), "Лебедева")
    told = Notice.objects.get(code="renamed")
    assert told.recipient == vera.user
    assert "Лебедева Вера Андреевна" in told.text


@pytest.mark.parametrize(
    ("since", "kind", "code"),
    [
        (TODAY + DAY, Invalid, "not_yet"),
        (dt.date(1900, 1, 1), Invalid, "before_birth"),
        (dt.date(2020, 6, 1), Conflict, "borne_then"),
        (dt.date(2020, 5, 1), Conflict, "borne_then"),
    ],
)
def test_a_day_on_which_a_name_cannot_change_is_refused(
    since: dt.date, kind: type[DomainError], code: str
) -> None:
    vera = renamed(person("vera"), "Лебедева", since=dt.date(2020, 6, 1))
    refused(kind, code, lambda: renamed(vera, "Орлова", since=since))
    assert Person.objects.get(pk=vera.pk).last_name == "Лебедева"


def test_each_day_has_one_name_however_many_were_borne() -> None:
    vera = renamed(person("vera"), "Лебедева", since=dt.date(2020, 6, 1))
    vera = renamed(vera, "Орлова", since=dt.date(2024, 2, 29))
    borne = Borne(last_name="Зимина", first_name="Вера", ended_on=dt.date(2010, 1, 1))
    services.add_former_name(vera, borne, by=who("kira"))
    days = [dt.date(2010, 1, 1), dt.date(2010, 1, 2), dt.date(2020, 5, 31), dt.date(2020, 6, 1)]
    days += [dt.date(2024, 2, 28), dt.date(2024, 2, 29)]
    assert [name_on(vera, day).last_name for day in days] == [
        "Зимина",
        "Соколова",
        "Соколова",
        "Лебедева",
        "Лебедева",
        "Орлова",
    ]
    with pytest.raises(IntegrityError, match="former_name_ends_once"), transaction.atomic():
        FormerName.objects.create(
            person=vera, last_name="Юдина", first_name="Вера", ended_on=dt.date(2010, 1, 1)
        )


def test_a_former_name_is_mended_and_taken_away_with_a_line_of_the_journal() -> None:
    vera = renamed(person("vera"), "Лебедева")
    former = FormerName.objects.get()
    said = Borne(last_name="Соколова", first_name="Вера", middle_name="Андреевна", ended_on=TODAY - DAY)
    refused(Stale, "stale", lambda: services.correct_former_name(former, said, by=who("anna"), version=99))
    services.correct_former_name(former, said, by=who("anna"), version=former.version)
    assert name_on(vera, SINCE).last_name == "Соколова"
    late = Borne(last_name="Соколова", first_name="Вера", ended_on=TODAY)
    refused(Invalid, "not_yet", lambda: services.correct_former_name(former, late, by=who("anna")))
    refused(Conflict, "borne_then", lambda: services.add_former_name(vera, said, by=who("anna")))
    odd = Borne(last_name="Sokolova", first_name="Вера", ended_on=SINCE)
    refused(Invalid, "not_allowed", lambda: services.add_former_name(vera, odd, by=who("anna")))
    services.take_former_name_away(former, by=who("anna"))
    assert name_on(vera, SINCE - DAY).last_name == "Лебедева"
    assert verbs(former) == ["former_name_corrected", "former_name_taken_away"]


@pytest.mark.parametrize("key", ["zhanna", "irina", "boris", "vera"])
def test_whoever_does_not_keep_the_list_changes_no_name(key: str) -> None:
    vera = renamed(person("vera"), "Лебедева")
    former = FormerName.objects.get()
    said = Borne(last_name="Зимина", first_name="Вера", ended_on=SINCE - 9 * DAY)
    refused(Forbidden, "forbidden", lambda: services.add_former_name(vera, said, by=who(key)))
    refused(Forbidden, "forbidden", lambda: services.correct_former_name(former, said, by=who(key)))
    refused(Forbidden, "forbidden", lambda: services.take_former_name_away(former, by=who(key)))


def test_nobody_is_entered_twice_under_a_former_name() -> None:
    services.edit_person(person("vera"), by=who("anna"), birth_date=dt.date(1999, 4, 3))
    renamed(person("vera"), "Лебедева")
    again: dict[str, Any] = {"last_name": "соколова", "first_name": "Вера", "middle_name": "Андреевна"}
    refused(
        Conflict,
        "person_renamed",
        lambda: services.enter_person(
            by=who("anna"), position="teacher", birth_date=dt.date(1999, 4, 3), **again
        ),
    )


# ── Papers ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_paper_of_a_past_day_names_people_as_they_were_called_on_it() -> None:
    """The head of the school and the person alike; a draft names both as today."""
    consent = services.prepare_consent(person("vera"), "processing", by=who("vera"))
    renamed(person("vera"), "Лебедева")
    renamed(person("zhanna"), "Журавлёва")
    head = school_form(SINCE - DAY).principal
    assert (head.last, school_form().principal.last) == (_former("zhanna"), "Журавлёва")
    consent = PersonalConsent.objects.get(pk=consent.pk)
    draft = _said(consent)
    assert "Лебедев" in draft
    assert "Соколов" not in draft
    consent.given_on = SINCE - DAY
    signed = _said(consent)
    assert "Соколов" in signed
    assert "Лебедев" not in signed


def _former(key: str) -> str:
    return str(FormerName.objects.get(person=person(key)).last_name)


def _said(consent: Any) -> str:
    answer: Any = consent_document(consent, who("vera"))
    return text_of(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def test_papers_of_a_pair_name_both_as_on_their_day() -> None:
    pair, mentor, mentee = asked(who), person("boris"), person("vera")
    was = (mentor.last_name, mentee.last_name)
    renamed(mentor, "Бобров")
    renamed(mentee, "Лебедева")
    pair = Pair.objects.get(pk=pair.pk)
    consent = MentoringConsent.objects.get(pair=pair, role="mentee")
    consent.given_on = SINCE - DAY
    form: Any = papers_of_pairs.consent_form(consent)
    assert (form.mentor.last, form.mentee.last) == was
    consent.given_on = SINCE
    form = papers_of_pairs.consent_form(consent)
    assert (form.mentor.last, form.mentee.last) == ("Бобров", "Лебедева")
    pair.agreement_on, pair.agreement_number = SINCE - DAY, "5"
    agreement: Any = papers_of_pairs.agreement_form(pair)
    assert agreement.employee.last == was[0]


def test_names_of_a_page_are_one_question(django_assert_num_queries: Any) -> None:
    for key, name in (("vera", "Лебедева"), ("boris", "Бобров")):
        renamed(person(key), name)
    people = [person("vera"), person("boris"), person("anna")]
    with page_of_questions(), django_assert_num_queries(1):
        found = [name_on(one, SINCE - DAY).last_name for one in people for _ in range(3)]
        assert len(former_names()) == 2
    assert len(set(found)) == 3
    with django_assert_num_queries(0):
        assert name_on(people[0], clock.today()).last_name == "Лебедева"
