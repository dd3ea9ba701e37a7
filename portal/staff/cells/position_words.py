"""How schools write positions in their tables: as the list of the city says; what is shortened with a dot
(«соц. педагог») needs no line.
"""

from functools import lru_cache

from portal.municipality.reference import Catalogue, positions
from portal.staff.cells.phrases import Phrases


def position_phrases() -> Phrases:
    """Titles and other words of the positions of today."""
    return _phrases_of(positions())


@lru_cache(maxsize=8)
def _phrases_of(known: Catalogue) -> Phrases:
    return Phrases({code: [entry.title, *entry.words] for code, entry in known.entries.items()})


FOLLOWED = {
    "principal": ("школы", "гимназии", "лицея", "сош", "мбоу", "маоу", "учреждения", "оу"),
    "deputy": ("по", "увр", "вр", "ур", "ахч", "ахр", "нмр", "умр", "школы"),
    "educator": ("гпд", "группы", "в", "дошкольной", "интерната"),
    "extra_teacher": ("по",),
    "methodist": ("по",),
    "senior_methodist": ("по",),
    "tutor": ("по",),
    "trainer": ("по",),
    "lab_assistant": ("кабинета", "по"),
    "upbringing_adviser": ("по",),
    "assistant": ("по",),
}
"""Words after which the rest of the name only says of what: «по УВР» is kept nowhere."""
DUTIES = Phrases(
    {
        "duty": [
            "классный руководитель",
            "классное руководство",
            "кл рук",
            "кл руководитель",
            "руководитель шмо",
            "руководитель мо",
            "рук шмо",
            "рук мо",
            "руководитель методического объединения",
            "руководитель школьного методического объединения",
            "председатель профкома",
            "председатель ппо",
            "наставник",
            "молодой специалист",
            "молодой педагог",
            "совместитель",
            "внешний совместитель",
            "внутренний совместитель",
            "совм",
            "внеш совм",
            "внутр совм",
            "по совместительству",
            "внешнее совместительство",
            "внутреннее совместительство",
            "декрет",
            "основной",
            "основная",
            "осн",
            "почасовик",
        ]
    }
)
"""What stands among positions and is none."""
