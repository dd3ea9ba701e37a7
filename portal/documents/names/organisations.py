"""Names of organisations in the genitive, as a proposal: a person looks at it once, and what was typed
wins.
"""

from portal.documents.names.grammar import Case
from portal.documents.names.posts import _head, _inflected

LAWFUL = ("муниципальн", "государственн", "частн", "областн", "автономн", "бюджетн", "казённ", "казенн")
"""With these a full name begins with a common word."""


def organisation_genitive(name: str) -> str:
    """«Школа № 5» → «школы № 5», «Муниципальное … учреждение «…»» → «муниципального … учреждения «…»».

    Only the head noun and what agrees with it change; an abbreviation («МБОУ «СШ № 5»») stays as it is.
    """
    words = name.split()
    for place, word in enumerate(words):
        bare = word.strip("()")
        parsed = [_head(part) for part in bare.split("-")]
        if not bare or not all(parsed):
            break
        words[place] = word.replace(
            bare,
            "-".join(
                _inflected(part, found, Case.GENITIVE)
                for part, found in zip(bare.split("-"), parsed, strict=True)
            ),
        )
        if any(found.tag.POS == "NOUN" for found in parsed):
            break
    text = " ".join(words)
    common = "№" in name.partition("«")[0] or name.lower().startswith(LAWFUL)
    return text[:1].lower() + text[1:] if common and not words[0].isupper() else text
