"""What is written of a school's acts, orders and papers."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from portal.core import clock
from portal.files.storing import store
from portal.local_acts import services as acts
from portal.local_acts.models import LocalAct, Order
from portal.local_acts.workflow import ACT
from portal.local_acts.workflow.acts import Marks
from portal.school_records.models import FrozenPaper
from portal.staff import services
from portal.staff.workflow import CONSENT
from portal.staff.workflow.consents import SignedPaper
from tests.posts.mentoring_forming import ROOT, SCAN, day, uuid_for
from tests.posts.rows import Post, Scene, World
from tests.workflows.mentoring_scenes import person, scan

TODAY = clock.today


def _act(w: World) -> LocalAct:
    return acts.load_municipal_act(by=w.who("zhanna"))


def act_prepare(w: World) -> Scene:
    return Scene(f"{ROOT}acts/prepare/")


def act_own(w: World) -> Scene:
    return Scene(f"{ROOT}acts/own/", {"file": ("Положение.docx", _own_word())})


def act_chapters(w: World) -> Scene:
    act = acts.load_own_act(SimpleUploadedFile("Положение.docx", _own_word()), by=w.who("zhanna"))
    return Scene(f"{ROOT}acts/{act.uuid}/chapters/", {"title": "Положение школы", "begins": ["0", "2"]}, act)


def _own_word() -> bytes:
    document, out = Document(), io.BytesIO()
    for text in (
        "1. Общие положения",
        "1.1. Школа ведёт наставничество.",
        "2. Права",
        "2.1. Наставник вправе.",
    ):
        document.add_paragraph().add_run(text).bold = not text[2].isdigit()
    document.save(out)
    return out.getvalue()


def act_approve(w: World) -> Scene:
    act = _act(w)
    return Scene(
        f"{ROOT}acts/{act.uuid}/approve/",
        {"minutes_number": "3", "minutes_on": day(TODAY()), "union_on": day(TODAY())},
        act,
    )


def act_register(w: World) -> Scene:
    act = ACT.move(
        _act(w),
        "approve",
        by=w.who("zhanna"),
        asked=Marks(minutes_number="3", minutes_on=TODAY(), union_on=TODAY()),
    )
    return Scene(
        f"{ROOT}acts/{act.uuid}/register/", {"number": "10", "approved_on": day(TODAY()), "scan": SCAN}, act
    )


def curator(w: World) -> Scene:
    return Scene(f"{ROOT}curator/", {"person": uuid_for("anna"), "valid_from": day(TODAY())})


def _order(w: World) -> Order:
    return acts.appoint_curator(person("anna"), valid_from=TODAY(), by=w.who("zhanna"))


def order_register(w: World) -> Scene:
    order = _order(w)
    return Scene(
        f"{ROOT}orders/{order.uuid}/register/",
        {"number": "1-н", "signed_on": day(TODAY()), "scan": SCAN},
        order,
    )


def order_move(w: World) -> Scene:
    order = _order(w)
    page = f"{ROOT}orders/{order.uuid}/"
    return Scene(
        f"{page}move/",
        {"verb": "cancel", "comment": "Куратором будет другой заместитель директора."},
        order,
        page,
    )


def order_amend(w: World) -> Scene:
    order = acts.register_order(_order(w), number="1-н", signed_on=TODAY(), scan=scan(), by=w.who("zhanna"))
    return Scene(
        f"{ROOT}orders/{order.uuid}/amend/",
        {"changes": "Слова «с 01.09.2026» заменить словами «с 02.09.2026»"},
    )


def paper_pdf(w: World) -> Scene:
    made = services.prepare_consent(person("vera"), "processing", by=w.who("vera"))
    CONSENT.move(
        made,
        "give",
        by=w.who("vera"),
        asked=SignedPaper(given_on=TODAY(), scan=store(scan(), by=w.who("vera"))),
    )
    paper = FrozenPaper.objects.get(subject=made.uuid)
    return Scene(f"{ROOT}papers/{paper.uuid}/pdf/", page="")


ROWS = [
    Post("papers:pdf", "vera", paper_pdf, "outbox+1 paperpdf+1", 302),
    Post("local_acts:act_prepare", "zhanna", act_prepare, "journalline+1 localact+1", 302),
    Post("local_acts:act_own", "zhanna", act_own, "journalline+1 localact+1", 302),
    Post("local_acts:act_chapters", "zhanna", act_chapters, "journalline+1 localact~", 302),
    Post("local_acts:act_approve", "zhanna", act_approve, "journalline+1 localact~"),
    Post(
        "local_acts:act_register",
        "zhanna",
        act_register,
        "frozenpaper+1 journalline+2 localact~ outbox+1 storedfile+2",
    ),
    Post("local_acts:curator", "zhanna", curator, "journalline+1 order+1", 302),
    Post(
        "local_acts:order_register",
        "zhanna",
        order_register,
        "frozenpaper+1 journalline+2 numerator+1 order~ outbox+2 personoffice+1 storedfile+2",
    ),
    Post("local_acts:order_move", "zhanna", order_move, "journalline+1 order~"),
    Post("local_acts:order_amend", "kira", order_amend, "journalline+1 order+1", 302),
]
