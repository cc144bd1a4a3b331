"""The window in which an entry is written: opened, checked, previewed, taken up again."""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.curation import EntryText
from bot.domain.curation_form import GROUP, Fields
from bot.errors import NotAllowed
from bot.runtime import Runtime
from bot.services import curation, curation_desk, roles
from bot.services.bank import Bank
from bot.services.curation_desk import Base
from handlers.slack.curation_fields import FIELDS, editing_of, fields_in
from handlers.slack.middleware import Visit
from handlers.slack.refusals import reason_of
from handlers.slack.views.blocks import Block
from handlers.slack.views.curation import note_modal
from handlers.slack.views.curation_edit import Editing, form_modal, preview_modal, waiting_modal
from handlers.slack.windows import ask_for_patience, show_at_last

ANSWER_WITHIN = 1.5
"""Seconds; Slack gives three before it tells the editor that something went wrong."""

KEPT_WITHIN = 0.5
"""Further seconds for what was written to be kept: only then may its window go."""

GONE = frozenset({"not_found", "view_not_found", "hash_conflict"})
"""The window was closed, or shows something newer."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """What is wrong, by field, and the window that says so where no field can."""

    errors: Mapping[str, str]
    view: Block


async def open_entry_window(
    client: AsyncWebClient,
    trigger_id: str,
    runtime: Runtime,
    visit: Visit,
    text: EntryText | None,
    *,
    number: int,
    origin: str,
) -> None:
    """Open the window for an entry; `text` fills it in, None is an empty one.

    `number` is the newest revision that was seen, 0 for a new entry; `origin` says what the entry
    is to answer: "turn:ID" of a question, "ticket:ID" of a reply, or nothing. Raises NotAllowed.
    """
    await only_editors(runtime, visit)
    bank = runtime.bank(visit.workspace)
    editing = Editing(number=number, origin=origin)
    if text is None:
        day = await runtime.run(curation_desk.day, visit.workspace)
        text = EntryText("", GROUP, "", "", (), day)
    else:
        # Kept at once: what no field shows, and all of it where the window is closed by mistake.
        draft = await runtime.run(
            curation.keep_draft, visit.workspace, visit.member, text, number=number, origin=origin
        )
        is_known = await runtime.run(curation.read, visit.workspace, text.id)
        editing = replace(editing, draft=draft, entry=text.id if is_known else "")
    await client.views_open(trigger_id=trigger_id, view=form_modal(text, editing, bank))


async def open_again(
    client: AsyncWebClient, trigger_id: str, runtime: Runtime, visit: Visit, draft: int
) -> None:
    """Take up a draft over the window that is open."""
    bank = runtime.bank(visit.workspace)
    view = await _form_of(runtime, visit, Editing(draft=draft))
    await client.views_push(
        trigger_id=trigger_id,
        view=view or note_modal(bank.content.copy.say("curation.draft_gone"), bank),
    )


async def push_form(
    client: AsyncWebClient,
    trigger_id: str,
    runtime: Runtime,
    visit: Visit,
    entry: str,
    *,
    under: str,
    below: str,
) -> None:
    """The window for an entry over the one that is open; `under` says which that is, and `below`
    what it carries."""
    bank = runtime.bank(visit.workspace)
    view = await _form_of(runtime, visit, Editing(entry, under=under, below=below))
    gone = note_modal(bank.content.copy.say("curation.gone"), bank)
    await client.views_push(trigger_id=trigger_id, view=view or gone)


async def push_empty(
    client: AsyncWebClient, trigger_id: str, runtime: Runtime, visit: Visit
) -> None:
    """The window for a new entry over the list."""
    day = await runtime.run(curation_desk.day, visit.workspace)
    text = EntryText("", GROUP, "", "", (), day)
    view = form_modal(text, Editing(), runtime.bank(visit.workspace))
    await client.views_push(trigger_id=trigger_id, view=view)


async def on_save(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The form: what is wrong at its field, or the preview in its place."""
    await only_editors(runtime, visit)
    kept = asyncio.Event()
    work = _looked_at(runtime, visit, editing_of(view), fields_in(view), kept)
    await answer_with(ack, client, runtime.bank(visit.workspace), work, kept)


async def on_again(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """From the preview back to the form, with everything that was written."""
    await only_editors(runtime, visit)
    await ack()
    view, bank = body["view"], runtime.bank(visit.workspace)
    shown = await _form_of(runtime, visit, editing_of(view))
    gone = note_modal(bank.content.copy.say("curation.draft_gone"), bank)
    await show_in(client, view["id"], shown or gone)


async def previewed(
    runtime: Runtime, visit: Visit, editing: Editing, text: EntryText, found: Base, note: str = ""
) -> Block | Faulty:
    """The preview of what was written, or what is wrong with it."""
    is_new = not found.entry
    checked = await runtime.check_entry(visit.workspace, text, is_new=is_new)
    bank = runtime.bank(visit.workspace)
    if checked.entry is not None and not checked.faults:
        entry = replace(checked.entry, approved=text.approved)
        return preview_modal(entry, text, found.live, editing, bank, note=note)
    errors: dict[str, str] = {}
    for fault in checked.faults:
        field: str = fault.field if fault.field in FIELDS else "question"
        errors[field] = f"{errors[field]}\n{fault.sentence}" if field in errors else fault.sentence
    copy = bank.content.copy
    notes = [copy.say("curation.please_look")]
    for name, sentence in errors.items():
        named = copy.say(f"curation.field_{name}")
        notes.append(copy.say("curation.fault", field=named, sentence=sentence))
    return Faulty(errors, form_modal(text, editing, bank, notes=notes))


async def answer_with(
    ack: AsyncAck,
    client: AsyncWebClient,
    bank: Bank,
    work: Awaitable[Block | Faulty],
    kept: asyncio.Event,
) -> None:
    """Put what comes of some work in the place of a window that was submitted.

    Work that takes longer than Slack waits goes on behind a window that says so, once what was
    written is `kept`; where even that takes long, the form stays with all that stands in it.
    """
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=ANSWER_WITHIN)
    if not done and not await _is_set(kept, task):
        slow = bank.content.copy.say("errors.slow")
        await ack(response_action="errors", errors={"question": slow})
        await task
        return
    if not task.done():
        name = await ask_for_patience(ack, waiting_modal(bank))
        try:
            found = await task
        except Exception:
            interrupted = note_modal(bank.content.copy.say("curation.interrupted"), bank)
            await show_at_last(client, name, interrupted)
            raise
        await show_at_last(client, name, found.view if isinstance(found, Faulty) else found)
        return
    found = task.result()
    if isinstance(found, Faulty):
        await ack(response_action="errors", errors=dict(found.errors))
    else:
        await ack(response_action="update", view=found)


async def _is_set(kept: asyncio.Event, task: asyncio.Future[Block | Faulty]) -> bool:
    waiting: asyncio.Future[Any] = asyncio.ensure_future(kept.wait())
    both: set[asyncio.Future[Any]] = {waiting, task}
    await asyncio.wait(both, timeout=KEPT_WITHIN, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    return kept.is_set() or task.done()


async def show_in(client: AsyncWebClient, view_id: str, view: Block) -> None:
    """Draw a window anew; one that was closed meanwhile needs it no more."""
    try:
        await client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        if reason_of(error) not in GONE:
            raise


async def only_editors(runtime: Runtime, visit: Visit) -> None:
    """Raises NotAllowed for whoever may not edit at this moment."""
    if not await runtime.run(roles.may, visit.workspace, visit.member, "edit"):
        raise NotAllowed("edit")


async def _looked_at(
    runtime: Runtime, visit: Visit, editing: Editing, given: Fields, kept: asyncio.Event
) -> Block | Faulty:
    """Keep what was written, whatever is wrong with it, and look at it."""
    bank = runtime.bank(visit.workspace)
    found = await runtime.run(
        curation_desk.text_of, visit.workspace, visit.member, given, editing.entry, editing.draft
    )
    if found is None:
        return note_modal(bank.content.copy.say("curation.draft_gone"), bank)
    text, base = found
    draft = await runtime.run(
        curation.keep_draft,
        visit.workspace,
        visit.member,
        text,
        number=editing.number,
        origin=editing.origin,
        draft=editing.draft or None,
    )
    kept.set()
    note = ""
    if base.number != editing.number:
        key = "changed_before" if base.live else "retired_meanwhile"
        note = bank.content.copy.say(f"curation.{key}")
    return await previewed(runtime, visit, replace(editing, draft=draft), text, base, note)


async def _form_of(runtime: Runtime, visit: Visit, editing: Editing) -> Block | None:
    bank = runtime.bank(visit.workspace)
    found = await runtime.run(
        curation_desk.base, visit.workspace, visit.member, editing.entry, editing.draft
    )
    if found is None or found.text is None:
        return None
    editing = replace(editing, entry=found.entry, number=found.number)
    if found.draft is not None:
        editing = replace(editing, number=found.draft.number, origin=found.draft.origin)
    text = found.text
    if editing.under == "review" and found.draft is None:
        # Whoever reviews an answer has it beside its sources.
        day = await runtime.run(curation_desk.day, visit.workspace)
        is_ahead = text.review is not None and text.review > day
        text = replace(text, verified=day, review=text.review if is_ahead else None)
    return form_modal(text, editing, bank)
