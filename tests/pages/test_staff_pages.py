"""Pages of people, uploads, consents, acts and orders: as a person would go through them."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import set_urlconf

from portal.core.actor import Actor
from portal.documents.sheets import write_sheet
from portal.local_acts import services as acts
from portal.school_records.models import ReadLine
from portal.staff import exports, services
from portal.staff.list_rows import COLUMNS
from portal.staff.models import Person, PersonalConsent, PersonOffice, StaffImport
from tenants.models import School

As = Callable[[str], Client]


def sent(client: Client, url: str, **fields: Any) -> Any:
    return client.post(url, {"repeat_key": str(uuid.uuid4()), **fields})


def vera(school5: School, inside: Any, actor: Any) -> Person:
    with inside(school5):
        return Person.objects.get(user=actor("vera").user)


def test_the_list_is_searched_sorted_exported_and_noted(school5: School, as_: As, inside: Any) -> None:
    anna = as_("anna")
    text = anna.get("/s/5/people/?q=соколова в").content.decode()
    assert "Соколова Вера Андреевна" in text
    assert "Кравцов" not in text
    assert "учитель математики" in text
    assert (
        anna.get("/s/5/people/?young=yes&subject=mathematics&access=in&consent=none&sort=-stage").status_code
        == 200
    )
    assert anna.get("/s/5/people/?export=xlsx").headers["Content-Type"] == exports.XLSX
    with inside(school5):
        assert ReadLine.objects.filter(page="/s/5/people/").exists()


def test_each_sees_what_is_theirs(school5: School, as_: As, inside: Any, actor: Any) -> None:
    person = vera(school5, inside, actor)
    url = f"/s/5/people/{person.uuid}/"
    assert "08.11.2002" in as_("anna").get(url).content.decode()
    assert "Это ваши данные" in as_("vera").get(url).content.decode()
    assert "08.11.2002" not in as_("lev").get(url).content.decode()
    assert as_("boris").get(url).status_code == 404
    assert as_("gleb").get(url).status_code == 404
    assert as_("boris").get("/s/5/people/import/").status_code == 403


def test_a_person_is_entered_and_mistakes_keep_what_was_typed(school5: School, as_: As, inside: Any) -> None:
    anna = as_("anna")
    fields = {
        "last_name": "Юдина",
        "first_name": "Ева",
        "birth_date": "01.02.1990",
        "hired_on": "01.09.2015",
        "ped_stage_years": "10,5",
        "rate": "1",
        "education_level": "higher",
        "category": "none",
        "position": "teacher",
        "subjects": ["physics"],
        "is_ped_education": "on",
    }
    wrong = sent(anna, "/s/5/people/new/", **{**fields, "rate": "2,9", "birth_date": "01.02.2020"})
    assert wrong.status_code == 422
    assert "Ставка не может быть больше 2,5" in wrong.content.decode().replace("\xa0", " ")
    assert "возраст получается" in wrong.content.decode().replace("\xa0", " ")
    assert 'value="Юдина"' in wrong.content.decode()
    key = str(uuid.uuid4())
    for _ in range(2):
        assert anna.post("/s/5/people/new/", {**fields, "repeat_key": key}).status_code == 302
    with inside(school5):
        made = Person.objects.get(last_name="Юдина")
    for page in ("", "edit/", "name/", "dismiss/", "invite/", "consent/processing/", "consent/distribution/"):
        assert anna.get(f"/s/5/people/{made.uuid}/{page}").status_code == 200
    stale = sent(anna, f"/s/5/people/{made.uuid}/edit/", **{**fields, "version": "0"})
    assert stale.status_code == 409


def test_the_upload_from_file_to_people(
    school5: School, as_: As, inside: Any, actor: Callable[..., Actor]
) -> None:
    anna, by = as_("anna"), actor("anna")
    content = anna.get("/s/5/people/import/sample/").content
    assert (
        sent(anna, "/s/5/people/import/", file=SimpleUploadedFile("список.docx", b"PK\x03\x04")).status_code
        == 422
    )
    answer = sent(anna, "/s/5/people/import/", file=SimpleUploadedFile("список.xlsx", content))
    url = answer.headers["Location"]
    progress = anna.get(url).content.decode()
    assert "<progress" in progress
    assert 'hx-trigger="every' in progress
    assert 'hx-trigger="every' not in as_("kira").get(url).content.decode()
    with inside(school5):
        one = StaffImport.objects.get()
        services.check_rows(by=by, import_uuid=str(one.uuid))
    preview = anna.get(url).content.decode()
    assert "2 строки можно принять" in preview.replace("\xa0", " ")
    assert anna.get(url, headers={"HX-Request": "true"}).headers["HX-Redirect"] == url
    with inside(school5):
        version = StaffImport.objects.get().version
    assert sent(anna, url, verb="confirm", version=version).status_code == 302
    assert sent(anna, url, verb="confirm", version=version).status_code == 409
    with inside(school5):
        services.accept_rows(by=by, import_uuid=str(one.uuid))
        assert Person.objects.filter(last_name__in=["Иванова", "Петров"]).count() == 2
    assert "Готово: 2" in anna.get(url).content.decode().replace("\xa0", " ")
    assert anna.get(f"{url}mend/").status_code == 200
    assert as_("zhanna").get(url).status_code == 404


def test_consent_pages(school5: School, as_: As, inside: Any, actor: Any) -> None:
    person, client = vera(school5, inside, actor), as_("vera")
    answer = sent(client, f"/s/5/people/{person.uuid}/consent/processing/")
    url = answer.headers["Location"]
    assert client.get(url).status_code == 200
    assert client.get(f"{url}word/").content[:2] == b"PK"
    assert (
        sent(client, url, given_on="23.11.2020", scan=SimpleUploadedFile("x.pdf", b"GIF89a")).status_code
        == 422
    )
    assert (
        sent(client, url, given_on="23.11.2020", scan=SimpleUploadedFile("x.pdf", b"%PDF-1.4")).status_code
        == 302
    )
    assert client.get(f"{url}scan/").status_code == 200
    assert as_("boris").get(url).status_code == 404
    assert sent(client, f"{url}move/", verb="withdraw").status_code == 302
    with inside(school5):
        assert PersonalConsent.objects.get().state == "withdrawn"


def test_the_polozhenie_is_read_by_chapters(school5: School, as_: As, inside: Any) -> None:
    zhanna = as_("zhanna")
    assert "Подготовить из образца города" in zhanna.get("/s/5/acts/").content.decode()
    url = sent(zhanna, "/s/5/acts/prepare/").headers["Location"]
    text = zhanna.get(url).content.decode()
    assert 'href="#p-1"' in text
    assert 'id="p-1.1"' in text
    assert as_("vera").get(url).status_code == 404
    assert (
        sent(
            zhanna, f"{url}approve/", minutes_number="1", minutes_on="99.99.2020", union_on="01.09.2020"
        ).status_code
        == 422
    )
    assert (
        sent(
            zhanna, f"{url}approve/", minutes_number="1", minutes_on="01.09.2020", union_on="01.09.2020"
        ).status_code
        == 302
    )
    scan = SimpleUploadedFile("x.pdf", b"%PDF-1.4")
    assert sent(zhanna, f"{url}register/", number="5", approved_on="02.09.2020", scan=scan).status_code == 302
    assert as_("vera").get(url).status_code == 200
    assert b"".join(as_("vera").get(f"{url}word/"))[:2] == b"PK"
    assert as_("vera").get("/s/5/acts/").status_code == 200
    assert zhanna.get(f"{url}scan/").status_code == 200


def test_the_curator_is_appointed_on_paper(school5: School, as_: As, inside: Any, actor: Any) -> None:
    zhanna = as_("zhanna")
    with inside(school5):
        deputy = Person.objects.get(user=actor("anna").user)
    assert "Мельникова Анна Викторовна" in zhanna.get("/s/5/curator/").content.decode()
    url = sent(zhanna, "/s/5/curator/", person=str(deputy.uuid), valid_from="01.09.2020").headers["Location"]
    text = zhanna.get(url).content.decode()
    assert "Мельникову Анну Викторовну" in text
    assert "Всё ли готово" in text
    assert zhanna.get(f"{url}word/").content[:2] == b"PK"
    assert 'value="1-н"' in zhanna.get(f"{url}register/").content.decode()
    answer = sent(
        zhanna,
        f"{url}register/",
        number="1-н",
        signed_on="01.09.2020",
        scan=SimpleUploadedFile("x.pdf", b"%PDF-1.4"),
    )
    assert answer.status_code == 302
    assert zhanna.get(f"{url}scan/").status_code == 200
    assert "1-н" in zhanna.get("/s/5/orders/?state=registered&year=2020").content.decode()
    assert "1-н" not in as_("vera").get("/s/5/orders/").content.decode(), (
        "a teacher sees the orders that name her"
    )
    assert as_("vera").get(url).status_code == 404


@pytest.mark.parametrize("path", ["people/", "staff-imports/", "local-acts/", "orders/"])
def test_api_reads(school5: School, as_: As, path: str) -> None:
    assert as_("anna").get(f"/s/5/api/v1/{path}").status_code == 200


def test_api_of_one(school5: School, as_: As, inside: Any, actor: Any) -> None:
    person = vera(school5, inside, actor)
    url = f"/s/5/api/v1/people/{person.uuid}/"
    assert as_("anna").get(url).json()["birth_date"] == "2002-11-08"
    assert "birth_date" not in as_("lev").get(url).json()
    assert as_("boris").get(url).status_code == 404
    with inside(school5):
        act = acts.load_municipal_act(by=actor("zhanna"))
    assert len(as_("anna").get(f"/s/5/api/v1/local-acts/{act.uuid}/").json()["chapters"]) == 8
    assert as_("zhanna").get("/s/5/api/v1/staff-imports/").status_code == 403


def test_next_steps_tell_whose_move_it_is(school5: School, inside: Any, actor: Any) -> None:
    from portal.local_acts.selectors import next_steps as of_acts
    from portal.staff.selectors import next_steps as of_staff

    set_urlconf("config.urls_school")
    with inside(school5):
        PersonOffice.objects.filter(office="curator").delete()  # a school as it was opened
        zhanna, anna, by_vera = actor("zhanna"), actor("anna"), actor("vera")
        assert {s.situation for s in of_acts(zhanna)} == {"curator_to_appoint", "act_to_prepare"}
        assert "own_consent" in {s.situation for s in of_staff(by_vera)}
        assert "consents_missing" in {s.situation for s in of_staff(anna)}
        assert of_acts(by_vera) == []
        acts.appoint_curator(
            Person.objects.get(user=anna.user),
            valid_from=exports.clock.today(),  # type: ignore[attr-defined]
            by=zhanna,
        )
        assert "order_to_register" in {s.situation for s in of_acts(zhanna)}
    set_urlconf(None)


def test_offices_are_given_seen_and_ended_by_hand(school5: School, as_: As, inside: Any, actor: Any) -> None:
    zhanna, person = as_("zhanna"), vera(school5, inside, actor)
    given = {
        "person": str(person.uuid),
        "office": "psychologist",
        "valid_from": "01.09.2026",
        "basis": "приказ № 12-к от 01.09.2026",
    }
    assert (
        f'value="{person.uuid}" selected'
        in zhanna.get(f"/s/5/offices/new/?person={person.uuid}").content.decode()
    )
    wrong = sent(zhanna, "/s/5/offices/new/", **{**given, "valid_from": "31.09.2026"})
    assert (wrong.status_code, "Такого дня нет" in wrong.content.decode().replace("\xa0", " ")) == (422, True)
    assert "приказ № 12-к" in wrong.content.decode()
    url = sent(zhanna, "/s/5/offices/new/", **given).headers["Location"]
    page = zhanna.get(url).content.decode()
    assert "отправляется" in page
    assert 'hx-trigger="every' in page
    assert 'hx-trigger="every' not in as_("anna").get(url).content.decode()
    assert sent(zhanna, "/s/5/offices/new/", **given).status_code == 422
    assert (
        "Соколова Вера Андреевна"
        in as_("kira").get("/s/5/offices/?office=psychologist&when=now&sort=-until").content.decode()
    )
    assert as_("anna").get(f"{url}end/").status_code == 403
    assert as_("vera").get(url).status_code == 404
    assert (
        sent(
            zhanna, f"{url}end/", on="01.10.2026", basis="приказ № 14-к от 01.10.2026", version="1"
        ).status_code
        == 302
    )
    assert (
        sent(
            zhanna, f"{url}end/", on="01.10.2026", basis="приказ № 14-к от 01.10.2026", version="1"
        ).status_code
        == 409
    )


def test_the_list_of_offices_asks_the_same_for_one_and_for_many(
    school5: School, as_: As, inside: Any, actor: Any, django_assert_max_num_queries: Any
) -> None:
    zhanna = as_("zhanna")
    counts = []
    for day in (1, 12):
        with inside(school5):
            person = Person.objects.get(user=actor("vera").user)
            for number in range(day, day + 10 if day > 1 else day + 1):
                services.give_office(
                    person,
                    "psychologist",
                    basis="приказ",
                    valid_from=exports.clock.today().replace(month=10, day=number),  # type: ignore[attr-defined]
                    by=actor("zhanna"),
                )
        zhanna.get("/s/5/offices/")
        with django_assert_max_num_queries(60) as seen:
            zhanna.get("/s/5/offices/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_wrong_row_is_mended_on_the_page(school5: School, as_: As, inside: Any, actor: Any) -> None:
    anna, by = as_("anna"), actor("anna")
    line = {
        "last_name": "Данилов",
        "first_name": "Пётр",
        "birth_date": "04.07.1990",
        "position": "учитель, сотрудник",
        "hired_on": "01.09.2021",
        "ped_stage_years": "5",
        "education_level": "высшее",
        "category": "висшая",
    }
    content = write_sheet("Сотрудники", COLUMNS, [line])
    url = sent(anna, "/s/5/people/import/", file=SimpleUploadedFile("список.xlsx", content)).headers[
        "Location"
    ]
    with inside(school5):
        services.check_rows(by=by, import_uuid=str(StaffImport.objects.get().uuid))
    preview = anna.get(url).content.decode().replace("\xa0", " ")
    assert "Записать «учитель»" in preview
    row = f"{url}rows/2/"
    assert anna.get(row).status_code == 200
    assert sent(anna, row, mends="position", position="учитель", version="1").status_code == 302
    stale = sent(anna, row, mends="category", category="высшая", version="1")
    assert stale.status_code == 409
    assert sent(anna, row, mends="category", category="лучшая", version="2").status_code == 422
    done = sent(anna, row, mends="category", category="высшая", version="2")
    assert (done.status_code, done.headers["Location"]) == (302, url)
    assert "1 строку можно принять" in anna.get(url).content.decode().replace("\xa0", " ")
    assert as_("zhanna").get(row).status_code == 404


@pytest.mark.covers("T-30")
def test_a_consent_is_taken_back_on_paper_too(school5: School, as_: As, inside: Any, actor: Any) -> None:
    person, client = vera(school5, inside, actor), as_("vera")
    url = sent(client, f"/s/5/people/{person.uuid}/consent/processing/").headers["Location"]
    assert client.get(f"{url}withdrawal/").status_code == 404
    sent(client, url, given_on="23.11.2020", scan=SimpleUploadedFile("x.pdf", b"%PDF-1.4"))
    assert client.get(f"{url}withdrawal/").content[:2] == b"PK"
    assert as_("boris").get(f"{url}withdrawal/").status_code == 404
