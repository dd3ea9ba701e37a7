"""Checks of what is typed of an organisation: control digits of ИНН and ОГРН, the code of its address."""

import re

from portal.documents.names import organisation_genitive
from tenants.models import School

_INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)
RESERVED_CODES = frozenset({"api", "new", "accounts", "static", "demo", "s"})


def genitives_of(school: School) -> tuple[str, str]:
    """The full and the short name in the genitive: as a person has typed them, or as the portal proposes."""
    return school.full_genitive or organisation_genitive(
        school.full_name
    ), school.short_genitive or organisation_genitive(school.short_name)


def is_inn(text: str) -> bool:
    """ИНН of an organisation: ten digits, the last is the control one (приказ ФНС ЕД-7-14/559)."""
    if not re.fullmatch("[0-9]{10}", text):
        return False
    return sum(
        int(digit) * weight for digit, weight in zip(text, _INN_WEIGHTS, strict=False)
    ) % 11 % 10 == int(text[9])


def is_ogrn(text: str) -> bool:
    """ОГРН: thirteen digits, the last is the control one."""
    return bool(re.fullmatch("[0-9]{13}", text)) and int(text[:12]) % 11 % 10 == int(text[12])


def inn_with_control(nine: str) -> str:
    """A whole ИНН from its first nine digits; the demo city makes true requisites with it."""
    weighed = sum(int(digit) * weight for digit, weight in zip(nine, _INN_WEIGHTS, strict=True))
    return f"{nine}{weighed % 11 % 10}"


def is_code(text: str) -> bool:
    """The code of a school in its address: small Latin letters, digits and hyphens."""
    return bool(re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", text)) and text not in RESERVED_CODES
