"""How schools write subjects in their tables: as the list of the city says; abbreviations with a dot
(«матем.») need no line.
"""

from functools import lru_cache

from portal.municipality.reference import Catalogue, subjects
from portal.staff.cells.phrases import Phrases

PAIRS: dict[str, tuple[str, ...]] = {
    way: codes
    for ways, codes in {
        "русский язык и литература|русского языка и литературы|рус яз и литература|русский и литература": (
            "russian",
            "literature",
        ),
        "родной язык и литература|родного языка и литературы|родной язык и родная литература|"
        "родного языка и родной литературы": ("native_language", "native_literature"),
        "история и обществознание|истории и обществознания": ("history", "social_studies"),
    }.items()
    for way in ways.split("|")
}
"""Names of two subjects in one phrase, where the parts alone would say something else."""


def subject_phrases() -> Phrases:
    """Titles, genitives and other words of the subjects of today."""
    return _phrases_of(subjects())


@lru_cache(maxsize=8)
def _phrases_of(known: Catalogue) -> Phrases:
    return Phrases(
        {code: [entry.title, entry.genitive, *entry.words] for code, entry in known.entries.items()}
    )


PAIR_PHRASES = Phrases(
    {",".join(codes): [way for way, said in PAIRS.items() if said == codes] for codes in PAIRS.values()}
)
FOREIGN = Phrases(
    {
        "foreign": [
            "иностранный язык",
            "иностранного языка",
            "ин яз",
            "ин язык",
            "иностранный",
            "инояз",
            "иностр яз",
            "иностранные языки",
            "иностранных языков",
            "второй иностранный язык",
        ]
    }
)
NO_SUBJECT = frozenset({"не ведет", "не преподает", "без предмета", "предмета нет", "не ведет предметов"})
