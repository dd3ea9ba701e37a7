"""Printed catalogues of the bank."""

from best_practices.search import ENGINE, document_of
from tests.posts.rows import Post, Scene, World
from tests.things import card_in_bank
from tests.workflows.practice_scenes import content


def _bank() -> None:
    ENGINE.index([document_of(card_in_bank(content()))])


def catalogue(w: World) -> Scene:
    _bank()
    return Scene("/me/catalogues/new/")


def catalogue_by_api(w: World) -> Scene:
    _bank()
    return Scene("/api/v1/me/catalogues/", {"q": ""})


MADE = "city:bankcatalogue+1 city:jobs+1"
ROWS = [
    Post("own_bank:catalogue_new", "boris", catalogue, MADE, 302, contour="city"),
    Post("expertise_api:catalogues", "boris", catalogue_by_api, MADE, 201, 201, contour="city", api="post"),
]
