"""How a member's standing looks: in `/clm status`, in a DM, and in the Home tab."""

from datetime import date

from bot.domain.copy import Copy
from bot.domain.eligibility import RuleResult
from bot.domain.program import Season, long_date
from bot.domain.standing import NextStep, Standing
from handlers.slack.views.blocks import Block, Message, actions, button, header, message, words
from handlers.slack.views.gap import gap_blocks, gap_texts, sums_blocks, sums_text
from handlers.slack.views.handoff_ticket import ticket_line
from handlers.slack.views.plan import plan_buttons, plan_texts
from handlers.slack.views.recertification import pace_blocks, pace_texts
from handlers.slack.views.seasons import exam_days

TOLD_BY_BARS = frozenset({"education_total", "education_categories"})
"""Rules of which the bars below say better what is missing; of a specialist's extra hours they
leave out that ALA decides which subjects count."""

SEASONS = 4
"""How many seasons are named; the others are among all dates."""

NEXT: dict[NextStep, tuple[str, str]] = {
    "check": ("eligibility.open", "status.next_check"),
    "resume": ("eligibility.open", "status.next_resume"),
    "recheck": ("eligibility.open", "status.next_recheck"),
    "hours": ("ledger.add", "status.next_hours"),
    "chair": ("handoff.open", "status.next_chair"),
    "write": ("handoff.open", "status.next_write"),
}


def standing_message(standing: Standing, copy: Copy) -> Message:
    """The standing as a message."""
    blocks = [header(copy.say("status.title")), *standing_blocks(standing, copy)]
    text = "\n\n".join([copy.say("status.title"), *standing_texts(standing, copy)])
    return message(text, blocks)


def standing_texts(standing: Standing, copy: Copy) -> list[str]:
    """The standing in words, paragraph by paragraph; a holder's is how they keep the CLM."""
    if standing.keeping is not None:
        return [*pace_texts(standing.keeping, copy), _request_text(standing, copy)]
    return [
        *_check_texts(standing, copy),
        *hours_texts(standing, copy),
        _dates_text(standing, copy),
        _request_text(standing, copy),
    ]


def standing_blocks(standing: Standing, copy: Copy, *, dates: bool = True) -> list[Block]:
    """The standing as blocks, with one next step; the next dates unless shown elsewhere."""
    if standing.keeping is not None:
        *blocks, buttons = pace_blocks(standing.keeping, copy)
        return [*blocks, words(_request_text(standing, copy)), buttons]
    action_id, key = NEXT[standing.next_step]
    return [
        *(words(text) for text in _check_texts(standing, copy)),
        *hours_blocks(standing, copy),
        *([words(_dates_text(standing, copy))] if dates else []),
        words(_request_text(standing, copy)),
        actions(button(copy.say(key), action_id, style="primary")),
    ]


def hours_texts(standing: Standing, copy: Copy) -> list[str]:
    """The education hours for the member's plan, in words."""
    if standing.gap is None:
        return []
    sums = [sums_text(standing.sums, copy)] if standing.sums else []
    return [*gap_texts(standing.gap, standing.today, copy), *sums]


def hours_blocks(standing: Standing, copy: Copy, *, buttons: bool = True) -> list[Block]:
    """The same as blocks, with bars."""
    if standing.gap is None:
        return []
    return [
        *gap_blocks(standing.gap, standing.today, copy),
        *sums_blocks(standing.sums, standing.courses if buttons else 0, copy),
        *([plan_buttons(copy)] if buttons else []),
    ]


def plan_text(standing: Standing, copy: Copy) -> str:
    """For which day the verdict and the hours are drawn; empty where neither is shown."""
    if standing.gap is None or standing.plan is None:
        return ""
    return "\n".join(plan_texts(standing.plan, copy))


def _dates_text(standing: Standing, copy: Copy) -> str:
    return "\n".join([copy.say("status.dates"), *_season_lines(standing, copy)])


def _request_text(standing: Standing, copy: Copy) -> str:
    if standing.ticket is None:
        return copy.say("status.no_request")
    return f"{copy.say('status.request')}\n{ticket_line(standing.ticket, copy)}"


def _check_texts(standing: Standing, copy: Copy) -> list[str]:
    texts, drawn_for = [], [plan_text(standing, copy)]
    if standing.draft_step is not None:
        texts.append(copy.say("status.unfinished", step=standing.draft_step))
    if standing.verdict is None:
        return [*(texts or [copy.say("status.none")]), *(text for text in drawn_for if text)]
    texts += [text for text in drawn_for if text]
    texts.append(copy.say(f"eligibility.overall_{standing.verdict.overall}"))
    if standing.told_at is not None:
        told_on = standing.told_on or standing.told_at.date()
        texts.append(copy.say("status.told_at", date=long_date(told_on)))
    if standing.rules_changed:
        texts.append(copy.say("status.rules_changed"))
    named = (rule for rule in standing.missing if not _is_in_bars(rule, standing))
    if lines := [missing_line(rule) for rule in named]:
        texts.append("\n".join([copy.say("status.missing"), *lines]))
    elif not standing.missing:
        texts.append(copy.say("status.nothing_missing"))
    return texts


def _is_in_bars(rule: RuleResult, standing: Standing) -> bool:
    is_short = rule.id in TOLD_BY_BARS and rule.state == "not_met"
    return is_short and standing.gap is not None


def missing_line(rule: RuleResult) -> str:
    """One open rule: what it is, why it is open, and what would settle it."""
    settles = f" {rule.settles}" if rule.settles else ""
    return f"- {rule.title}: {rule.reason.text}{settles}"


def _season_lines(standing: Standing, copy: Copy) -> list[str]:
    if not standing.seasons:
        return [copy.say("status.no_dates")]
    shown = standing.seasons[:SEASONS]
    lines = [_season_line(season, standing.today, copy) for season in shown]
    more = len(standing.seasons) - len(shown)
    return [*lines, copy.say("status.later", count=str(more))] if more else lines


def _season_line(season: Season, today: date, copy: Copy) -> str:
    # A day to apply that has passed is not among the next dates, though the exam still is.
    is_over = season.apply_by is not None and season.apply_by < today
    return copy.say(
        "status.season_closed" if is_over else "status.season",
        name=season.name,
        apply_by=long_date(season.apply_by) if season.apply_by else None,
        exam=exam_days(season, copy),
    )
