"""Every word of the customer's document stands in the municipal template, in order; slips are mended by a
list.
"""

import re
from pathlib import Path

import pytest

from portal.local_acts import polozhenie

SEED = Path(__file__).parents[2] / "docs" / "seed" / "polozhenie.txt"


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def seed_text() -> str:
    text = re.sub(r"\s+", " ", SEED.read_text(encoding="utf-8"))
    text = re.sub(r"(?<=[а-яё])- (?=[а-яё])", "-", text)  # a compound word broken at the end of a line
    for correction in polozhenie.load_template().corrections:
        wanted = re.sub(r"(?<=[а-яё])- (?=[а-яё])", "-", correction.seed)
        assert wanted in text, f"{correction.id}: in the seed there is no «{correction.seed}»"
        text = text.replace(wanted, correction.text, 1)
    return text


def template_text(act: polozhenie.Polozhenie) -> str:
    parts = [act.title]
    for chapter in act.chapters:
        parts.append(f"{chapter.id}. {chapter.title}")
        parts += [f"{paragraph.number} {paragraph.text}" for paragraph in chapter.paragraphs]
    return " ".join(parts)


def test_every_word_of_the_seed_is_in_the_template_in_order() -> None:
    act = polozhenie.load_template()
    assert words(template_text(act.filled(act.sample_values))) == words(seed_text())


def test_ids_are_unique_and_the_known_ones_are_there() -> None:
    act = polozhenie.load_template()
    ids = [paragraph.id for paragraph in act.paragraphs()]
    assert len(ids) == len(set(ids))
    assert [chapter.id for chapter in act.chapters] == list("12345678")
    assert "мониторинг эффективности" in act.paragraph("6.1.cur.3").text
    assert "банка лучших практик" in act.paragraph("6.1.shmo.9").text
    assert act.paragraph("8.3.2").text == "высокая нагрузка на наставников и наставляемых;"
    assert [number for number in ids if re.fullmatch(r"6\.1\.cur\.\d", number)] == [
        f"6.1.cur.{n}" for n in range(1, 8)
    ]
    assert [number for number in ids if re.fullmatch(r"4\.1\.\d", number)] == [
        f"4.1.{n}" for n in range(1, 5)
    ]


def test_every_placeholder_is_declared_used_and_filled() -> None:
    act = polozhenie.load_template()
    everything = template_text(act)
    assert set(polozhenie.PLACEHOLDER.findall(everything)) == set(act.placeholders) == set(act.sample_values)
    assert "{" not in template_text(act.filled(act.sample_values))
    assert "Смоленска" not in everything
    with pytest.raises(KeyError):
        act.filled({"school_genitive": "школы № 5"})


def test_a_name_with_braces_is_only_text() -> None:
    assert polozhenie.fill("для {school_genitive}", {"school_genitive": "{city}"}) == "для {city}"
