"""What the room hands out: T-11, T-12 and the table of programmes."""

from portal.pair_work.access import programme_for
from portal.pair_work.exports.programmes import programme_form, programme_name
from portal.pair_work.exports.tables import meetings_table, programmes_table
from portal.papers.kinds import PaperKind

PROGRAMME_PAPER = PaperKind(
    "T-11",
    "Персонализированная программа",
    "programme",
    ("approve", "continue", "complete"),
    door=programme_for,
    form=programme_form,
    draft="Проект: действует после утверждения",
    name=programme_name,
)

__all__ = ["PROGRAMME_PAPER", "meetings_table", "programme_form", "programmes_table"]
