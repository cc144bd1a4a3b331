"""The form of the hours ledger as a window: what it is opened with, and what it was sent with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from secrets import token_hex
from typing import Any

from bot.domain.ledger_form import fields_of, fields_told
from bot.domain.ledger_reading import Told
from bot.runtime import Runtime
from bot.services.ledger import Row
from handlers.slack.middleware import Visit
from handlers.slack.typed import cleaned
from handlers.slack.views.blocks import Block
from handlers.slack.views.ledger_modal import Form, Lists, form_modal


def new_form(page: int = 0) -> Form:
    """An empty form with a name of its own."""
    return Form(token_hex(16), {}, page=page)


def form_in(view: Mapping[str, Any]) -> Form:
    """A form as it was sent."""
    metadata = json.loads(view["private_metadata"])
    filled: dict[str, str | None] = {}
    for name, actions in view["state"]["values"].items():
        state = actions.get("value") or {}
        option = state.get("selected_option")
        filled[name] = option["value"] if option else cleaned(state.get("value") or "")
    return Form(
        metadata["form"],
        filled,
        metadata["entry"],
        metadata["version"],
        metadata["warned"],
        metadata["page"],
    )


def page_of(view: Mapping[str, Any]) -> int:
    """The page of the list that a window shows, or that lies below it; 0 where there is none."""
    metadata = json.loads(view.get("private_metadata") or "{}")
    return int(metadata.get("page") or 0)


def told_view(
    told: Told, runtime: Runtime, visit: Visit, beginning: Mapping[str, str | None]
) -> Block:
    """A form with what was said of a course, and else as one begins."""
    copy = runtime.bank(visit.workspace).content.copy
    filled = fields_told(told)
    above = [copy.say("ledger.filled")] if filled else []
    above += [copy.say("ledger.several")] if told.several else []
    begun = replace(new_form(), filled={**beginning, **filled})
    return form_view(begun, runtime, visit, above)


def edit_view(row: Row, page: int, runtime: Runtime, visit: Visit) -> Block:
    """The form with an entry."""
    copy = runtime.bank(visit.workspace).content.copy
    form = Form(token_hex(16), fields_of(row.entry), row.entry.id, row.entry.version, page=page)
    above = [copy.say("ledger.because_gone")] if row.judgement.reason == "gone" else []
    return form_view(form, runtime, visit, above, confirmed_only(row))


def confirmed_only(row: Row) -> Row | None:
    """The entry where the chapter confirmed it; None where all of it may be changed."""
    return row if row.entry.is_confirmed else None


def form_view(
    form: Form,
    runtime: Runtime,
    visit: Visit,
    above: Sequence[str] = (),
    confirmed: Row | None = None,
) -> Block:
    """A form as it is shown; `above` and `confirmed` as in `form_modal`."""
    content = runtime.bank(visit.workspace).content
    lists = Lists(content.rule_set, content.recertification)
    return form_modal(form, lists, content.copy, above, confirmed)
