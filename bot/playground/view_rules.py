"""What Slack refuses in a view, for views.open, push, update, publish and a submission's answer.

Limits: Slack's view object reference and the error lists of those methods.
"""

import json
from collections.abc import Iterator
from typing import Literal

from .block_objects import ID, TYPE, plain
from .block_types import block_flaws
from .checks import Check, Flaw, Record, flag, record, string, tagged
from .rules import Fault
from .submission import submission_errors, submission_faults, value_error

__all__ = ["Kind", "submission_errors", "submission_faults", "value_error", "view_faults"]

Kind = Literal["modal", "home"]
VIEW_BYTES = 250_000
"""Slack says "250kb"; the smaller reading."""


def _blocks_of(kind: Kind) -> Check:
    def check(blocks: object, at: str) -> Iterator[Flaw]:
        if blocks == []:
            yield Flaw(at, "no less than 1 items allowed")
        yield from block_flaws(blocks, kind, at)

    return check


def _submit_for_inputs(view: Record, at: str) -> Iterator[Flaw]:
    if "submit" in view:
        return
    for index, block in enumerate(view["blocks"]):
        if block["type"] == "input":
            yield Flaw(
                f"{at}/blocks/{index}/input",
                "must define `submit` to use an `input` block in modals",
            )


_SHARED: dict[str, Check] = {
    "private_metadata": string(3000, minimum=0),
    "callback_id": ID,
    "external_id": ID,
}
_VIEWS: dict[Kind, Check] = {
    "modal": record(
        {"type": TYPE, "title": plain(24), "blocks": _blocks_of("modal")},
        {
            **_SHARED,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": flag,
            "notify_on_close": flag,
        },
        _submit_for_inputs,
    ),
    "home": record({"type": TYPE, "blocks": _blocks_of("home")}, _SHARED),
}


def view_faults(view: object, *, kind: Kind) -> list[Fault]:
    """All reasons to refuse `view` (an object, or its JSON text) as a modal or a Home tab.

    Slack answers `view_too_large` or `invalid_arguments`. Ids already in use, hashes and triggers
    depend on what is open and are left to the caller.
    """
    if isinstance(view, str):
        try:
            view = json.loads(view)
        except ValueError:
            return [Fault("invalid_arguments", "must be valid JSON [json-pointer:/view]")]
    faults = []
    size = len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode())
    if size > VIEW_BYTES:
        faults.append(Fault("view_too_large", f"the view is {size} bytes, {VIEW_BYTES} allowed"))
    flaws = tagged({kind: _VIEWS[kind]})(view, "/view")
    return faults + [Fault("invalid_arguments", str(flaw)) for flaw in flaws]
