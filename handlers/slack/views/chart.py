"""How a few weeks of questions look: Slack's own chart, or bars of text; the words say the same."""

from collections.abc import Sequence

from bot.domain.copy import Copy
from bot.domain.numbers import Span
from bot.domain.program import long_date
from handlers.slack.views.blocks import Block, cut, words

CHART_TITLE = 50
LABEL = 20
LONGEST_BAR = 12
ANSWERED, OTHERS = "█", "░"


def weeks_lines(weeks: Sequence[Span], copy: Copy) -> tuple[str, ...]:
    """One sentence a week."""
    return tuple(_line(week, copy) for week in weeks)


def weeks_chart(weeks: Sequence[Span], copy: Copy) -> Block:
    """The same as Slack's chart block, which not every workspace has yet."""
    labels = [
        cut(copy.say("digest.chart_week", date=f"{w.begins:%b} {w.begins.day}"), LABEL)
        for w in weeks
    ]
    answered, others = [w.answered for w in weeks], [w.others for w in weeks]
    return {
        "type": "data_visualization",
        "title": cut(copy.say("digest.chart_title"), CHART_TITLE),
        "chart": {
            "type": "bar",
            "series": [
                _series(copy.say("digest.chart_answered"), labels, answered),
                _series(copy.say("digest.chart_others"), labels, others),
            ],
            "axis_config": {"categories": labels},
        },
    }


def weeks_bars(weeks: Sequence[Span], copy: Copy) -> Block:
    """The same as bars of text, each behind the numbers that it shows."""
    most = max((week.asked for week in weeks), default=0)
    lines = [f"{_line(week, copy)} {_bar(week, most)}".rstrip() for week in weeks]
    return words("\n".join([copy.say("digest.bars", answered=ANSWERED, others=OTHERS), *lines]))


def _line(week: Span, copy: Copy) -> str:
    return copy.say(
        "digest.week" if week.asked else "digest.week_quiet",
        date=long_date(week.begins),
        asked=f"{week.asked:,}",
        answered=f"{week.answered:,}",
    )


def _series(name: str, labels: Sequence[str], values: Sequence[int]) -> Block:
    points = zip(labels, values, strict=True)
    return {"name": name, "data": [{"label": label, "value": value} for label, value in points]}


def _bar(week: Span, most: int) -> str:
    answered, others = _length(week.answered, most), _length(week.others, most)
    return ANSWERED * answered + OTHERS * others


def _length(number: int, most: int) -> int:
    # Something that is there is seen, however small beside the rest.
    return max(1, round(number * LONGEST_BAR / most)) if number else 0
