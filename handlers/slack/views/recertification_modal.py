"""The window in which a member says that they hold the CLM, and what it shows once it is kept."""

from bot.domain.copy import Copy
from bot.domain.recertification import Holder, RecertificationRules
from bot.domain.recertification_pace import Keeping
from bot.domain.recertification_telling import ENDS, SEASON, STATUS, STATUSES, YEAR
from handlers.slack.views.blocks import Block, actions, button, modal, plain, text_input, words
from handlers.slack.views.recertification import pace_texts

YEAR_TEXT = 20


def holding_modal(keeping: Keeping | None, rules: RecertificationRules, copy: Copy) -> Block:
    """Whether they hold it, and since when or until when; filled in with what they said before."""
    holder = keeping.holder if keeping else Holder("", None)
    season, _, year = holder.passed.partition(" ")
    blocks: list[Block] = [words(copy.say("recertification.modal_intro")), _status(holder, copy)]
    if rules.anniversaries:
        hint = copy.say("recertification.field_year_hint")
        label = copy.say("recertification.field_year")
        blocks += [
            _season(season, rules, copy),
            text_input(YEAR, label, hint=hint, optional=True, initial=year, longest=YEAR_TEXT),
        ]
    blocks.append(_ends(keeping, rules, copy))
    return modal(
        "recert.save",
        copy.say("recertification.modal_title"),
        blocks,
        close=copy.say("recertification.modal_close"),
        submit=copy.say("recertification.modal_save"),
    )


def kept_modal(keeping: Keeping | None, copy: Copy) -> Block:
    """What was kept comes to: the cycle worked out, and the pace in it."""
    texts = pace_texts(keeping, copy) if keeping else [copy.say("recertification.saved_none")]
    in_cycle = keeping and keeping.pace and keeping.pace.state != "ended"
    add = button(copy.say("recertification.add"), "ledger.add", style="primary")
    return modal(
        "recert.kept",
        copy.say("recertification.modal_title"),
        [*(words(text) for text in texts), *([actions(add)] if in_cycle else [])],
        close=copy.say("recertification.modal_close"),
    )


def _status(holder: Holder, copy: Copy) -> Block:
    options = [_option(copy.say(f"recertification.status_{one}"), one) for one in STATUSES]
    chosen = STATUSES.index("retired" if holder.retired else "holds")
    return _field(
        STATUS,
        copy.say("recertification.field_status"),
        {
            "type": "radio_buttons",
            "action_id": "value",
            "options": options,
            "initial_option": options[chosen],
        },
    )


def _season(season: str, rules: RecertificationRules, copy: Copy) -> Block:
    options = [
        _option(copy.say(f"recertification.option_{one}"), one) for one in rules.anniversaries
    ]
    element: Block = {"type": "static_select", "action_id": "value", "options": options}
    if chosen := [option for option in options if option["value"] == season]:
        element["initial_option"] = chosen[0]
    return _field(SEASON, copy.say("recertification.field_season"), element, optional=True)


def _ends(keeping: Keeping | None, rules: RecertificationRules, copy: Copy) -> Block:
    element: Block = {"type": "datepicker", "action_id": "value"}
    pace = keeping.pace if keeping else None
    # A day that was told and has passed is not offered again: the cycle of now ends on another.
    if keeping and pace and pace.days_left >= 0 and not keeping.holder.passed:
        element["initial_date"] = pace.cycle.ends.isoformat()
    only = not rules.anniversaries
    key = "recertification.field_ends_hint_only" if only else "recertification.field_ends_hint"
    made = _field(ENDS, copy.say("recertification.field_ends"), element, optional=True)
    made["hint"] = plain(copy.say(key), 2000)
    return made


def _field(block_id: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }


def _option(label: str, value: str) -> Block:
    return {"text": plain(label, 75), "value": value}
