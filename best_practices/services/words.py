"""What the methodist teaches the search: a notion is added, changed, put away, understood again; never
deleted. A careless word is refused, or asked about once more.
"""

from collections.abc import Iterator, Sequence

from django.db import transaction

from best_practices.access import can_edit_search_words
from best_practices.models import SearchWord
from best_practices.search import ENGINE
from portal import audit
from portal.core.actor import Actor
from portal.core.entity import lock, one_at_a_time
from portal.core.errors import Forbidden, Invalid
from portal.search.engine import Query
from portal.search.synonyms import Lemmas, lemmas_of
from portal.search.text import has_cyrillic, is_dictionary_word, tokens
from tenants.lookup import facts_changed

LONGEST_NAME = 80
MOST_NAMES = 10
MOST_LEMMAS = 7
MOST_NOTIONS = 2_000
EVERYDAY_SHARE = 0.2
"""A word that more of the bank holds means too much to be another name of one notion."""
_FEW = 10
"""In a bank of so few practices a share says nothing."""


@transaction.atomic
def add_search_word(names: Sequence[str], *, by: Actor, sure: bool = False) -> SearchWord:
    """A new notion. Raises Forbidden, Invalid at `names` («doubtful»: only a second word is wanted)."""
    rows = _rows_to_change(by)
    names = _tidied(names)
    if len(rows) >= MOST_NOTIONS:
        raise Invalid("full", f"В таблице уже {MOST_NOTIONS} строк: уберите лишние.", "names")
    _refuse_careless(names, rows, sure=sure)
    row = SearchWord(names=names, created_by=by.user)
    row.save()
    audit.record(by, "word_added", row, changes={"names": ["", " = ".join(names)]})
    facts_changed()
    return row


@transaction.atomic
def change_search_word(
    word: SearchWord, names: Sequence[str], *, by: Actor, sure: bool = False, version: int | None = None
) -> SearchWord:
    """Its names. Raises Forbidden, Stale, Invalid as above."""
    rows = _rows_to_change(by)
    row: SearchWord = lock(SearchWord, word.pk)
    row.check_version(version)
    names, before = _tidied(names), list(row.names)
    if names == before:
        return row
    _refuse_careless(names, [one for one in rows if one.pk != row.pk], sure=sure, known=before)
    row.names = names
    row.save_change("names")
    audit.record(by, "word_changed", row, changes={"names": [" = ".join(before), " = ".join(names)]})
    facts_changed()
    return row


@transaction.atomic
def use_search_word(word: SearchWord, used: bool, *, by: Actor, version: int | None = None) -> SearchWord:
    """Whether search understands it. Raises Forbidden, Stale, Invalid (another row has the name by now)."""
    rows = _rows_to_change(by)
    row: SearchWord = lock(SearchWord, word.pk)
    row.check_version(version)
    if row.is_used == used:
        return row
    if used:
        Invalid.refuse_any(_taken(row.names, [one for one in rows if one.pk != row.pk]))
    row.is_used = used
    row.save_change("is_used")
    audit.record(by, "word_used" if used else "word_put_away", row)
    facts_changed()
    return row


def _rows_to_change(by: Actor) -> list[SearchWord]:
    """What search understands, changed by nobody else until this transaction ends."""
    if not can_edit_search_words(by):
        raise Forbidden("Словам поиск учит методист.")
    one_at_a_time("best_practices.search_words")
    return list(SearchWord.objects.filter(is_used=True).order_by("pk"))


def _tidied(names: Sequence[str]) -> list[str]:
    """One spelling of each name: what search cannot tell apart is the same."""
    found: dict[Lemmas | str, str] = {}
    for name in (" ".join(one.split()) for one in names):
        if name:
            found.setdefault(lemmas_of(name) or name, name)
    return list(found.values())


def _refuse_careless(
    names: Sequence[str], others: Sequence[SearchWord], *, sure: bool, known: Sequence[str] = ()
) -> None:
    Invalid.refuse_any([*_untrue(names), *_taken(names, others)])
    if not sure:
        Invalid.refuse_any(
            Invalid("doubtful", doubt, "names") for doubt in _doubts([n for n in names if n not in known])
        )


def _untrue(names: Sequence[str]) -> Iterator[Invalid]:
    if len(names) < 2:
        yield Invalid(
            "alone", "Нужно хотя бы два разных названия одного и того же, каждое в своей строке.", "names"
        )
    if len(names) > MOST_NAMES:
        yield Invalid(
            "many", f"Оставьте не больше {MOST_NAMES} названий: иначе находится почти всё.", "names"
        )
    for name in names:
        if len(name) > LONGEST_NAME:
            yield Invalid("long", f"«{name[:40]}…» длиннее {LONGEST_NAME} знаков.", "names")
        elif not (lemmas := lemmas_of(name)):
            yield Invalid(
                "empty", f"«{name}»: из таких слов состоит любой текст, по ним поиск не ищет.", "names"
            )
        elif len(lemmas) > MOST_LEMMAS:
            yield Invalid("wordy", f"«{name}»: больше {MOST_LEMMAS} слов подряд никто не спросит.", "names")


def _taken(names: Sequence[str], others: Sequence[SearchWord]) -> Iterator[Invalid]:
    """A name in two rows would lead from one notion into the other."""
    owners = {lemmas_of(name): row for row in others for name in row.names}
    for name in names:
        if row := owners.get(lemmas_of(name)):
            yield Invalid("taken", f"«{name}» уже есть в строке «{row}». Допишите названия туда.", "names")


def _doubts(names: Sequence[str]) -> Iterator[str]:
    total = ENGINE.search(Query("", limit=1, counts_facets=False)).total
    for name in (one for one in names if len(tokens(one)) == 1):
        held = ENGINE.search(Query(f'"{name}"', limit=1, counts_facets=False, as_typed=True)).total
        if total >= _FEW and held > EVERYDAY_SHARE * total:
            yield (
                f"«{name}» есть в {held} практиках из {total}: это слово на каждый день, и вопросы с ним "
                "станут находить лишнее. Если всё верно, отметьте и запишите ещё раз."
            )
        elif name.isupper() and has_cyrillic(name) and is_dictionary_word(tokens(name)[0]) and held:
            yield (
                f"«{name}» читается и как обычное слово «{name.lower()}», и поиск их не различит. Если всё "
                "верно, отметьте и запишите ещё раз."
            )
