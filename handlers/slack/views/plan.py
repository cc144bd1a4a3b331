"""How the plan looks: choosing a day, and another day or role beside one's own."""

from datetime import date

from bot.domain.copy import Copy
from bot.domain.eligibility_dialog import Choice, Dialog
from bot.domain.gap import Gap
from bot.domain.plan import Plan, seasons_to_apply
from bot.domain.program import Season, listed, long_date
from bot.domain.standing import Standing
from bot.services.plan import Compared
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    divider,
    escaped,
    header,
    marked,
    message,
    modal,
    plain,
    quiet,
    words,
)
from handlers.slack.views.gap import gap_blocks, gap_texts, needs_line, row_hours, row_label

DAY = "day"
"""Beginning of the block of the day; a chosen season gives it a name of its own, since Slack
keeps what stands in a field as long as its block has the same name."""

ROLE_FIELD = "role"


def plan_texts(plan: Plan, copy: Copy) -> list[str]:
    """What day the standing is drawn for, and why."""
    texts = []
    if plan.passed is not None:
        texts.append(copy.say("plan.passed", date=long_date(plan.passed)))
    if plan.is_own or plan.season:
        key = "plan.own" if plan.is_own else "plan.next_season"
        texts.append(copy.say(key, date=long_date(plan.apply_on), season=plan.season or None))
        if (missed := plan.too_late_for) and missed.apply_by:
            last_day = long_date(missed.apply_by)
            texts.append(copy.say("plan.too_late", season=missed.name, apply_by=last_day))
    else:
        texts.append(copy.say("plan.today"))
    return texts


def plan_buttons(copy: Copy) -> Block:
    """To choose the day, and to try another."""
    return actions(
        button(copy.say("plan.open"), "plan.open"), button(copy.say("plan.compare"), "plan.compare")
    )


def plan_message(standing: Standing, copy: Copy) -> Message:
    """The plan and what it takes, in a message."""
    title = copy.say("plan.title")
    texts = plan_texts(standing.plan, copy) if standing.plan else []
    blocks = [header(title), *(words(text) for text in texts)]
    if standing.gap is None:
        texts.append(copy.say("plan.no_hours"))
        blocks.append(words(texts[-1]))
    else:
        texts += gap_texts(standing.gap, standing.today, copy)
        blocks += gap_blocks(standing.gap, standing.today, copy)
    return message("\n\n".join([title, *texts]), [*blocks, plan_buttons(copy)])


def plan_modal(standing: Standing, copy: Copy, chosen: date | None = None) -> Block:
    """Choosing the day; `chosen` is a season's last day that was just picked."""
    blocks = [words(copy.say("plan.intro"))]
    seasons = seasons_to_apply(standing.seasons, standing.today)
    if seasons:
        blocks.append(_season_row(seasons, chosen, copy))
    else:
        blocks.append(quiet(copy.say("plan.no_season")))
    plan = standing.plan or Plan(standing.today)
    blocks += [
        _day_field(chosen or plan.apply_on, copy.say("plan.day"), copy.say("plan.day_hint")),
        actions(button(copy.say("plan.compare"), "plan.compare")),
    ]
    return modal(
        "plan.save",
        copy.say("plan.title"),
        blocks,
        close=copy.say("plan.close"),
        submit=copy.say("plan.save"),
    )


def plan_saved_modal(standing: Standing, copy: Copy) -> Block:
    """The plan as it stands now."""
    texts = plan_texts(standing.plan, copy) if standing.plan else []
    blocks = [words(text) for text in texts]
    if standing.gap is not None:
        blocks += gap_blocks(standing.gap, standing.today, copy)
    blocks.append(quiet(copy.say("plan.saved_note")))
    return modal("plan.saved", copy.say("plan.saved"), blocks, close=copy.say("plan.close"))


def what_if_modal(shown: Compared, dialog: Dialog, copy: Copy, *, is_first: bool) -> Block:
    """Another day or role beside the plan; at first there is nothing to compare yet."""
    found = shown.found
    roles = role_choices(dialog)
    role = shown.role or found.own.role
    blocks: list[Block] = [words(copy.say("plan.what_if_intro"))]
    if not is_first:
        blocks += [*_compared(shown, roles, copy), divider()]
    blocks.append(_day_field(found.other.apply_on, copy.say("plan.other_day"), ""))
    if roles:
        blocks.append(_role_field(roles, role, copy))
    return modal(
        "plan.what_if",
        copy.say("plan.compare"),
        blocks,
        close=copy.say("plan.close"),
        submit=copy.say("plan.what_if_submit"),
        metadata={"other": found.other.apply_on.isoformat()},
    )


def role_choices(dialog: Dialog) -> tuple[Choice, ...]:
    """The roles as the check offers them, without "I don't know"."""
    for step in dialog.steps:
        for question in step.questions:
            if question.id == ROLE_FIELD:
                return tuple(choice for choice in question.choices if choice.value != "unknown")
    return ()


def _compared(shown: Compared, roles: tuple[Choice, ...], copy: Copy) -> list[Block]:
    own, other = shown.found.own, shown.found.other
    blocks = [_pair("", [_heading(gap, shown, roles, copy) for gap in (own, other)])]
    theirs = {row.category: row for row in other.rows}
    mine = {row.category: row for row in own.rows}
    longer = max((own, other), key=lambda gap: len(gap.categories))
    for row in longer.rows:
        texts = [
            row_hours(side[row.category], copy)
            if row.category in side
            else copy.say("plan.not_asked")
            for side in (mine, theirs)
        ]
        blocks.append(_pair(row_label(row, copy), texts))
    verdicts = [copy.say(f"plan.overall_{gap.verdict.overall}") for gap in (own, other)]
    blocks.append(_pair(copy.say("plan.verdict"), verdicts))
    blocks += [words(text) for text in _in_words(shown, copy)]
    if shown.is_other_day:
        adopt = button(copy.say("plan.adopt"), "plan.adopt", other.apply_on.isoformat())
        blocks.append(actions(adopt))
    return blocks


def _in_words(shown: Compared, copy: Copy) -> list[str]:
    own, other = shown.found.own, shown.found.other
    texts = [
        copy.say("plan.own_side", needs=needs_line(own, shown.today, copy)),
        copy.say("plan.other_side", needs=needs_line(other, shown.today, copy)),
    ]
    if other.for_ala:
        titles = listed([rule.title for rule in other.for_ala])
        texts.append(copy.say("plan.for_ala", rules=titles))
    return texts


def _heading(gap: Gap, shown: Compared, roles: tuple[Choice, ...], copy: Copy) -> str:
    labels = {choice.value: choice.label for choice in roles}
    day = copy.say("plan.today_short") if gap.apply_on == shown.today else long_date(gap.apply_on)
    return copy.say("plan.heading", date=day, role=labels.get(gap.role or ""))


def _pair(title: str, texts: list[str]) -> Block:
    made: Block = {"type": "section", "fields": [plain(text, 2000) for text in texts]}
    if title:
        made["text"] = marked(f"*{escaped(title)}*")["text"]
    return made


def _season_row(seasons: tuple[Season, ...], chosen: date | None, copy: Copy) -> Block:
    options = [
        {"text": plain(_season_text(season, copy), 75), "value": season.apply_by.isoformat()}
        for season in seasons
        if season.apply_by
    ]
    select: Block = {
        "type": "static_select",
        "action_id": "plan.season",
        "placeholder": plain(copy.say("plan.season"), 150),
        "options": options,
    }
    picked = [o for o in options if chosen and o["value"] == chosen.isoformat()]
    if picked:
        select["initial_option"] = picked[0]
    return actions(select)


def _season_text(season: Season, copy: Copy) -> str:
    day = long_date(season.apply_by) if season.apply_by else None
    return copy.say("plan.season_option", name=season.name, date=day)


def _day_field(day: date, label: str, hint: str) -> Block:
    made: Block = {
        "type": "input",
        "block_id": f"{DAY}_{day.isoformat()}",
        "label": plain(label, 2000),
        "element": {
            "type": "datepicker",
            "action_id": "value",
            "initial_date": day.isoformat(),
        },
    }
    if hint:
        made["hint"] = plain(hint, 2000)
    return made


def _role_field(roles: tuple[Choice, ...], role: str | None, copy: Copy) -> Block:
    options = [{"text": plain(choice.label, 75), "value": choice.value} for choice in roles]
    element: Block = {"type": "static_select", "action_id": "value", "options": options}
    picked = [option for option in options if option["value"] == role]
    if picked:
        element["initial_option"] = picked[0]
    return {
        "type": "input",
        "block_id": ROLE_FIELD,
        "label": plain(copy.say("plan.role"), 2000),
        "hint": plain(copy.say("plan.role_hint"), 2000),
        "optional": True,
        "element": element,
    }
