"""Logs: events with keys, one line each. Never message text, names or tokens."""

import logging
import sys

import structlog

# At DEBUG these print whole requests, at INFO some print bodies with their signature.
QUIET = ("slack_bolt", "slack_sdk", "aiohttp", "asyncio")


def set_up(level: str, *, json: bool = False) -> None:
    """Write to standard error, so that standard output stays a command's answer."""
    number = logging.getLevelNamesMapping()[level.upper()]
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    renderer = (
        structlog.processors.JSONRenderer()
        if json or not sys.stderr.isatty()
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def logger() -> structlog.typing.FilteringBoundLogger:
    """A logger; call it with an event name and keys."""
    bound: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return bound
