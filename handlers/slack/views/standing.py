"""How a member's standing looks: in `/clm status`, in a DM, and in the Home tab."""

from bot.domain.copy import Copy
from bot.domain.eligibility import RuleResult
from bot.domain.program import Season, long_date
from bot.domain.standing import NextStep, Standing
from handlers.slack.views.blocks import Block, Message, actions, button, header, message, words
from handlers.slack.views.handoff import ticket_line

NEXT: dict[NextStep, tuple[str, str]] = {
    "check": ("eligibility.open", "status.next_check"),
    "resume": ("eligibility.open", "status.next_resume"),
    "recheck": ("eligibility.open", "status.next_recheck"),
    "chair": ("handoff.open", "status.next_chair"),
    "write": ("handoff.open", "status.next_write"),
}


def standing_message(standing: Standing, copy: Copy) -> Message:
    """The standing as a message."""
    blocks = [header(copy.say("status.title")), *standing_blocks(standing, copy)]
    text = "\n\n".join([copy.say("status.title"), *standing_texts(standing, copy)])
    return message(text, blocks)


def standing_texts(standing: Standing, copy: Copy) -> list[str]:
    """The standing in words, paragraph by paragraph."""
    ticket = standing.ticket
    request = ticket_line(ticket, copy) if ticket else copy.say("status.no_request")
    return [
        *_check_texts(standing, copy),
        "\n".join([copy.say("status.dates"), *_season_lines(standing.seasons, copy)]),
        f"{copy.say('status.request')}\n{request}" if ticket else request,
    ]


def standing_blocks(standing: Standing, copy: Copy) -> list[Block]:
    """The standing as blocks, with one next step."""
    action_id, key = NEXT[standing.next_step]
    texts = [words(text) for text in standing_texts(standing, copy)]
    return [*texts, actions(button(copy.say(key), action_id, style="primary"))]


def _check_texts(standing: Standing, copy: Copy) -> list[str]:
    texts = []
    if standing.draft_step is not None:
        texts.append(copy.say("status.unfinished", step=standing.draft_step))
    if standing.verdict is None:
        return texts or [copy.say("status.none")]
    texts.append(copy.say(f"eligibility.overall_{standing.verdict.overall}"))
    if standing.told_at is not None:
        texts.append(copy.say("status.told_at", date=long_date(standing.told_at.date())))
    if standing.rules_changed:
        texts.append(copy.say("status.rules_changed"))
    if standing.missing:
        lines = [missing_line(rule) for rule in standing.missing]
        texts.append("\n".join([copy.say("status.missing"), *lines]))
    else:
        texts.append(copy.say("status.nothing_missing"))
    return texts


def missing_line(rule: RuleResult) -> str:
    """One open rule: what it is and why it is open."""
    settles = f" {rule.settles}" if rule.settles else ""
    return f"- {rule.title}: {rule.reason.text}{settles}"


def _season_lines(seasons: tuple[Season, ...], copy: Copy) -> list[str]:
    if not seasons:
        return [copy.say("status.no_dates")]
    return [
        copy.say(
            "status.season",
            name=season.name,
            apply_by=long_date(season.apply_by) if season.apply_by else None,
            test_from=long_date(season.test_from) if season.test_from else None,
            test_to=long_date(season.test_to) if season.test_to else None,
        )
        for season in seasons
    ]
