"""Whoever types the number of a signed order reads on that very page what the order says."""

import html
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse

from portal.core import clock
from portal.documents.word.preview import Block
from portal.local_acts import services as acts
from portal.local_acts.exports import order_preview
from portal.local_acts.models import Order
from portal.local_acts.selectors import REGISTERED_ELSEWHERE
from portal.mentoring import services
from portal.mentoring.exports.pairs import agreement_form
from portal.papers.freezing import KINDS, blocks_of
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import Visitor, who

pytestmark = pytest.mark.usefixtures("in_school5")


def curator() -> Order:
    return acts.appoint_curator(scene.person("anna"), valid_from=clock.today(), by=who("zhanna"))


def change() -> Order:
    old = acts.register_order(
        curator(), number="1-н", signed_on=clock.today(), scan=scene.scan(), by=who("zhanna")
    )
    return acts.amend_order(
        old, changes="Слова «с 23.11.2026» заменить словами «с 24.11.2026»", by=who("kira")
    )


def of_pair() -> Order:
    pair = services.settle_pay(
        scene.with_order(who), by=who("anna"), pay_basis="amount", pay_size=Decimal(3000)
    )
    return Order.objects.get(pk=pair.order_id)  # type: ignore[misc]


def pay() -> Order:
    return Order.objects.get(code="T-10", subject=scene.active(who).uuid)


DRAFTS: dict[str, Callable[[], Order]] = {"T-00": change, "T-04": curator, "T-08": of_pair, "T-10": pay}


def shown(page: str) -> str:
    """The words of a page, without its marks."""
    return plain(html.unescape(re.sub(r"<[^>]+>", " ", page)))


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\xa0", " "))


def words_of(blocks: list[Block]) -> list[str]:
    """Every paragraph and every cell of a paper."""
    cells = [cell for block in blocks for row in block.rows for cell in row]
    texts = (
        "".join(piece.text for piece in pieces) for pieces in (*(block.pieces for block in blocks), *cells)
    )
    return [text for text in texts if text.strip()]


def page_of(order: Order, client: Visitor) -> str:
    name = REGISTERED_ELSEWHERE.get(order.code)
    url = (
        reverse(name, args=[order.subject], urlconf="config.urls_school")
        if name
        else reverse("local_acts:order_register", args=[order.uuid], urlconf="config.urls_school")
    )
    answer = client.get(f"/s/5{url}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_every_kind_of_order_is_drafted_here() -> None:
    assert {kind.code for kind in KINDS.values() if kind.workflow == "order"} == DRAFTS.keys()


@pytest.mark.parametrize("code", DRAFTS)
@pytest.mark.covers("found E6")
def test_the_order_is_read_where_its_number_is_typed(code: str, visits: Callable[[str], Visitor]) -> None:
    order = DRAFTS[code]()
    page = page_of(order, visits("zhanna"))
    before_the_form = shown(page[: page.index('name="number"')])
    said = words_of(order_preview(order, who("zhanna")))
    assert len(said) > 8
    assert [text for text in said if plain(text) not in before_the_form] == []
    word = re.search(r'href="(/s/5/[^"]+)"[^>]*>(?:(?!</a>).)*Word', page, re.S)
    assert word is not None
    assert visits("zhanna").get(word[1]).headers["Content-Type"].endswith("wordprocessingml.document")


@pytest.mark.covers("found E6")
def test_the_agreement_of_the_pair_is_read_there_too(visits: Callable[[str], Visitor]) -> None:
    order = of_pair()
    pair = scene.Pair.objects.with_people().get(order=order)
    before_the_form = shown(page_of(order, visits("kira")).partition('name="number"')[0])
    said = words_of(blocks_of(KINDS["T-09"], pair, who("kira")))
    assert len(said) > 8
    assert plain(agreement_form(pair, who("kira")).pay) in plain("".join(said))  # type: ignore[attr-defined]
    assert [text for text in said if plain(text) not in before_the_form] == []
