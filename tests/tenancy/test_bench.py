"""The bench of a thousand schools still works: all its parts in a small city, once, whatever the numbers."""

import tempfile
from collections.abc import Iterator

import psycopg
import pytest

from tests import database
from tests.bench.city.figures import Figure, dearer, faster, grown, heard, table

SIZE = "4"


@pytest.fixture
def city() -> Iterator[str]:
    """A clone; the roles of the schools that are opened in it belong to the server and go with it."""
    name = database.new_name()
    database.clone(name)
    try:
        yield name
    finally:
        roles = opened(name)
        database.drop(name)
        database.run_as_superuser(*(f'DROP ROLE "{role}"' for role in roles))


def opened(name: str) -> list[str]:
    with psycopg.connect(database.owner_url(name)) as owner:
        rows = owner.execute(
            "SELECT s.schema_name FROM tenants_school s JOIN pg_roles r ON r.rolname = s.schema_name "
            "WHERE s.code LIKE 'b%'"
        )
        return [role for (role,) in rows]


def test_every_part_of_the_bench_says_its_figures(city: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        opening = run("tests.bench.city.opening", city, SIZE, folder, "1", "--owner")
    said = [*opening, *run("tests.bench.city", city, SIZE)]
    words = {figure.what.split(",")[0] for figure in said}
    assert words >= {
        "opening a school",
        "a deploy with nothing to do",
        "a deploy with one column",
        "sweep of an idle city",
        "sweep where every twentieth school has mail",
        "the work of a night",
        "a web process that has met all schools",
        "home of anna",
        "page of the search",
        "city's page",
        "signed in",
        "an API call",
    }


def run(module: str, name: str, *arguments: str) -> list[Figure]:
    done = database.run_module(module, name, *arguments)
    assert done.returncode == 0, done.stderr[-3000:]
    return list(heard(done.stdout))


def test_the_table_puts_sizes_side_by_side_and_says_what_was_missed() -> None:
    figures = [
        faster("opening", 10, ours=0.1, peer=0.5, at_least=8),
        faster("opening", 1000, ours=0.1, peer=0.5, at_least=8),
        faster("deploy", 1000, ours=2, peer=300, at_least=100),
    ]
    rows = table(figures).splitlines()
    slow = "100 ms against 500 ms: 5× faster"
    assert rows[0] == "|  | 10 schools | 1000 schools | aim |  |"
    assert rows[2:] == [
        f"| opening | {slow} | {slow} | ≥ 8× | **missed** |",
        "| deploy |  | 2 s against 300 s: 150× faster | ≥ 100× | met |",
    ]


def test_a_page_is_judged_beside_the_smallest_city() -> None:
    figures = [
        dearer("page, of the shell", size, ours, 0.01, None) for size, ours in ((1000, 0.2), (10, 0.1))
    ]
    told = grown(figures, "page, of the shell", 1.5)
    assert [(figure.schools, figure.shown, figure.met) for figure in told] == [
        (10, "×1", True),
        (1000, "×2", False),
    ]
