"""`manage.py print_docs`: papers from the tables of the code. `--check` only says which are stale; a name
prints one to the output.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import papers


class Command(BaseCommand):
    help = "Печатает docs/permissions.md, workflows.md, data.md, letters.md и openapi.yaml"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paper", nargs="?", choices=sorted(papers.PAPERS))
        parser.add_argument("--check", action="store_true", help="не писать, а сказать, что устарело")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._answer(options["paper"], options["check"])
        except ValueError as lost:
            raise CommandError(str(lost)) from lost

    def _answer(self, paper: str | None, check: bool) -> None:
        if paper:
            self.stdout.write(papers.PAPERS[paper][1](), ending="")
        elif not check:
            self.stdout.write("\n".join(papers.print_all()))
        elif stale := papers.stale():
            raise CommandError("Устарели: " + ", ".join(stale) + ". Напечатайте заново: make docs")
