"""Writes about certificates: one is revoked, an expert takes the one of the year."""

from best_practices.models import Practice, Review
from portal.certificates.models import Certificate
from portal.core import clock
from tests.cast import BY_KEY
from tests.posts.practices import _assigned
from tests.posts.rows import Post, Scene, World


def _certified(w: World) -> Certificate:
    """Issued to Борис for a practice of his."""
    return Certificate.objects.create(
        year=2026,
        serial=1,
        code="A" * 12,
        kind="author",
        name="Кравцов Борис Ильич",
        deed="за практику «Урок вдвоём»",
        issued_on=clock.today(),
        issuer="Управление",
        ground="practice:1",
        holder=BY_KEY["boris"].uuid,
    )


REVOKED = {"comment": "Текст взят из чужой статьи"}


def revoke(w: World) -> Scene:
    found = _certified(w)
    page = f"/certificates/{found.uuid}/"
    return Scene(f"{page}move/", {"verb": "revoke", **REVOKED}, found, page)


def revoke_by_api(w: World) -> Scene:
    found = _certified(w)
    return Scene(f"/api/v1/certificates/{found.uuid}/revoke/", dict(REVOKED), found)


RIGHT = {"name": "Чижов Аркадий Семёнович"}


def reissue(w: World) -> Scene:
    found = _certified(w)
    return Scene(f"/certificates/{found.uuid}/reissue/", dict(RIGHT), found)


def reissue_by_api(w: World) -> Scene:
    found = _certified(w)
    return Scene(f"/api/v1/certificates/{found.uuid}/reissue/", dict(RIGHT), found)


def expert_certificate(w: World) -> Scene:
    """Her sheet has served a decision."""
    review = _assigned(w)
    Review.objects.filter(pk=review.pk).update(state="submitted", submitted_at=clock.now())
    Practice.objects.filter(pk=review.practice_id).update(decided_on=clock.today())
    return Scene("/me/expert/certificate/", page="/me/certificates/")


def expert_certificate_by_api(w: World) -> Scene:
    expert_certificate(w)
    return Scene("/api/v1/me/expert/certificate/")


REISSUED = "city:certificate+1 city:jobs+1 city:journalline+2 city:notice+1"
ROWS = [
    Post("certificates:reissue", "darya", reissue, REISSUED, contour="city"),
    Post(
        "certificates_api:reissue",
        "darya",
        reissue_by_api,
        REISSUED,
        first=201,
        contour="city",
        api="post",
    ),
    Post(
        "certificates:move",
        "darya",
        revoke,
        "city:certificate~ city:journalline+1 city:notice+1",
        contour="city",
    ),
    Post(
        "certificates_api:revoke",
        "darya",
        revoke_by_api,
        "city:certificate~ city:journalline+1 city:notice+1",
        first=200,
        contour="city",
        api="post",
    ),
    Post(
        "expertise:certificate",
        "nina",
        expert_certificate,
        "city:certificate+1 city:jobs+1 city:journalline+1",
        302,
        contour="city",
    ),
    Post(
        "expertise_api:certificate",
        "nina",
        expert_certificate_by_api,
        "city:certificate+1 city:jobs+1 city:journalline+1",
        200,
        201,
        contour="city",
        api="post",
    ),
]
