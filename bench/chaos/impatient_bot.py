"""`clm run`, only that it gives up, tries again and reconnects sooner.

Nothing but waiting times differs from the product, so that a time-out does not cost ten seconds
each of hundreds of times: `python -m bench.chaos.impatient_bot`.
"""

from functools import partial

import aiohttp

import bot.services.outbox
import handlers.slack.connection
import handlers.slack.serve
from bot.cli import main
from bot.domain.notices import retry_delay

GIVES_UP_S = 1.2
"""Longer than the second that a profile may take, so that this limit is met as well."""
FIRST_RETRY_S, LONGEST_RETRY_S = 0.05, 1.0
PING_S, WATCH_S = 0.5, 0.2


def hasten() -> None:
    handlers.slack.serve.TIMEOUT = aiohttp.ClientTimeout(total=GIVES_UP_S)
    handlers.slack.connection.PING_EVERY = PING_S
    handlers.slack.connection.WATCH_EVERY = WATCH_S
    bot.services.outbox.retry_delay = partial(
        retry_delay, first=FIRST_RETRY_S, longest=LONGEST_RETRY_S
    )


if __name__ == "__main__":
    hasten()
    main(["run"])
