"""SM-1 for personal data and the loading of a list: every transition, every guard met and unmet."""

import datetime as dt
from typing import Any

import pytest

from portal.core import clock
from portal.files.storing import store
from portal.staff import services
from portal.staff.models import ImportRow, PersonalConsent, StaffImport, TableHeading
from portal.staff.workflow import CONSENT, IMPORT
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import who
from tests.workflows.scenarios import Scenario, change, walk

pytestmark = pytest.mark.usefixtures("in_school5")
DAY = dt.date(2026, 11, 23)


def scan() -> Any:
    return store(scene.scan(), by=who("anna"))


def processing(w: Any) -> PersonalConsent:
    return services.prepare_consent(scene.person("vera"), "processing", by=w("anna"))


def distribution(w: Any) -> PersonalConsent:
    return services.prepare_consent(
        scene.person("vera"),
        "distribution",
        by=w("vera"),
        resources="https://school5.example/mentors/",
        data_allowed=["name"],
    )


SIGNED = {"given_on": DAY, "scan": scan}
CONSENTS = {
    "given and taken back": Scenario("draft", processing, (
        ("boris", "give", SIGNED, "forbidden"), ("anna", "give", {**SIGNED, "scan": None}, "scan"),
        ("anna", "give", {**SIGNED, "given_on": DAY + dt.timedelta(days=1)}, "given_on"),
        change(valid_until=DAY), ("anna", "give", SIGNED, "valid_until"),
        change(valid_until=dt.date(2029, 11, 23)), ("anna", "give", SIGNED, "given"),
        ("anna", "withdraw", {}, "forbidden"),
        ("vera", "withdraw", {}, "withdrawn"),
    )),
    "the paper is here already": Scenario("draft", processing, (
        lambda consent: change(scan=scan(), valid_until=None)(consent),
        ("anna", "give", {**SIGNED, "scan": None}, "given"),
    )),
    "distribution": Scenario("draft", distribution, (
        change(resources=" "), ("vera", "give", SIGNED, "distribution"),
        change(resources="https://school5.example/mentors/"),
        ("vera", "give", SIGNED, "given"), ("anna", "expire", {}, "forbidden"),
        ("time", "expire", {}, "expired"),
    )),
    "refused": Scenario("draft", processing,
        (("anna", "refuse", {}, "forbidden"), ("vera", "refuse", {}, "refused"))),
}  # fmt: skip


@pytest.mark.parametrize("name", CONSENTS)
@pytest.mark.covers(
    "SM-1.give (personal_consent)",
    "SM-1.refuse (personal_consent)",
    "SM-1.withdraw (personal_consent)",
    "SM-1.expire (personal_consent)",
)
def test_a_consent_to_personal_data(name: str) -> None:
    walk(CONSENT, CONSENTS[name], who)


def uploaded(w: Any) -> StaffImport:
    return StaffImport.objects.create(file=scan(), created_by=w("anna").user)


TOLD = (("Кто", "whole_name"), ("Примечание", ""), ("", "email"))
LAYOUT = {"layout": {"columns": [{"title": title, "key": key} for title, key in TOLD]}}


def with_a_row(staff_import: StaffImport) -> None:
    ImportRow.objects.create(staff_import=staff_import, number=1, verdict="good")


def without_rows(staff_import: StaffImport) -> None:
    """They were understood by the columns of before."""
    assert not staff_import.rows.exists()


def headings_are_remembered(staff_import: StaffImport) -> None:
    """For the next file: those that have words and mean something."""
    assert [*TableHeading.objects.values_list("key", flat=True)] == ["whole_name"]


COUNTS = {"total": 1, "checked": 1, "good": 0, "bad": 1}
IMPORTS = {
    "accepted": Scenario("uploaded", uploaded, (
        ("boris", "start", {}, "forbidden"), ("anna", "start", {}, "checking"),
        ("anna", "ready", COUNTS, "ready"), ("anna", "confirm", {}, "nothing_new"),
        change(good=1), ("boris", "confirm", {}, "forbidden"),
        ("kira", "confirm", {"changed_on": dt.date(2099, 9, 1)}, "not_yet"),
        ("kira", "confirm", {"changed_on": dt.date(2026, 9, 1)}, "accepting"),
        ("kira", "finish", COUNTS, "accepted"),
    )),
    "stopped": Scenario("uploaded", uploaded, (
        ("anna", "start", {}, "checking"), ("anna", "ready", COUNTS, "ready"), change(good=1),
        ("kira", "confirm", {}, "accepting"),
        ("kira", "stop", {}, "forbidden"), ("time", "stop", {}, "ready"),
    )),
    "not read": Scenario("uploaded", uploaded,
        (("anna", "start", {}, "checking"), ("anna", "fail", {"trouble": "не таблица"}, "failed"))),
    "columns": Scenario("uploaded", uploaded, (
        ("boris", "ask", {}, "forbidden"), ("anna", "ask", {}, "columns"),
        ("boris", "columns", LAYOUT, "forbidden"), ("anna", "columns", LAYOUT, "uploaded"),
        headings_are_remembered,
        ("anna", "start", {}, "checking"), ("anna", "ready", COUNTS, "ready"),
        with_a_row, ("kira", "columns", LAYOUT, "uploaded"), without_rows,
    )),
    "given up": Scenario("uploaded", uploaded, (("anna", "cancel", {}, "cancelled"),)),
}  # fmt: skip


@pytest.mark.parametrize("name", IMPORTS)
@pytest.mark.covers(
    "staff_import.ask",
    "staff_import.columns",
    "staff_import.start",
    "staff_import.ready",
    "staff_import.fail",
    "staff_import.confirm",
    "staff_import.finish",
    "staff_import.cancel",
    "staff_import.stop",
)
def test_a_loading(name: str) -> None:
    walk(IMPORT, IMPORTS[name], who)
    assert clock.today() == DAY
