"""How a gap looks: what to earn by when, a bar for each category, and what is lost by waiting.

Every bar is decoration: the number stands in words beside it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from bot.domain.copy import Copy
from bot.domain.eligibility_rules import plain as number
from bot.domain.gap import CategoryGap, Gap, Leaving, ToldSum
from bot.domain.program import listed, long_date
from handlers.slack.views.blocks import Block, actions, button, cut, plain, words

CELLS = 10
FULL, HOLLOW = "■", "□"
TITLE = 60
"""Characters of a course's title in a line."""

SHOWN = 2
"""Courses named one by one; the rest are counted."""


def gap_texts(gap: Gap, today: date, copy: Copy) -> list[str]:
    """The gap in words, paragraph by paragraph."""
    rows = "\n".join(f"- {line}" for line in row_lines(gap, copy))
    return [needs_line(gap, today, copy), rows, *waiting_texts(gap, copy)]


def gap_blocks(gap: Gap, today: date, copy: Copy) -> list[Block]:
    """The gap as blocks: the sentence, the bars, and what is lost by waiting."""
    waiting = [words(text) for text in waiting_texts(gap, copy)]
    bars = words(barred((row_line(row, copy), row.share) for row in gap.rows))
    return [words(needs_line(gap, today, copy)), bars, *waiting]


def needs_line(gap: Gap, today: date, copy: Copy) -> str:
    """What to earn for the day, in one sentence."""
    day = None if gap.apply_on == today else long_date(gap.apply_on)
    if not gap.missing:
        return copy.say("gap.nothing", date=day)
    needs = listed(gap.missing_words)
    if not gap.is_told:
        return copy.say("gap.not_told", date=day, needs=needs)
    return copy.say("gap.needs", date=day, needs=needs)


def row_lines(gap: Gap, copy: Copy) -> list[str]:
    """Each category and all together: what is there of what is needed."""
    return [row_line(row, copy) for row in gap.rows]


def row_line(row: CategoryGap, copy: Copy) -> str:
    """One category in words."""
    return copy.say("gap.row", category=row_label(row, copy), hours=row_hours(row, copy))


def row_label(row: CategoryGap, copy: Copy) -> str:
    """The category's name as a heading, or that all are meant."""
    return f"{row.label[:1].upper()}{row.label[1:]}" if row.label else copy.say("gap.total")


def row_hours(row: CategoryGap, copy: Copy) -> str:
    """Counted hours beside those needed, and what they come to."""
    return copy.say(
        f"gap.row_{row.state}",
        counted=number(row.counted),
        needed=number(row.needed),
        missing=number(row.missing),
    )


def barred(rows: Iterable[tuple[str, float]]) -> str:
    """A line for each row with its share: the bars stand below one another, like a chart."""
    return "\n".join(f"{bar(share)} {line}" for line, share in rows)


def bar(share: float) -> str:
    """A share as full and hollow squares: full only when nothing lacks, empty only at nothing."""
    filled = min(max(int(share * CELLS), 1 if share > 0 else 0), CELLS)
    return FULL * filled + HOLLOW * (CELLS - filled)


def waiting_texts(gap: Gap, copy: Copy) -> list[str]:
    """Which hours the day itself costs, and which a later day would."""
    return [
        "\n".join([copy.say(key), *_leaving_lines(found, copy)])
        for key, found in (("gap.lost", gap.lost), ("gap.leaving", gap.leaving))
        if found
    ]


def _leaving_lines(found: Sequence[Leaving], copy: Copy) -> list[str]:
    """A line for each course, the first to go first; what one course gave stands together."""
    grouped = groupby(found, key=lambda one: (one.leaves_on, one.day, one.title, one.is_sum))
    courses = [list(parts) for _, parts in grouped]
    lines = [_course_line(parts, copy) for parts in courses[:SHOWN]]
    more = len(courses) - SHOWN
    return lines if more <= 0 else [*lines, copy.say("gap.more", count=str(more))]


def _course_line(parts: Sequence[Leaving], copy: Copy) -> str:
    one = parts[0]
    what = "gap.what_sum" if one.is_sum else "gap.what_titled" if one.title else "gap.what_untitled"
    return copy.say(
        "gap.leaves",
        hours=listed([part.words for part in parts]),
        what=copy.say(what, title=cut(one.title, TITLE), day=long_date(one.day)),
        date=long_date(one.leaves_on),
    )


def sums_text(sums: Sequence[ToldSum], copy: Copy) -> str:
    """The hours that were told in the check as sums, apart from the courses of the ledger."""
    lines = []
    for told in sums:
        key = "gap.sum_open" if told.is_open else "gap.sum"
        key = key if told.counts else "gap.sum_over"
        lines.append(copy.say(key, hours=told.words))
    return "\n".join([copy.say("gap.sums", date=long_date(sums[0].day)), *lines])


def sums_blocks(sums: Sequence[ToldSum], courses: int, copy: Copy) -> list[Block]:
    """The sums; beside courses in the ledger, with a button that takes them out."""
    if not sums:
        return []
    if not courses or not any(told.counts for told in sums):
        return [words(sums_text(sums, copy))]
    drop = button(copy.say("gap.drop_sums"), "gap.drop_sums")
    drop["confirm"] = {
        "title": plain(copy.say("gap.drop_title"), 100),
        "text": plain(copy.say("gap.drop_text"), 300),
        "confirm": plain(copy.say("gap.drop_yes"), 30),
        "deny": plain(copy.say("gap.drop_no"), 30),
    }
    return [words("\n".join([sums_text(sums, copy), copy.say("gap.both_count")])), actions(drop)]
