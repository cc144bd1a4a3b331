"""The eligibility dialog: each submitted step is kept, the last one ends in a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.eligibility import Verdict, check
from bot.domain.eligibility_dialog import (
    Answers,
    Dialog,
    Progress,
    Refused,
    Step,
    next_step,
    previous_step,
    profile_from,
    progress,
    step_named,
    steps_for,
    still_valid,
    submit_step,
)
from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.services.outbox import tell
from bot.services.standing import today
from bot.services.transaction import Transaction, promises, writes
from bot.store import eligibility
from bot.store.eligibility import Draft

HOURS_STEP = "hours"


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step as it is shown; `rules_changed` says that answers were carried to newer rules."""

    draft: int
    version: int
    step: Step
    answers: Answers
    progress: Progress
    has_back: bool
    rules_changed: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """The dialog has ended in a verdict."""

    verdict: Verdict


@writes
def begin(tx: Transaction, member: MemberRef, *, hours: bool = False) -> StepShown:
    """Take up the member's draft, or begin one with what they told before.

    With `hours` it opens at the hours, which is where courses are told.
    """
    dialog = tx.bank.content.dialog
    draft = eligibility.draft_of(tx.db, tx.workspace, member)
    if draft is None:
        told = eligibility.told_by(tx.db, tx.workspace, member)
        answers = still_valid(told.answers, dialog) if told else {}
        first = HOURS_STEP if hours else dialog.steps[0].id
        draft = _begun(tx, member, answers, first)
    elif hours and draft.step != HOURS_STEP:
        draft = _begun(tx, member, draft.answers, HOURS_STEP)
    return _shown(tx, draft)


@promises
def submit(
    tx: Transaction, member: MemberRef, draft_id: int, version: int, raw: Mapping[str, str | None]
) -> StepShown | Refused | Finished:
    """Take a submitted step.

    A step that was submitted before, or under rules that have changed, shows where the dialog
    stands now; nothing is guessed and nothing kept is lost.
    """
    dialog = tx.bank.content.dialog
    draft = eligibility.draft_of(tx.db, tx.workspace, member)
    if draft is None:
        return _ended(tx, member)
    step = step_named(dialog, draft.step)
    if draft.id != draft_id or draft.version != version or step is None:
        return _shown(tx, draft)
    if draft.rule_set != dialog.version:
        return _shown(tx, draft)
    result = submit_step(draft.answers, dialog, step, raw)
    if isinstance(result, Refused):
        return result
    following = next_step(result.answers, dialog, step)
    if following is None:
        return _finish(tx, member, result.answers)
    return _moved(tx, draft, result.answers, following)


@writes
def back(tx: Transaction, member: MemberRef) -> StepShown:
    """One step back; what was submitted stays."""
    dialog = tx.bank.content.dialog
    draft = eligibility.draft_of(tx.db, tx.workspace, member)
    if draft is None:
        return begin(tx, member)
    step = step_named(dialog, draft.step)
    before = previous_step(draft.answers, dialog, step) if step else None
    return _moved(tx, draft, draft.answers, before) if before else _shown(tx, draft)


def _begun(tx: Transaction, member: MemberRef, answers: Answers, step: str) -> Draft:
    version = tx.bank.content.dialog.version
    return eligibility.begin_draft(tx.db, tx.workspace, member, version, answers, step, tx.now)


def _moved(tx: Transaction, draft: Draft, answers: Answers, step: Step) -> StepShown:
    version = tx.bank.content.dialog.version
    moved = eligibility.move_draft(tx.db, draft, version, answers, step.id, tx.now)
    return _shown(tx, moved or draft)


def _shown(tx: Transaction, draft: Draft) -> StepShown:
    dialog = tx.bank.content.dialog
    changed = draft.rule_set != dialog.version
    if changed:
        answers = still_valid(draft.answers, dialog)
        step = _step_of(dialog, draft.step, answers)
        moved = eligibility.move_draft(tx.db, draft, dialog.version, answers, step.id, tx.now)
        draft = moved or draft
    step = _step_of(dialog, draft.step, draft.answers)
    return StepShown(
        draft=draft.id,
        version=draft.version,
        step=step,
        answers=draft.answers,
        progress=progress(draft.answers, dialog, step),
        has_back=previous_step(draft.answers, dialog, step) is not None,
        rules_changed=changed,
    )


def _step_of(dialog: Dialog, step_id: str, answers: Answers) -> Step:
    applying = steps_for(answers, dialog)
    return next((step for step in applying if step.id == step_id), applying[0])


def _ended(tx: Transaction, member: MemberRef) -> StepShown | Finished:
    told = eligibility.told_by(tx.db, tx.workspace, member)
    if told is None:
        return begin(tx, member)
    return Finished(_verdict(tx, still_valid(told.answers, tx.bank.content.dialog)))


def _finish(tx: Transaction, member: MemberRef, answers: Answers) -> Finished:
    content = tx.bank.content
    eligibility.keep_told(tx.db, tx.workspace, member, content.dialog.version, answers, tx.now)
    eligibility.drop_draft(tx.db, tx.workspace, member)
    tell(tx, Notice(tx.workspace, member, f"verdict:{tx.now.isoformat()}", "status", member))
    tell(tx, Notice(tx.workspace, member, "home", "home"))
    return Finished(_verdict(tx, answers))


def _verdict(tx: Transaction, answers: Answers) -> Verdict:
    content, day = tx.bank.content, today(tx)
    return check(profile_from(answers, content.dialog, day), content.rule_set, day)
