"""The chapter's numbers: counted anew each time, shown to the desk, taken along as a table."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.numbers import (
    Gone,
    Numbers,
    Period,
    Span,
    Topic,
    beyond,
    middle,
    midnight,
    months_of,
    scarce,
    spans_of,
    told_topics,
    weeks_of,
)
from bot.domain.numbers_judging import DAY_S, judged
from bot.domain.working_days import within
from bot.services.outbox import tell
from bot.services.roles import roster_of
from bot.services.standing import today
from bot.services.transaction import Transaction, reads, writes
from bot.store import counts, numbers

REPLIES = 1_000
"""The time to the first reply is that of the newest so many requests of a period."""

BEFORE = timedelta(seconds=DAY_S)

_QUESTIONS = ("answer", "clarify", "unknown")


@reads
def read(tx: Transaction, who: MemberRef, period: Period) -> Numbers | None:
    """The numbers of a period; None for somebody who may not see them (any more)."""
    if not roster_of(tx).may(who, "numbers"):
        return None
    zone, day = ZoneInfo(tx.bank.content.chapter.time_zone), today(tx)
    months = months_of(period, day, _first_day(tx, zone))
    since, until = midnight(months[0], zone), tx.now + timedelta(seconds=1)
    return Numbers(
        period=period,
        since=months[0],
        today=day,
        months=_spans(tx, months, zone),
        votes=numbers.votes(tx.db, tx.workspace, since, until),
        requests=numbers.requests(tx.db, tx.workspace, since, until),
        reply_days=_reply_days(tx, since, until, zone),
        funnel=numbers.funnel(tx.db, tx.workspace, since, until),
        topics=topics_of(tx, period),
        gone=_gone(tx) if period == "all" else Gone(0, 0),
    )


@writes
def ask_export(tx: Transaction, who: MemberRef, period: Period, key: str) -> bool:
    """Have the numbers sent as a table to their own conversation, once for each `key`; False when
    they may not see them."""
    if not roster_of(tx).may(who, "numbers"):
        return False
    tell(tx, Notice(tx.workspace, who, f"numbers_export:{key}", "numbers_export", period))
    return True


def weeks(tx: Transaction, zone: ZoneInfo, number: int) -> tuple[Span, ...]:
    """The questions of the last weeks, this one included, in somebody's own zone."""
    return _spans(tx, weeks_of(tx.now.astimezone(zone).date(), number), zone)


def topics_of(tx: Transaction, period: Period) -> tuple[Topic, ...]:
    """How often each topic was answered in a period: nothing that tells of a few people, also not
    when the period is taken from a longer one."""
    since, until = _begins(tx, period), tx.now + timedelta(seconds=1)
    earlier = {_begins(tx, longer) for longer in beyond(period)}
    before = (numbers.topics(tx.db, tx.workspace, begins, since) for begins in earlier)
    return told_topics(
        numbers.topics(tx.db, tx.workspace, since, until),
        {key: one.question for key, one in tx.bank.content.entries.items()},
        lambda entries: numbers.people_of(tx.db, tx.workspace, entries, since, until),
        frozenset().union(*map(scarce, before)),
    )


def _begins(tx: Transaction, period: Period) -> datetime:
    zone = ZoneInfo(tx.bank.content.chapter.time_zone)
    return midnight(months_of(period, today(tx), _first_day(tx, zone))[0], zone)


def _spans(tx: Transaction, days: Sequence[date], zone: ZoneInfo) -> tuple[Span, ...]:
    since = midnight(days[0], zone)
    # What came just before tells what the first questions belong to.
    found = numbers.events(tx.db, tx.workspace, since - BEFORE, tx.now + timedelta(seconds=1))
    return spans_of(judged(found), days, zone)


def _first_day(tx: Transaction, zone: ZoneInfo) -> date | None:
    first = numbers.first_asked(tx.db, tx.workspace)
    return first.astimezone(zone).date() if first else None


def _reply_days(tx: Transaction, since: datetime, until: datetime, zone: ZoneInfo) -> int | None:
    hours = tx.bank.content.chapter.working_hours
    found = numbers.first_replies(tx.db, tx.workspace, since, until, REPLIES)
    return middle([within(sent, replied, hours, zone) for sent, replied in found])


def _gone(tx: Transaction) -> Gone:
    kept = counts.of(tx.db, tx.workspace)

    def turns(*outcomes: str) -> int:
        return sum(
            number
            for what, number in kept.items()
            if what.split(":")[0] == "turn" and what.split(":")[1] in outcomes
        )

    return Gone(turns(*_QUESTIONS), turns("answer"))
