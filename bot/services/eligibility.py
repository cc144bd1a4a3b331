"""The eligibility dialog: each submitted step is kept, the last one ends in a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.domain.eligibility_dialog import (
    Answers,
    Dialog,
    Progress,
    Refused,
    Step,
    next_step,
    previous_step,
    progress,
    step_named,
    steps_for,
    still_valid,
    submit_step,
)
from bot.domain.eligibility_questions import HOURS_EXTRA, HOURS_OF, PART_OF
from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.standing import Standing
from bot.services.bank import facts_in
from bot.services.faq import own_words
from bot.services.outbox import publish_home, tell
from bot.services.standing import standing_of
from bot.services.transaction import Transaction, promises, writes
from bot.store import eligibility
from bot.store.eligibility import Draft

SUMS = (*HOURS_OF.values(), HOURS_EXTRA, *PART_OF)
"""The questions of the check that are answered with sums of hours."""


@dataclass(frozen=True, slots=True)
class Said:
    """The turn in which a member said something of themselves, and the steps sent since: in those
    their answers count, and not any more what they said."""

    turn: int
    sent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step as it is shown; `rules_changed` says that answers were carried to newer rules.

    `filled` is what the member said in a question, `said`, and has not sent yet: it is shown in
    the fields and is no answer.
    """

    draft: int
    version: int
    step: Step
    answers: Answers
    progress: Progress
    has_back: bool
    rules_changed: bool
    said: Said | None = None
    filled: Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finished:
    """The dialog has ended in a verdict: the member's standing says it, and what it rests on."""

    standing: Standing


@writes
def begin(tx: Transaction, member: MemberRef, *, said: Said | None = None) -> StepShown:
    """Take up the member's draft, or begin one with what they told before.

    With `said` it opens at the first step for which the member said something new, or where the
    draft stands if that comes before.
    """
    dialog = tx.bank.content.dialog
    draft = eligibility.draft_of(tx.db, tx.workspace, member)
    if draft is None:
        told = eligibility.told_by(tx.db, tx.workspace, member)
        answers = still_valid(told.answers, dialog) if told else {}
        draft = _begun(tx, member, answers, dialog.steps[0].id)
    facts = _facts(tx, member, said)
    if said is not None and (step := _first_new(dialog, draft, facts, said)):
        draft = _at(tx, draft, draft.answers, step)
    return _filled(_shown(tx, draft), facts, said)


@promises
def submit(
    tx: Transaction,
    member: MemberRef,
    draft_id: int,
    version: int,
    raw: Mapping[str, str | None],
    *,
    said: Said | None = None,
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
    facts = _facts(tx, member, said)
    if draft.id != draft_id or draft.version != version or step is None:
        return _filled(_shown(tx, draft), facts, said)
    if draft.rule_set != dialog.version:
        return _filled(_shown(tx, draft), facts, said)
    result = submit_step(draft.answers, dialog, step, raw)
    if isinstance(result, Refused):
        return result
    following = next_step(result.answers, dialog, step)
    if following is None:
        return _finish(tx, member, result.answers)
    if said is not None:
        said = replace(said, sent=(*said.sent, step.id))
    return _filled(_moved(tx, draft, result.answers, following), facts, said)


@writes
def back(tx: Transaction, member: MemberRef, *, said: Said | None = None) -> StepShown:
    """One step back; what was submitted stays."""
    dialog = tx.bank.content.dialog
    draft = eligibility.draft_of(tx.db, tx.workspace, member)
    if draft is None:
        return begin(tx, member, said=said)
    step = step_named(dialog, draft.step)
    before = previous_step(draft.answers, dialog, step) if step else None
    shown = _moved(tx, draft, draft.answers, before) if before else _shown(tx, draft)
    return _filled(shown, _facts(tx, member, said), said)


def _facts(tx: Transaction, member: MemberRef, said: Said | None) -> Answers:
    """What the member said, read again from their own question; nothing once that is erased."""
    return facts_in(tx.bank, own_words(tx, member, said.turn)) if said else {}


def _first_new(dialog: Dialog, draft: Draft, facts: Answers, said: Said) -> Step | None:
    """The step to go back to, as something was said for it that differs from its answer."""
    for step in steps_for({**draft.answers, **facts}, dialog):
        if step.id == draft.step:
            return None
        told = {q.id: facts[q.id] for q in step.questions if q.id in facts}
        if step.id not in said.sent and any(draft.answers.get(q) != told[q] for q in told):
            return step
    return None


def _filled(shown: StepShown, facts: Answers, said: Said | None) -> StepShown:
    """The step with what was said for it, unless it was sent since."""
    if said is None or not facts:
        return shown
    own = {question.id for question in shown.step.questions}
    filled = {} if shown.step.id in said.sent else {q: facts[q] for q in facts if q in own}
    return replace(shown, said=said, filled=filled)


def _begun(tx: Transaction, member: MemberRef, answers: Answers, step: str) -> Draft:
    version = tx.bank.content.dialog.version
    return eligibility.begin_draft(tx.db, tx.workspace, member, version, answers, step, tx.now)


def _moved(tx: Transaction, draft: Draft, answers: Answers, step: Step) -> StepShown:
    return _shown(tx, _at(tx, draft, answers, step))


def _at(tx: Transaction, draft: Draft, answers: Answers, step: Step) -> Draft:
    version = tx.bank.content.dialog.version
    moved = eligibility.move_draft(tx.db, draft, version, answers, step.id, tx.now)
    return moved or draft


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
    if eligibility.told_by(tx.db, tx.workspace, member) is None:
        return begin(tx, member)
    return Finished(standing_of(tx, member))


def _finish(tx: Transaction, member: MemberRef, answers: Answers) -> Finished:
    version = tx.bank.content.dialog.version
    eligibility.keep_told(tx.db, tx.workspace, member, version, answers, tx.now)
    eligibility.drop_draft(tx.db, tx.workspace, member)
    tell(tx, Notice(tx.workspace, member, f"verdict:{tx.now.isoformat()}", "status", member))
    publish_home(tx, member)
    return Finished(standing_of(tx, member))


@promises
def drop_sums(tx: Transaction, member: MemberRef) -> Standing:
    """Take the hours out that were told in the check as sums: they are as good as never asked.

    Everything else that was told stays, and the day on which it was told.
    """
    told = eligibility.told_by(tx.db, tx.workspace, member)
    if told is not None and any(told.answers.get(question) for question in SUMS):
        kept = {**told.answers, **{q: None for q in SUMS if q in told.answers}}
        eligibility.keep_told(tx.db, tx.workspace, member, told.rule_set, kept, told.told_at)
        publish_home(tx, member)
    return standing_of(tx, member)
