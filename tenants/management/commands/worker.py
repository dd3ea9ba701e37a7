"""`manage.py worker`: jobs of schools and city, and the post. `--owner`: opening and migrating schools, as
the owner.
"""

import logging
import threading
from typing import Any, cast
from uuid import UUID

import psycopg
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from tenants import post
from tenants.rescue import rescue_stalled

log = logging.getLogger("estafeta.worker")


class Command(BaseCommand):
    help = "Фоновая работа: задания, почта между контурами."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--owner", action="store_true", help="открытие школ, от имени владельца базы")
        parser.add_argument("--once", action="store_true", help="сделать то, что в очереди, и закончить")

    def handle(self, *args: Any, owner: bool, once: bool, **options: Any) -> None:
        queues = ["owner"] if owner else ["school", "city"]
        _take_over()
        if not owner and not once:
            threading.Thread(target=_listen, daemon=True).start()
        with app.replace_connector(cast(DjangoConnector, app.connector).get_worker_connector()) as working:
            working.run_worker(
                queues=queues,
                concurrency=1 if owner else 2,
                wait=not once,
                listen_notify=not once,
                install_signal_handlers=True,
            )


def _take_over() -> None:
    """What dead workers have left. A trouble with it stops nobody: it is asked again each minute."""
    try:
        rescue_stalled()
    except Exception:
        log.exception("the jobs of dead workers could not be looked through")
    finally:
        connection.close()


def _listen() -> None:
    """Hear of letters at commit and deliver them at once; the sweep of each minute is the second ear."""
    while True:
        try:
            _listen_until_lost()
        except Exception:
            log.exception("the ear of the post was lost, listening again")
            close_old_connections()
            threading.Event().wait(2)


def _listen_until_lost() -> None:
    params = connection.get_connection_params() | {"autocommit": True}
    params.pop("cursor_factory", None)
    with psycopg.connect(**params) as ear:
        ear.execute("LISTEN post")
        post.deliver_everything()
        for notice in ear.notifies():
            close_old_connections()
            post.deliver(None if notice.payload == "city" else UUID(notice.payload))
