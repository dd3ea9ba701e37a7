"""Positions: one or several in a cell, with subjects, with «и.о.» and duties that are no positions."""

import re
from dataclasses import dataclass, field

from portal.core.text import whole_number
from portal.municipality.reference import TEACHER_POSITION, positions
from portal.staff.cells.answer import Answer, Post, asked, left_out
from portal.staff.cells.position_words import DUTIES, FOLLOWED, position_phrases
from portal.staff.cells.subject_words import FOREIGN
from portal.staff.cells.subjects import WHICH, subjects_of, words_of
from portal.staff.cells.text import NOTHING, Token, low, without_keep

_ACTING = re.compile(
    r"\b(?:и\.?\s?о\.?(?=[\s.])|врио\b|исполняющ[а-я]+ обязанности|в\.\s?р\.\s?и\.\s?о\.)\s*"
)
_RATE = re.compile(r"\(?\b\d(?:[.,]\d+)?\s*(?:ст\b\.?|став[а-я]*)\)?")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_PARTED = re.compile(r"\s*(?:[,;\n+]|/|\s-\s(?=учитель|педагог\s))\s*")
SUBJECTS_OF = "subjects"


@dataclass
class _Seen:
    """What the parts of a cell have said so far."""

    posts: list[Post] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    subject: str = ""

    def add(self, post: Post) -> None:
        before = next((place for place, had in enumerate(self.posts) if had.position == post.position), None)
        if before is None:
            self.posts.append(post)
            return
        subjects = dict.fromkeys((*self.posts[before].subjects, *post.subjects))
        self.posts[before] = Post(post.position, tuple(subjects))


def understand_position(text: str) -> Answer:
    """A tuple of posts, the main one first."""
    said = low(without_keep(text))
    if said in NOTHING:
        return Answer()
    seen = _Seen()
    if not _whole(said, seen):
        bare = _without_brackets(_without_rate(said, seen), seen)
        for part in filter(None, _PARTED.split(bare)):
            _read_part(part, seen)
    if not seen.posts or seen.unclear:
        return _question(text, seen)
    also = {SUBJECTS_OF: asked(seen.subject)} if seen.subject else {}
    return Answer(tuple(seen.posts), remarks=tuple(dict.fromkeys(seen.remarks)), also=also)


def _question(text: str, seen: _Seen) -> Answer:
    what = ", ".join(seen.unclear) or text.strip()
    proposals = [positions().title(post.position) for post in seen.posts]
    question = f"Должности «{what[:60]}» нет в списке. Выберите подходящую."
    return asked(question, ", ".join(proposals))


def _whole(said: str, seen: _Seen) -> bool:
    """The cell as one phrase: «ассистент (помощник)», «мастер п/о»."""
    found = position_phrases().of(words_of(said))
    if len(found) == 1:
        seen.add(Post(next(iter(found))))
    return len(found) == 1


def _without_rate(said: str, seen: _Seen) -> str:
    for rate in _RATE.findall(said):
        seen.remarks.append(left_out(rate.strip("() ")) + ": ставка берётся из своего столбца")
    return _RATE.sub(" ", said)


def _without_brackets(said: str, seen: _Seen) -> str:
    for words in _BRACKETS.findall(said):
        if words.strip():
            seen.remarks.append(left_out(words.strip()))
    return _BRACKETS.sub(" ", said)


def _read_part(part: str, seen: _Seen) -> None:
    tokens = words_of(_ACTING.sub(" ", part))
    if _ACTING.search(part):
        seen.remarks.append("Исполняет обязанности: должность записываем, пометку нет")
    if _duty(tokens):
        seen.remarks.append(left_out(part))
        return
    found, rest = position_phrases().begins(tokens)
    if len(found) == 1:
        _read_rest(next(iter(found)), rest, part, seen)
    elif seen.posts and seen.posts[-1].position == TEACHER_POSITION and (more := subjects_of(part)):
        seen.add(Post(TEACHER_POSITION, more))
    else:
        seen.unclear.append(part)


def _read_rest(code: str, rest: tuple[Token, ...], part: str, seen: _Seen) -> None:
    """What follows the name of a position: subjects, «по УВР», another position after «и»."""
    if code == TEACHER_POSITION and rest:
        _read_subjects(rest, part, seen)
        return
    if not rest or _of_what(code, rest):
        seen.add(Post(code))
        if rest:
            seen.remarks.append(left_out(_said(rest)))
        return
    if rest[0].word == "и" and position_phrases().begins(rest[1:])[0]:
        seen.add(Post(code))
        _read_part(_said(rest[1:]), seen)
        return
    if _duty(rest):
        seen.add(Post(code))
        seen.remarks.append(left_out(_said(rest)))
        return
    seen.add(Post(code))
    seen.unclear.append(part)


def _of_what(code: str, rest: tuple[Token, ...]) -> bool:
    first = rest[0]
    return first.word in FOLLOWED.get(code, ()) or whole_number(first.word) is not None or first.word == "№"


def _duty(rest: tuple[Token, ...]) -> bool:
    """A duty, of a class or of an association: «кл. рук. 2А»."""
    bare = rest[1:] if rest and rest[0].word == "и" else rest
    found, after = DUTIES.begins(bare)
    return bool(found) and len(after) <= 2


def _read_subjects(rest: tuple[Token, ...], part: str, seen: _Seen) -> None:
    words = _said(rest)
    subjects = subjects_of(words)
    if subjects:
        seen.add(Post(TEACHER_POSITION, subjects))
    elif FOREIGN.of(rest):
        seen.add(Post(TEACHER_POSITION))
        seen.subject = WHICH
    elif _duty(rest):
        seen.add(Post(TEACHER_POSITION))
        seen.remarks.append(left_out(words))
    elif rest[0].word == "и" and position_phrases().begins(rest[1:])[0]:
        seen.add(Post(TEACHER_POSITION))
        _read_part(_said(rest[1:]), seen)
    else:
        seen.add(Post(TEACHER_POSITION))
        seen.subject = f"Предмета «{words[:60]}» нет в списке. Выберите подходящий или оставьте пустым."


def _said(tokens: tuple[Token, ...]) -> str:
    return " ".join(token.word + "." * token.cut for token in tokens)
