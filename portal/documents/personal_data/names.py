"""Names of people in a sentence: whole, with initials, by a part, after the word for who they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.documents.names.words import morphology, plain
from portal.documents.personal_data.kinds import Kind, Mark, words_of
from portal.documents.personal_data.neutral import neutral_of
from portal.documents.personal_data.own import OwnPeople, Someone
from portal.documents.personal_data.words import Known, is_famous, known

_TOKEN = re.compile(r"\b[А-ЯЁа-яё]\.(?!\w*@)|(?<=[А-ЯЁ]\.)[А-ЯЁ]\b|[А-Яа-яЁё]+(?:[-–'’][А-ЯЁа-яё]+)*")
_SPACES = re.compile(r"[\s\u00a0]*")
_AT_A_PLACE = ("в", "во", "из", "под", "до", "город", "города", "городе", "г")
_OF_ADJECTIVES = tuple(
    stem + ending for stem in ("ск", "цк") for ending in ("ий", "ая", "ого", "ому", "ой", "ую")
)
_SHORTEST_SHOUT = 5
_BETWEEN = 4
"""Words between the one who is meant and the name: «учитель начальных классов Цой»."""


@dataclass
class Token:
    """A word of the sentence, or an initial."""

    text: str
    start: int
    end: int
    opens: bool
    tied: bool
    known: Known
    own: Someone | None = None
    follows_initial: bool = False
    """«И.П Сидорова»: the second one has lost its dot."""

    @property
    def initial(self) -> bool:
        return self.text.endswith(".") or self.follows_initial

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass
class Run:
    """Tokens that stand side by side and may be one name."""

    tokens: list[Token]
    role: str = ""
    before: str = ""
    quoted: bool = False
    deed: bool = False
    words: list[Token] = field(init=False)

    def __post_init__(self) -> None:
        self.words = [token for token in self.tokens if not token.initial]

    @property
    def initials(self) -> list[Token]:
        return [token for token in self.tokens if token.initial]

    @property
    def firsts(self) -> list[Token]:
        return [token for token in self.words if token.known.first]

    @property
    def middles(self) -> list[Token]:
        return [token for token in self.words if token.known.middle]

    @property
    def lasts(self) -> list[Token]:
        return [one for one in self.words if not one.known.first and not one.known.middle]

    @property
    def own(self) -> Someone | None:
        found = [token.own for token in self.words if token.own]
        return found[0] if found else None


def names(sentence: str, own: OwnPeople) -> Iterator[Mark]:
    """Every name of a person in the sentence that is nobody's of whom everybody knows."""
    tokens = _tokens(sentence, own)
    for start, end in _runs(tokens):
        run = _run(sentence, tokens, start, end)
        why = _why(run)
        if why:
            kind = _kind(run)
            yield Mark(
                kind, run.tokens[0].start, _end(run), why, neutral_of(kind, run.role, run.before, _texts(run))
            )


def _texts(run: Run) -> list[str]:
    return [token.text for token in run.words]


def _end(run: Run) -> int:
    """The dot of an initial that ends the sentence belongs to it all the same."""
    return run.tokens[-1].end


# ── Words of a sentence ─────────────────────────────────────────────────────────────────────────────
def _tokens(sentence: str, own: OwnPeople) -> list[Token]:
    found: list[Token] = []
    shouts = sentence.upper() == sentence
    for word in _TOKEN.finditer(sentence):
        text, start = word[0], word.start()
        gap = sentence[found[-1].end : start] if found else "."
        dotless = len(text) == 1 and not gap and bool(found) and found[-1].initial
        initial = text.endswith(".") or dotless
        what = Known() if initial or (len(text) < 3 and not text[0].isupper()) else _known(text, shouts)
        opens = _opens(sentence, start, found)
        tied = bool(_SPACES.fullmatch(gap)) and bool(found)
        whose = own.whose(text) if text[0].isupper() and not initial else None
        found.append(Token(text, start, word.end(), opens, tied, what, whose, dotless))
    return found


def _opens(sentence: str, start: int, found: list[Token]) -> bool:
    """Whether a capital is only that of a beginning: of the sentence, of direct speech, behind a colon."""
    gap = sentence[found[-1].end if found else 0 : start].rstrip(' \u00a0«“"(—–-')
    return (not gap and not found) or gap.endswith((".", "!", "?", "…", ":"))


def _known(text: str, shouts: bool) -> Known:
    """«ШМО», «ФРДО»: letters of a name of a body, where the sentence itself is no shout."""
    if len(text) == 1 or (text.isupper() and not shouts and len(text) < _SHORTEST_SHOUT):
        return Known(common=True)
    what = known(text)
    return what if shouts or not text.isupper() or what.named else Known(common=True)


def _runs(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """(first, behind the last) of tokens that may be one name."""
    place = 0
    while place < len(tokens):
        end = place
        while (
            end < len(tokens)
            and end - place < 4
            and (end == place or tokens[end].tied)
            and _goes_on(tokens, place, end)
        ):
            end += 1
        if end > place:
            yield place, end
        place = max(end, place + 1)


def _goes_on(tokens: list[Token], first: int, place: int) -> bool:
    token = tokens[place]
    if token.text[0].islower():
        return _goes_on_small(tokens, place) if place > first else _begins_small(tokens, place)
    if token.initial:
        return True
    if _is_word_beside(token) and not (place > first and tokens[place - 1].initial):
        return _before_initials(tokens, place)
    if place > first and token.known.first and tokens[place - 1].known.first and not tokens[place - 1].opens:
        return token.known.last
    return True


def _is_word_beside(token: Token) -> bool:
    """A capital that says nothing of a name: an ordinary word, a place."""
    what = token.known
    if token.own or what.first or what.middle:
        return False
    return (what.common and token.opens) or ((what.common or what.place) and not what.named)


def _before_initials(tokens: list[Token], place: int) -> bool:
    """«Мороз А. В.»: an ordinary word before two initials is a surname."""
    after = tokens[place + 1 : place + 3]
    return len(after) == 2 and all(one.initial and one.tied for one in after)


def _begins_small(tokens: list[Token], place: int) -> bool:
    """A name in small letters: «анна петровна», «сидорова и. п.», «ученик петя»."""
    token, rest = tokens[place], _small_after(tokens, place)
    whole = len(rest) == 2
    if token.initial:
        return whole and rest[0].initial and _is_small_last(rest[1])
    if token.known.first and rest and _is_sure_middle(rest[0]):
        return True
    if whole and _is_small_last(token) and all(one.initial for one in rest):
        return True
    if whole and _is_small_last(token) and rest[0].known.first and _is_sure_middle(rest[1]):
        return True
    named = (token.known.first or token.known.last) and not token.known.ordinary
    return named and place > 0 and token.tied and bool(_role_of(tokens[place - 1]))


def _small_after(tokens: list[Token], place: int) -> list[Token]:
    """At most two words in small letters that stand straight behind."""
    found: list[Token] = []
    for after in tokens[place + 1 : place + 3]:
        if not after.tied or after.capital:
            break
        found.append(after)
    return found


def _goes_on_small(tokens: list[Token], place: int) -> bool:
    token, before = tokens[place], tokens[place - 1]
    if before.capital:
        return False
    if token.initial:
        return before.initial or _is_small_last(before)
    if _is_sure_middle(token):
        return before.known.first
    if token.known.first:
        return _is_small_last(before)
    return _is_small_last(token) and (before.initial or before.known.first)


def _is_small_last(token: Token) -> bool:
    return token.known.last and not token.known.ordinary


def _is_sure_middle(token: Token) -> bool:
    return token.known.middle and not token.known.common and len(token.text) > 5


def _run(sentence: str, tokens: list[Token], start: int, end: int) -> Run:
    first, last = tokens[start], tokens[end - 1]
    role, before = _role(sentence, tokens, start)
    opening = sentence[: first.start].rfind("«")
    closing = sentence.find("»", last.end)
    inside = opening >= 0 and closing >= 0 and "»" not in sentence[opening : first.start]
    quoted = inside and len(sentence[opening:closing].split()) <= 4
    return Run(tokens[start:end], role, before, quoted, _is_deed(tokens, end))


def _role(sentence: str, tokens: list[Token], start: int) -> tuple[str, str]:
    """(«adult», «child», «thing» or nothing; the word just before, in small letters)."""
    if start == 0 or not _SPACES.fullmatch(sentence[tokens[start - 1].end : tokens[start].start].strip('«"')):
        return "", ""
    before = plain(tokens[start - 1].text)
    for back in range(1, min(_BETWEEN, start) + 1):
        token = tokens[start - back]
        if token.initial or (token.capital and not token.opens):
            break
        lemmas = _lemmas(plain(token.text))
        if lemmas & set(words_of("things.txt")) and back == 1:
            return "thing", before
        said = _role_of(token)
        if said:
            return (said if back == 1 else f"{said} far"), before
        if not token.tied or not _says_which(token):
            break
    return "", before


def _role_of(token: Token) -> str:
    """«adult» or «child» of a word for who somebody is."""
    roles = words_of("roles.txt")
    return next((roles[one] for one in sorted(_lemmas(plain(token.text))) if one in roles), "")


def _says_which(token: Token) -> bool:
    """«учитель начальных классов», «завуч по воспитательной работе»: what stands between, never a verb."""
    parses = morphology().parse(plain(token.text))
    return any(parse.tag.POS in ("NOUN", "ADJF", "PREP") for parse in parses)


def _lemmas(low: str) -> set[str]:
    return {plain(parse.normal_form) for parse in morphology().parse(low)[:3]} | {low}


def _is_deed(tokens: list[Token], place: int) -> bool:
    """Whether somebody does something here: a verb of people, straight after or behind one more word."""
    return any(_lemmas(plain(token.text)) & set(words_of("deeds.txt")) for token in tokens[place : place + 2])


# ── What it is ──────────────────────────────────────────────────────────────────────────────────────
def _why(run: Run) -> str:
    """Why it is asked about; empty when it is no name."""
    if not run.words:
        return "Инициалы вместо имени." if run.role.startswith(("adult", "child")) and _is_upper(run) else ""
    if run.own and _is_capital(run) and not (run.role == "thing" and _is_famous(run)):
        said = "автора" if run.own.is_author else "человека из вашей школы"
        return f"Фамилия {said}: эксперты оценивают, не зная имён."
    if _is_nobody_here(run):
        return ""
    return _by_parts(run) or _by_role(run)


def _is_upper(run: Run) -> bool:
    return all(one.capital for one in run.initials)


def _is_capital(run: Run) -> bool:
    """A surname that is an ordinary word («Мороз») is one where the capital is not the sentence's."""
    token = next(one for one in run.words if one.own)
    return not (token.opens and token.known.common) or len(run.tokens) > 1 or run.deed


def _is_nobody_here(run: Run) -> bool:
    """A famous one, the hero of a book, whose method or street it is."""
    if _is_famous(run) and not run.role.startswith(("adult", "child")):
        return True
    if run.role == "thing":
        return not run.firsts and not run.middles
    return run.quoted and not run.middles and not run.initials


def _is_famous(run: Run) -> bool:
    """By the surname; where initials or names stand beside it, by their letters too."""
    beside = [one for one in (*run.initials, *run.firsts, *run.middles) if not _is_thing(one)]
    letters = "".join(one.text[0] for one in beside if one not in run.lasts)
    return any(is_famous(one.text, letters if one in run.lasts else "") for one in run.lasts or run.words)


def _is_thing(token: Token) -> bool:
    """«Роман Достоевского» at the beginning of a sentence is a book."""
    return token.opens and bool(_lemmas(plain(token.text)) & set(words_of("things.txt")))


def _by_parts(run: Run) -> str:
    whole = len(run.firsts) + len(run.middles) + len(run.lasts) + len(run.initials) > 1
    if run.middles and (whole or not run.middles[0].known.common):
        return "Имя и отчество." if run.firsts else "Отчество."
    if run.initials and run.lasts and (len(run.initials) > 1 or run.lasts[0].known.named):
        return "Фамилия с инициалами."
    if run.firsts and run.lasts and any(one.known.named for one in run.lasts):
        return "Имя и фамилия."
    if run.firsts:
        return "Имя человека." if _is_first_name(run) else ""
    return "Похоже на фамилию." if _is_last_name(run) else ""


def _is_first_name(run: Run) -> bool:
    token = run.firsts[0]
    if token.known.place and run.before in _AT_A_PLACE:
        return False
    if token.known.common and token.opens:
        return run.deed or bool(run.initials)
    return True


def _is_last_name(run: Run) -> bool:
    token = next((one for one in run.lasts if one.known.last or one.known.shaped), None)
    if token is None or (token.known.place and (not token.known.last or run.before in _AT_A_PLACE)):
        return False
    sure = run.role in ("adult", "child") or plain(token.text).endswith(_OF_ADJECTIVES)
    return not token.known.common or (token.known.last and not token.opens and sure)


def _by_role(run: Run) -> str:
    """«учительница Мовсесян», «тьютор Аглая»: an unknown word with a capital, after who it is."""
    token = run.words[0]
    if not run.role.startswith(("adult", "child")) or token.opens or token.known.place or not token.capital:
        return ""
    animate = any("anim" in parse.tag for parse in morphology().parse(plain(token.text)))
    return (
        "Имя после слова о человеке." if not token.known.common or (animate and run.role == "adult") else ""
    )


def _kind(run: Run) -> Kind:
    """A pupil: after a word for a child, or a first name alone where no adult is named before it."""
    if run.role.startswith("child") and not run.middles:
        return Kind.PUPIL
    alone = run.firsts and not run.middles and not run.lasts and len(run.initials) < 2
    return Kind.PUPIL if alone and not run.role.startswith("adult") else Kind.NAME
