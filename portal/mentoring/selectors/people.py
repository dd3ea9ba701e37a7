"""Words about a person of a pair."""

from portal.staff.models import Employee


def line_about(person: Employee) -> str:
    """«высшая категория, стаж 21 год»."""
    stage = person.ped_stage_years
    words = [str(person.get_category_display()) if person.category in ("none", "szd") else f"{person.get_category_display()} категория"]
    if stage is not None:
        words.append("первый год" if stage < 1 else f"стаж {stage:g} лет".replace(".", ","))
    return ", ".join(words)


def note_about(person: Employee) -> str:
    """«учитель математики, высшая категория, стаж 21 лет»: under the name on a pair's page."""
    return ", ".join(part for part in (person.position_title, line_about(person)) if part)
