"""The permission matrix of the domain (§2.2), row by row as the customer reads it: which office may what.
Written here a second time on purpose: a change of `permissions.py` must be meant.

The letters stand for offices of a school: П директор, К куратор, Ш руководитель ШМО, С психолог, Х кадры, У
педагог; and of the city: Н начальник Управления, У специалист Управления, М методист, С секретарь совета, П
администратор платформы.
"""

import pytest

from portal.accounts.offices import Office
from portal.accounts.permissions import MATRIX

SCHOOL = dict(
    zip(
        "ПКШСХУ",
        (
            Office.PRINCIPAL,
            Office.CURATOR,
            Office.ASSOCIATION_LEAD,
            Office.PSYCHOLOGIST,
            Office.PERSONNEL_OFFICER,
            Office.TEACHER,
        ),
        strict=True,
    )
)
CITY = dict(
    zip(
        "НУМСП",
        (
            Office.DEPARTMENT_HEAD,
            Office.DEPARTMENT_SPECIALIST,
            Office.METHODIST,
            Office.COUNCIL_SECRETARY,
            Office.PLATFORM_ADMIN,
        ),
        strict=True,
    )
)
INTERNAL = {
    "person:read": "ПКХ", "person:read_names": "ПКШСХ", "person:edit": "КХ", "deputy:enter": "П",
    "person:import": "КХ", "person:invite": "ПКХ", "account:mend": "П",
    "curator:appoint": "П", "office:read": "ПКХ", "office:give": "П", "personal_consent:register": "КХ",
    "local_act:read": "ПКШСХУ", "local_act:edit": "ПК",
    "local_act:approve": "П",
    "order:read": "ПКХ", "order:prepare": "КХ", "order:register": "ПХ", "order:take_back": "П",
    "need:read": "ПКШС", "need:record": "К", "need:record_own": "ПКШСХУ",
    "need:accept": "К", "mentor_card:read": "ПКШСХ", "mentor_card:edit": "К", "mentor_card:recommend": "КШ",
    "mentor_card:confirm": "ПК",
    "pair:read": "ПКШСХ", "pair:propose": "КШ", "pair:propose_own": "ПКШСХУ", "pair:lead": "К",
    "pair:conclude": "С", "pair:sign": "П",
    "programme:read": "ПКШ", "programme:review": "Ш", "programme:approve": "К",
    "programme:approve_as_principal": "П", "mentoring_settings:edit": "ПК",
    "meeting:read": "К", "school_practice:draft": "ПКШСХУ", "school_practice:read": "ПКШ",
    "school_practice:review": "ПКШ",
    "school_practice:hand_over": "П", "school_form:read": "ПК", "school_form:fill": "ПК",
    "school_form:sign": "П", "disclosure:read": "ПК",
    "journal:read": "П", "expert:propose": "ПК", "bank:read": "ПКШСХУ",
}  # fmt: skip
EXTERNAL = {
    "school:read": "НУМС", "school:open": "У", "city_office:read": "НУ", "city_office:give": "У",
    "post:watch": "УП", "practice:read": "НУМС", "practice:lead": "М",
    "practice:publish": "У", "search_word:edit": "М", "reference:edit": "У",
    "city_bank:read": "НУМС", "certificate:read": "НУМС", "certificate:revoke": "М",
    "campaign:lead": "У", "received_form:read": "НУМ", "received_form:check": "УМ",
    "received_form:accept": "У",
    "dashboard:read": "НУМС",
}  # fmt: skip


@pytest.mark.parametrize("permission", MATRIX, ids=[permission.name for permission in MATRIX])
def test_a_row(permission: object) -> None:
    name, offices = permission.name, set(permission.offices)  # type: ignore[attr-defined]
    assert name in INTERNAL or name in EXTERNAL, (
        f"write the offices of «{name}» a second time, in INTERNAL or EXTERNAL above: it must be meant"
    )
    letters, contour = (INTERNAL[name], SCHOOL) if name in INTERNAL else (EXTERNAL[name], CITY)
    assert offices == {contour[letter] for letter in letters}


def test_nothing_stands_in_one_table_only() -> None:
    gone = (INTERNAL.keys() | EXTERNAL.keys()) - {permission.name for permission in MATRIX}
    assert not gone, f"portal/accounts/permissions.py has no such right any more: {gone}"
    assert not INTERNAL.keys() & EXTERNAL.keys()
