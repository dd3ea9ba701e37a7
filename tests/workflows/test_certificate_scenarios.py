"""A certificate that was issued: revoked by the methodist, or replaced by a new one."""

from typing import Any

import pytest

from portal.certificates.models import Certificate
from portal.certificates.workflow import CERTIFICATE
from tests.workflows.scenarios import Scenario, walk
from tests.workflows.test_city_practice_scenarios import in_city_as, official, published

__all__ = ["in_city_as"]
RIGHT = {"name": "Кравцова Борислава Ильинична"}
WHY = {"comment": "Текст взят из чужой статьи"}


def issued(w: Any) -> Certificate:
    published(w)
    return Certificate.objects.get()


CERTIFICATES = {
    "revoked": Scenario(
        "valid",
        issued,
        (
            ("semyon", "revoke", WHY, "forbidden"),
            ("elena", "revoke", WHY, "forbidden"),
            ("darya", "revoke", {}, "comment_required"),
            ("darya", "replace", {}, "forbidden"),
            ("darya", "revoke", WHY, "revoked"),
            ("darya", "revoke", WHY, "wrong_state"),
            ("time", "replace", {}, "wrong_state"),
        ),
    ),
    "with the right name": Scenario(
        "valid",
        issued,
        (
            ("semyon", "reissue", RIGHT, "forbidden"),
            ("darya", "reissue", {"name": "Кравцов"}, "whole"),
            ("darya", "reissue", {"name": "Кравцов Борис Ильич"}, "same"),
            ("darya", "reissue", RIGHT, "replaced"),
            ("darya", "reissue", RIGHT, "wrong_state"),
        ),
    ),
    "replaced": Scenario(
        "valid",
        issued,
        (
            ("time", "replace", {}, "replaced"),
            ("darya", "revoke", WHY, "wrong_state"),
        ),
    ),
}


@pytest.mark.parametrize("name", CERTIFICATES)
@pytest.mark.usefixtures("in_city_as")
@pytest.mark.covers("certificate.revoke", "certificate.replace", "certificate.reissue")
def test_a_certificate(name: str) -> None:
    walk(CERTIFICATE, CERTIFICATES[name], official)
