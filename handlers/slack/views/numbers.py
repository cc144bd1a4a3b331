"""The chapter's numbers: each with what it counts, in words; and the same as a table."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.copy import Copy
from bot.domain.numbers import FEWEST, PERIODS, Numbers, Span, Topic
from bot.domain.program import long_date
from bot.domain.spreadsheet import csv_bytes
from handlers.slack.views.blocks import (
    Attachment,
    Block,
    Message,
    actions,
    button,
    cut,
    header,
    message,
    numbered,
    quiet,
    words,
)

SHOWN_MONTHS = 12
SHOWN_TOPICS = 8
LONGEST_TOPIC = 60
STAGES = ("asked", "checked", "handed_off", "applying", "certified")


def numbers_message(found: Numbers, copy: Copy) -> Message:
    """The numbers of one period, with the way to the other periods and to the file."""
    title = copy.say(f"numbers.title_{found.period}", date=long_date(found.since))
    texts = [
        "\n".join(_questions(found, copy)),
        "\n".join(_months(found, copy)),
        "\n".join(_desk(found, copy)),
        "\n".join(_funnel(found, copy)),
        "\n".join(_topics(found, copy)),
    ]
    definition = copy.say("numbers.definition")
    said = [text for text in texts if text]
    blocks = [
        header(title),
        words(said[0]),
        quiet(definition),
        *map(words, said[1:]),
        _periods(found, copy),
    ]
    return message("\n\n".join([title, said[0], definition, *said[1:]]), blocks)


def on_its_way_message(copy: Copy) -> Message:
    """The file comes in the direct conversation."""
    text = copy.say("numbers.on_its_way")
    return message(text, [words(text)])


def export_message(found: Numbers, copy: Copy) -> Message:
    """The numbers as a table: one number in a row."""
    period = copy.say(f"numbers.title_{found.period}", date=long_date(found.since))
    text = f"{period}\n{copy.say('numbers.definition')}"
    head = [copy.say(f"numbers.column_{name}") for name in ("what", "of", "number")]
    rows = [(what, of, str(number)) for what, of, number in _rows(found, copy)]
    file = Attachment(
        f"clm-numbers-{found.today.isoformat()}.csv",
        csv_bytes([head, *rows]),
        period,
        copy.say("numbers.table_alt"),
    )
    return replace(message(text, [words(text)]), files=(file,))


def _questions(found: Numbers, copy: Copy) -> Iterator[str]:
    yield copy.say("numbers.asked", number=f"{found.asked:,}")
    yield copy.say("numbers.answered", number=f"{found.answered:,}", asked=f"{found.asked:,}")
    if found.gone.asked:
        yield copy.say(
            "numbers.gone", asked=f"{found.gone.asked:,}", answered=f"{found.gone.answered:,}"
        )


def _months(found: Numbers, copy: Copy) -> Iterator[str]:
    if len(found.months) > 1:
        yield copy.say("numbers.by_month")
        for month in reversed(found.months[-SHOWN_MONTHS:]):
            if month.asked or month.begins == found.months[-1].begins:
                yield _month(month, copy)
        if len(found.months) > SHOWN_MONTHS:
            yield copy.say("numbers.earlier")


def _month(month: Span, copy: Copy) -> str:
    return copy.say(
        "numbers.month",
        month=f"{month.begins:%B %Y}",
        asked=f"{month.asked:,}",
        answered=f"{month.answered:,}",
    )


def _desk(found: Numbers, copy: Copy) -> Iterator[str]:
    yield copy.say(
        "numbers.votes", helpful=f"{found.votes.helpful:,}", wrong=f"{found.votes.wrong:,}"
    )
    yield copy.say("numbers.requests", number=f"{found.requests:,}")
    days = None if found.reply_days is None else str(found.reply_days)
    yield copy.say("numbers.replies", days=days)


def _funnel(found: Numbers, copy: Copy) -> Iterator[str]:
    yield copy.say("numbers.people")
    for stage in STAGES:
        number = f"{getattr(found.funnel, stage):,}"
        yield copy.say("numbers.stage", stage=copy.say(f"numbers.stage_{stage}"), number=number)


def _topics(found: Numbers, copy: Copy) -> Iterator[str]:
    if not found.topics:
        return
    yield copy.say("numbers.topics", people=str(FEWEST))
    named = [topic for topic in found.topics if topic.name]
    others = sum(topic.times for topic in found.topics if not topic.name)
    for topic in named[:SHOWN_TOPICS]:
        name = cut(_name(topic, copy), LONGEST_TOPIC)
        yield copy.say("numbers.topic", topic=name, number=f"{topic.times:,}")
    if len(named) > SHOWN_TOPICS:
        yield copy.say("numbers.more_topics")
    if others:
        name = copy.say("numbers.others")
        yield copy.say("numbers.topic", topic=name, number=f"{others:,}")


def _name(topic: Topic, copy: Copy) -> str:
    return topic.name or copy.say("numbers.others")


def _rows(found: Numbers, copy: Copy) -> Iterator[tuple[str, str, int]]:
    for month in found.months:
        yield copy.say("numbers.row_asked"), f"{month.begins:%Y-%m}", month.asked
        yield copy.say("numbers.row_answered"), f"{month.begins:%Y-%m}", month.answered
    if found.gone.asked:
        yield copy.say("numbers.row_gone_asked"), "", found.gone.asked
        yield copy.say("numbers.row_gone_answered"), "", found.gone.answered
    yield copy.say("numbers.row_helpful"), "", found.votes.helpful
    yield copy.say("numbers.row_wrong"), "", found.votes.wrong
    yield copy.say("numbers.row_requests"), "", found.requests
    if found.reply_days is not None:
        yield copy.say("numbers.row_reply_days"), "", found.reply_days
    for stage in STAGES:
        people = copy.say("numbers.row_people")
        yield people, copy.say(f"numbers.stage_{stage}"), getattr(found.funnel, stage)
    for topic in found.topics:
        yield copy.say("numbers.row_topic"), _name(topic, copy), topic.times


def _periods(found: Numbers, copy: Copy) -> Block:
    others = [
        button(copy.say(f"numbers.show_{period}"), numbered("numbers.show", at), period)
        for at, period in enumerate(PERIODS)
        if period != found.period
    ]
    return actions(*others, button(copy.say("numbers.export"), "numbers.export", found.period))
