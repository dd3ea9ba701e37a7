"""Structured logs: school, actor and request number; never names, addresses or texts of people."""

import logging.config
from typing import Any

import structlog

from portal.audit.journal import request_id


def _where(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    event["request"] = request_id.get() or None
    return {key: value for key, value in event.items() if value is not None}


def configure(*, json: bool, level: str) -> None:
    """Send everything through structlog to standard error, as JSON or as lines."""
    shared: list[Any] = [structlog.contextvars.merge_contextvars, structlog.stdlib.add_log_level, structlog.stdlib.ExtraAdder(),
                         structlog.processors.TimeStamper(fmt="iso", utc=True), _where]  # fmt: skip
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False) if json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
                        logger_factory=structlog.stdlib.LoggerFactory(), cache_logger_on_first_use=True)  # fmt: skip
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "foreign_pre_chain": shared,
                 "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.format_exc_info, renderer]}  # fmt: skip
    logging.config.dictConfig({
        "version": 1, "disable_existing_loggers": False,
        "formatters": {"house": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "house"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"estafeta": {"level": level}, "django.request": {"level": "ERROR"}, "procrastinate": {"level": "WARNING"}},
    })  # fmt: skip
