"""Whatever a page of these rooms writes, the API writes too: by the same services, to the same people.

A page that writes and has no peer here fails; so does a peer that is there no more. The steps themselves
(`verb`) are told apart by the workflows: a peer that takes a verb takes all of them.
"""

import importlib

import pytest

from tests.posts.walk import WRITING, methods_of, views, writing

ROOMS = ("best_practices.", "portal.school_practices.", "portal.pair_work.", "portal.certificates.")
PEERS = {
    "school": {
        "practice_orders:new": "practice_orders_api:orders",
        "practice_orders:stop": "practice_orders_api:stop",
        "school_practices:call": "school_practices_api:call",
        "school_practices:new": "school_practices_api:practices",
        "school_practices:edit": "school_practices_api:practice",
        "school_practices:move": "school_practices_api:practice_move",
        "school_practices:hand_over": "school_practices_api:practice_move",
        "school_practices:discard": "school_practices_api:discard",
        "school_practices:review": "school_practices_api:reviews",
        "school_practices:check": "school_practices_api:finds",
        "school_practices:unclear": "school_practices_api:unclear_answer",
        "school_practices:attach": "school_practices_api:files",
        "school_practices:remove_attachment": "school_practices_api:file_remove",
        "school_practices:experts": "school_practices_api:expert_offers",
        "pair_work:programme_new": "pair_work_api:pair_programmes",
        "pair_work:programme_edit": "pair_work_api:programme",
        "pair_work:programme_move": "pair_work_api:programme_move",
        "pair_work:programme_goals": "pair_work_api:programme_goals",
        "pair_work:programme_practice": "pair_work_api:programme_practice",
        "pair_work:activity_mark": "pair_work_api:activity_mark",
        "pair_work:meeting_new": "pair_work_api:pair_meetings",
        "pair_work:meeting_log": "pair_work_api:meeting_log",
        "pair_work:meeting_record": "pair_work_api:meeting_record",
        "pair_work:meeting_confirm": "pair_work_api:meeting_confirm",
        "pair_work:meeting_dispute": "pair_work_api:meeting_move",
        "pair_work:meeting_move": "pair_work_api:meeting_move",
        "pair_work:meeting_cancel": "pair_work_api:meeting_move",
        "pair_work:take_into": "pair_work_api:adoptions",
        "pair_work:adoption_outcome": "pair_work_api:adoption_outcome",
        "pair_work:adoption_send": "pair_work_api:adoption_send",
        "pair_work:adoption_name": "pair_work_api:adoption_name",
        "pair_work:adoption_renew": "pair_work_api:adoption_renew",
        "pair_work:adoption_drop": "pair_work_api:adoption_drop",
    },
    "city": {
        "expertise:practice": "expertise_api:practice_experts",
        "expertise:move": "expertise_api:practice_move",
        "expertise:reserve": "expertise_api:reserve",
        "expertise:order": "expertise_api:order_answer",
        "expertise:call": "expertise_api:call_change",
        "expertise:call_new": "expertise_api:calls",
        "expertise:recheck": "expertise_api:recheck_answer",
        "expertise:remarks": "expertise_api:remarks",
        "expertise:me": "expertise_api:own_expert",
        "expertise:leave": "expertise_api:own_expert_leave",
        "expertise:pause": "expertise_api:own_expert_pause",
        "expertise:pause_end": "expertise_api:own_expert_pause_end",
        "expertise:answer": "expertise_api:own_expert_answer",
        "expertise:certificate": "expertise_api:certificate",
        "expertise:review": "expertise_api:review_move",
        "expertise:accept": "expertise_api:review_move",
        "expertise:decline": "expertise_api:review_move",
        "expertise:replace": "expertise_api:sheet_move",
        "expertise:prolong": "expertise_api:sheet_move",
        "expertise:withdraw": "expertise_api:sheet_move",
        "own_bank:catalogue_new": "expertise_api:catalogues",
        "own_bank:comment": "expertise_api:own_comment",
        "own_bank:comment_new": "expertise_api:own_comments",
        "own_bank:comment_withdraw": "expertise_api:own_comment_withdraw",
        "own_bank:comment_answer": "expertise_api:comment_answer",
        "expertise:comment": "expertise_api:comment_judge",
        "own_bank:collect": "expertise_api:own_collection",
        "own_bank:collection_new": "expertise_api:own_collections",
        "own_bank:collection_edit": "expertise_api:own_collection",
        "own_bank:collection_arrange": "expertise_api:own_collection",
        "own_bank:collection_delete": "expertise_api:own_collection_delete",
        "own_bank:collection_show": "expertise_api:own_collection_show",
        "own_bank:follow": "expertise_api:own_followed",
        "own_bank:follow_stop": "expertise_api:own_follow_stop",
        "own_bank:thank": "expertise_api:own_thanks",
        "own_bank:thanks_back": "expertise_api:own_thanks_back",
        "certificates:move": "certificates_api:revoke",
        "certificates:reissue": "certificates_api:reissue",
    },
}
"""A page that writes → the operation that does the same."""
AUTOSAVE = "сохраняет сам редактор страницы, по вкладкам; программа пишет текст целиком"
SEARCH = "поиск банка, а не круг практики: его слова и сохранённые поиски ведут на страницах"
WITHOUT = {
    "school": {
        "school_practices:save": AUTOSAVE,
        "school_practices:save_new": AUTOSAVE,
        "pair_work:meeting_note": "заметка для себя: она не покидает страницы своего автора",
    },
    "city": {
        "expertise:save": "лист в работе сохраняет сама страница; сданный лист передают целиком",
        "expertise:word_new": SEARCH,
        "expertise:word": SEARCH,
        "expertise:word_use": SEARCH,
        "own_bank:feed": "адрес своей ленты и есть ключ для программ: его получают и меняют на странице",
        "own_bank:search_new": SEARCH,
        "own_bank:search": SEARCH,
        "own_bank:search_delete": SEARCH,
        "own_bank:stop": "ссылка из письма сама право",
    },
}
"""A page that writes and has no peer → why."""


def pages_that_write(module: str) -> set[str]:
    """Of these rooms; operations of the API are classes."""
    return {
        name
        for name, view in views(importlib.import_module(module).urlpatterns)
        if view.__module__.startswith(ROOMS) and not hasattr(view, "cls") and methods_of(view) & WRITING
    }


@pytest.mark.parametrize("contour", ["school", "city"])
def test_what_a_page_writes_the_api_writes_too(contour: str) -> None:
    pages, operations = pages_that_write(f"config.urls_{contour}"), writing(f"config.urls_{contour}")
    peers, without = PEERS[contour], WITHOUT[contour]
    assert pages - set(peers) - set(without) == set(), (
        "Страница пишет, а API этого не умеет: дайте операцию (docs/how-to-add.md) и впишите её в PEERS, "
        "или скажите в WITHOUT, почему её нет"
    )
    assert (set(peers) | set(without)) - pages == set(), "этих страниц больше нет, или они не пишут"
    assert set(peers) & set(without) == set()
    assert set(peers.values()) - operations == set(), "таких операций нет, или они только читают"
