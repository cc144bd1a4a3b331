"""Drafts of the eligibility dialog, and what a member told in a finished one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A check that is not finished: `version` grows with each step, `step` is where it stands."""

    id: int
    version: int
    rule_set: str
    answers: Answers
    step: str

    @property
    def is_begun(self) -> bool:
        """Whether any step of it was submitted."""
        return self.version > 1


@dataclass(frozen=True, slots=True)
class Told:
    """The answers of a finished check."""

    rule_set: str
    answers: Answers
    told_at: datetime


def draft_of(db: Database, workspace: Workspace, member: MemberRef) -> Draft | None:
    """The member's unfinished check."""
    for row in db.query(
        "SELECT * FROM drafts WHERE workspace = ? AND member = ?", [workspace, member]
    ):
        return Draft(
            row["id"], row["version"], row["rule_set"], json.loads(row["answers"]), row["step"]
        )
    return None


def begin_draft(
    db: Database,
    workspace: Workspace,
    member: MemberRef,
    rule_set: str,
    answers: Answers,
    step: str,
    now: datetime,
) -> Draft:
    """A new draft in place of any there was."""
    drop_draft(db, workspace, member)
    cursor = db.execute(
        "INSERT INTO drafts (workspace, member, version, rule_set, answers, step, updated_at) "
        "VALUES (?, ?, 1, ?, ?, ?, ?)",
        [workspace, member, rule_set, json.dumps(dict(answers)), step, now.isoformat()],
    )
    return Draft(int(cursor.lastrowid or 0), 1, rule_set, answers, step)


def move_draft(
    db: Database, draft: Draft, rule_set: str, answers: Answers, step: str, now: datetime
) -> Draft | None:
    """Compare and set: None when the draft has moved on meanwhile."""
    cursor = db.execute(
        "UPDATE drafts SET version = version + 1, rule_set = ?, answers = ?, step = ?, "
        "updated_at = ? WHERE id = ? AND version = ?",
        [rule_set, json.dumps(dict(answers)), step, now.isoformat(), draft.id, draft.version],
    )
    if cursor.rowcount != 1:
        return None
    return Draft(draft.id, draft.version + 1, rule_set, answers, step)


def drop_draft(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """The check is finished or erased."""
    db.execute("DELETE FROM drafts WHERE workspace = ? AND member = ?", [workspace, member])


def keep_told(
    db: Database,
    workspace: Workspace,
    member: MemberRef,
    rule_set: str,
    answers: Answers,
    now: datetime,
) -> None:
    """What the member told, in place of what they told before."""
    db.table("profiles").upsert(
        {
            "workspace": workspace,
            "member": member,
            "rule_set": rule_set,
            "answers": json.dumps(dict(answers)),
            "told_at": now.isoformat(),
        },
        pk=("workspace", "member"),
    )


def told_by(db: Database, workspace: Workspace, member: MemberRef) -> Told | None:
    """What the member told in their last finished check."""
    for row in db.query(
        "SELECT * FROM profiles WHERE workspace = ? AND member = ?", [workspace, member]
    ):
        return Told(
            row["rule_set"], json.loads(row["answers"]), datetime.fromisoformat(row["told_at"])
        )
    return None


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """What the member told, as it is kept."""
    owned = "WHERE workspace = ? AND member = ?"
    return {
        table: list(db.query(f"SELECT * FROM {table} {owned}", [workspace, member]))
        for table in ("profiles", "drafts")
    }


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget everything the member told."""
    for table in ("drafts", "profiles"):
        db.execute(f"DELETE FROM {table} WHERE workspace = ? AND member = ?", [workspace, member])
