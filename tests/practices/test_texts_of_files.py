"""Files of a practice: their text is taken out in the background, and the page says what came of it."""

import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from best_practices.search import FILE
from portal.core.actor import Actor
from portal.documents.texts import Reading
from portal.school_practices.files import read_file, read_waiting_files
from portal.school_practices.models import PracticeAttachment, SchoolPractice
from portal.school_practices.search import search_school_bank
from portal.school_practices.sending import content_of
from portal.search.engine import Query
from tenants.models import School
from tenants.post import deliver_everything
from tests.documents.test_file_texts import laughs, pdf, word
from tests.queued import do_queued

AsPerson = Callable[[str], Client]
Inside = Callable[[School], Any]


def attach(client: Client, practice: SchoolPractice, name: str, content: bytes) -> None:
    upload = {"file": SimpleUploadedFile(name, content), "title": name}
    assert client.post(f"/s/5/practices/{practice.uuid}/files/", upload).status_code == 302


def page_of(client: Client, practice: SchoolPractice) -> str:
    return client.get(f"/s/5/practices/{practice.uuid}/").content.decode().replace("\xa0", " ")


def test_the_page_says_whether_the_text_was_read(
    as_: AsPerson, drafted: SchoolPractice, school5: School, inside: Inside
) -> None:
    boris = as_("boris")
    attach(boris, drafted, "план.docx", word("Скамейка примирения"))
    attach(boris, drafted, "тайна.pdf", pdf(b"", password="x"))
    attach(boris, drafted, "хохот.docx", laughs())
    assert page_of(boris, drafted).count(str(Reading.WAITS.label)) == 3
    deliver_everything()
    assert do_queued("school_practices.read_file") == 3
    shown = page_of(boris, drafted)
    for outcome in (Reading.READ, Reading.PASSWORD, Reading.BROKEN):
        assert str(outcome.label) in shown
    assert "Скамейка примирения" not in shown, "the text is for search"
    found = boris.get("/s/5/practices/?q=скамейка+примирения").content.decode()
    assert drafted.title[:20] in found.replace("\xa0", " "), "by the words of its file alone"
    assert "Файл «план.docx»: <mark>Скамейка</mark> <mark>примирения</mark>" in found.replace("\xa0", " ")
    assert drafted.title[:20] not in as_("vera").get("/s/5/practices/?q=скамейка+примирения").content.decode()
    with inside(school5):
        kept = dict(PracticeAttachment.objects.values_list("title", "text"))
    assert kept["план.docx"].startswith("Скамейка примирения")
    assert (kept["тайна.pdf"], kept["хохот.docx"]) == ("", "")
    plan = re.search(r"/files/([^/]+)/remove/", shown)
    assert plan
    assert boris.post(f"/s/5/practices/{drafted.uuid}/files/{plan[1]}/remove/").status_code == 302
    gone = boris.get("/s/5/practices/?q=скамейка+примирения").content.decode()
    assert drafted.title[:20] not in gone.replace("\xa0", " ")


def test_a_file_that_is_gone_is_not_read_and_the_night_reads_what_was_left(
    as_: AsPerson, drafted: SchoolPractice, school5: School, inside: Inside
) -> None:
    attach(as_("boris"), drafted, "план.docx", word("Скамейка примирения"))
    by = Actor.system(school=school5.uuid)
    with inside(school5):
        read_file(by=by, attachment_uuid=str(drafted.uuid))
        assert PracticeAttachment.objects.get().reading == Reading.WAITS
        for _ in range(2):
            read_waiting_files(by)
            row = PracticeAttachment.objects.get()
            assert (row.reading, row.version) == (Reading.READ, 2)


def test_the_text_of_a_file_does_not_leave_the_school(
    as_: AsPerson, drafted: SchoolPractice, school5: School, inside: Inside, actor: Callable[..., Actor]
) -> None:
    """Neither with what is handed over nor with the box in the head; the search of the city says so."""
    attach(as_("boris"), drafted, "план.docx", word("Кинопанорама примирения"))
    with inside(school5):
        read_waiting_files(Actor.system(school=school5.uuid))
        own = search_school_bank(actor("boris"), Query("кинопанорама"))[0]
        named = [name.split(":")[2] for name in own.hits[0].highlights if name.startswith(FILE)]
        left = content_of(drafted).model_dump_json()
    assert (named, drafted.title in left) == (["план.docx"], True)
    assert "инопанорама" not in left
    for address in ("/s/12/bank/?q=кинопанорама", "/s/12/bank/?q=урок"):
        page = " ".join(as_("gleb").get(address).content.decode().replace("\xa0", " ").split())
        assert "Файлы, приложенные к практикам, остаются в школах" in page, address
