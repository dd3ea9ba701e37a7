"""Each component looks as it did: its markup is kept in snapshots/. After a wanted change: UPDATE_SNAPSHOTS=1
pytest tests/ui.
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines

from portal.ui import samples
from portal.ui.parts import Empty

SNAPSHOTS = Path(__file__).parent / "snapshots"
COMPONENTS = Path(samples.__file__).parent / "templates/ui/components"
PARTS_OF_OTHERS = {"field_hint", "field_error", "due", "fact", "lanes", "unmet"}

SAMPLES = {
    "button": '{% ui "button" label="Утвердить программу" kind="primary" %}{% ui "button" label="Папка" '
    'url="/x/" icon="file-zip" wide=True %}',
    "next": '{% ui "next" steps=steps %}',
    "attention": '{% ui "attention" items=concerns %}',
    "rows": '{% ui "rows" items=rows %}',
    "wait": '{% ui "wait" steps=waits %}',
    "state": '{% ui "state" word="срочно" kind="bad" %}{% ui "state" word="черновик" plain=True %}',
    "lane": '{% ui "lane" steps=lane label="Практика" %}{% ui "lane" steps=stopped label="Пара" %}{% ui '
    '"lane" steps=long_lane label="Школа" %}',
    "avatar": '{% ui "avatar" name="Кравцов Борис Ильич" role="mentor" size="sm" %}',
    "person": '{% ui "person" name="Кравцов Борис Ильич" note="учитель" over="наставник" role="mentor" '
    'url="/p/" %}',
    "duo": '{% ui "duo" mentor="Кравцов Борис" mentee="Соколова Вера" %}',
    "pair_head": '{% ui "pair_head" mentor="Кравцов Борис" mentee="Соколова Вера" '
    'mentee_word="наставляемая" %}',
    "sheet": '{% component "sheet" title="Ваша пара" id="pair" foot_url="/p/" foot_label="Открыть" '
    "%}<p>Текст</p>{% endcomponent %}",
    "facts": '{% ui "facts" rows=facts %}{% component "facts" stacked=True %}{% ui "fact" name="Цель" '
    'value="вырасти" %}{% ui "fact" name="Связь" value="" %}{% component "fact" name="Чат" %}<b>есть</b>'
    "{% endcomponent %}{% endcomponent %}",
    "notice": '{% component "notice" kind="advice" title="Вы давно не были на уроках" %}<div '
    'class="btn-row"></div>{% endcomponent %}',
    "why": '{% ui "why" words="Педагог ушёл в отпуск" what="отклонена" %}{% ui "why" words="" what="нет" %}',
    "toast": '{% ui "toast" text="Встреча записана" %}',
    "empty": '{% ui "empty" title="Пар пока нет" text="Почему" url="/n/" button="Записать" lanes=True %}',
    "err_sum": '{% ui "err_sum" form=bad.form %}',
    "field": '{% for field in bad.form %}{% ui "field" field=field sees="вы" %}{% endfor %}',
    "form": '{% ui "form" form=sample.form submit="Записать встречу" cancel_url="/" %}',
    "sees": '{% ui "sees" who="вы и куратор" %}{% ui "sees" only_me=True %}',
    "file": '{% ui "file" name="Приказ" url="/f/" note="PDF, 1,2 МБ" %}',
    "moves": '{% ui "moves" offers=offers url="/move/" version=3 %}',
    "hand": '{% ui "hand" place="Школа № 5" title="Передать практику" goes=goes stays=stays '
    'submit="Передать в город" version=2 %}',
    "ticks": '{% ui "ticks" items=ticks %}{% ui "ticks" words=goes %}',
    "chart": '{% ui "chart" kind="line" title="Охват" finding="Охват 84 %." table=line_chart %}',
    "journal": '{% ui "journal" lines=journal %}',
    "steps": '{% ui "steps" items=practice_steps %}',
    "progress": '{% ui "progress" value=5 max=7 label="Дела" %}{% ui "progress" value=5 max=7 label="Дела" '
    "plain=True %}",
    "kpis": '{% ui "kpis" items=kpis %}',
    "glance": '{% ui "glance" glance=glance %}',
    "advice": '{% ui "advice" advice=advice %}',
    "details": '{% component "details" title="Добавить" %}<p>Тело</p>{% endcomponent %}',
    "dialog": '{% component "dialog" id="stop" title="Прекратить?" text="Навсегда" opener="Прекратить" '
    "%}<form></form>{% endcomponent %}",
    "jump": '{% ui "jump" links=jump %}',
    "section_head": '{% ui "section_head" title="Встречи" id="m" note="8 из 24" url="/m/" link="Все" %}',
    "crumbs": '{% ui "crumbs" links=links here="Кравцов" %}',
    "filters": '{% ui "filters" list=list %}',
    "chips": '{% ui "chips" chips=list.chips reset=list.path %}',
    "sort": '{% ui "sort" list=list key="name" %}{% ui "sort" list=list key="day" %}',
    "pager": '{% ui "pager" list=list %}{% ui "pager" here=2 previous="/bank/" following="/bank/?page=3" %}',
    "search_box": '{% ui "search_box" url="/s/" q="наставники" hint="Как сказали бы коллеге" %}',
    "facets": '{% ui "facets" facets=facets %}',
    "versions": '{% ui "versions" differences=differences %}',
}


class TwoPages:
    """A list as the components see it."""

    path, sort_key, number, previous_url, next_url = "/pairs/", "name", 1, "", "/pairs/?page=2"
    pages = [(1, "/pairs/"), (2, "/pairs/?page=2"), (0, ""), (9, "/pairs/?page=9")]
    form = None
    chips = [("Действуют", "/pairs/")]
    sorts = {
        "name": {"label": "Имя", "url": "?sort=-name", "direction": "up"},
        "day": {"label": "День", "url": "?sort=day", "direction": ""},
    }
    nothing = Empty("Пусто")


def printed(source: str, request: HttpRequest, context: dict[str, Any]) -> str:
    html = engines["django"].from_string("{% load ui %}" + source).render(context, request)
    html = re.sub(r'name="(csrfmiddlewaretoken|repeat_key)" value="[^"]*"', r'name="\1" value="…"', html)
    # How a template is indented is its own affair: only air between words counts.
    html = re.sub(r"[ \n]+", " ", html).replace(" >", ">")
    html = re.sub(r" (?=</)", "", re.sub(r"(<(?!small|span)[a-z][^<>]*>) ", r"\1", html))
    return re.sub(r">\s*<", ">\n<", html).strip() + "\n"


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_component_is_as_kept(name: str, request_of_anna: HttpRequest) -> None:
    html = printed(
        SAMPLES[name], request_of_anna, {**samples.page_context(request_of_anna), "list": TwoPages()}
    )
    kept = SNAPSHOTS / f"{name}.html"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        kept.write_text(html)
    assert html == kept.read_text()


@pytest.mark.parametrize("path", sorted(COMPONENTS.glob("*.html")), ids=lambda path: path.stem)
def test_component_has_a_contract_and_no_inline_style(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("{% comment %}")
    assert "style=" not in text
    assert "onclick" not in text


def test_every_component_has_a_snapshot() -> None:
    assert {path.stem for path in COMPONENTS.glob("*.html")} - PARTS_OF_OTHERS == set(SAMPLES)
