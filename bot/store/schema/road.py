"""The member's road: hours, sessions, dates, reminders, keeping the CLM, and erasing."""

from sqlite_utils import Database

from bot.store.schema.listed import migrations


@migrations()
def m007_ledger_and_plan(db: Database) -> None:
    """The hours that members recorded, and the day on which each wants to apply.

    `form` names the window that an entry came from, so that a second submit of it adds nothing.
    """
    db.executescript(
        """
        CREATE TABLE ledger (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, member TEXT NOT NULL,
          version INTEGER NOT NULL, day TEXT NOT NULL, title TEXT NOT NULL, provider TEXT NOT NULL,
          amount TEXT NOT NULL, kind TEXT NOT NULL, category TEXT, subject TEXT,
          proof TEXT NOT NULL, note TEXT NOT NULL, session INTEGER, form TEXT NOT NULL,
          created_at TEXT NOT NULL, changed_at TEXT NOT NULL, deleted_at TEXT,
          UNIQUE (workspace, member, form)
        ) STRICT;
        CREATE INDEX ledger_of ON ledger (workspace, member, day);
        CREATE TABLE plans (
          workspace TEXT NOT NULL, member TEXT NOT NULL, apply_on TEXT NOT NULL,
          set_at TEXT NOT NULL, PRIMARY KEY (workspace, member)
        ) STRICT;
        """
    )


@migrations()
def m008_sessions(db: Database) -> None:
    """Educational sessions of the chapter, and who says that they attended.

    `erased` counts the confirmed attendances of members who erased their data.
    """
    db.executescript(
        """
        CREATE TABLE sessions (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, version INTEGER NOT NULL,
          title TEXT NOT NULL, day TEXT NOT NULL, minutes INTEGER NOT NULL, kind TEXT NOT NULL,
          category TEXT, subject TEXT, state TEXT NOT NULL, place TEXT NOT NULL, by TEXT NOT NULL,
          form TEXT NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL,
          erased INTEGER NOT NULL DEFAULT 0, UNIQUE (workspace, form)
        ) STRICT;
        CREATE TABLE attendances (
          session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
          workspace TEXT NOT NULL, member TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL,
          PRIMARY KEY (session, member)
        ) STRICT;
        CREATE INDEX attendances_of ON attendances (workspace, member);
        """
    )


@migrations()
def m009_seasons(db: Database) -> None:
    """Exam seasons that the chair entered in chat, their history, and who holds which calendar."""
    db.executescript(
        """
        CREATE TABLE seasons (
          workspace TEXT NOT NULL, name TEXT NOT NULL, apply_by TEXT, test_from TEXT, test_to TEXT,
          source TEXT NOT NULL, checked TEXT NOT NULL, version INTEGER NOT NULL, by TEXT NOT NULL,
          at TEXT NOT NULL, PRIMARY KEY (workspace, name)
        ) STRICT;
        CREATE TABLE season_history (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, name TEXT NOT NULL,
          before TEXT, after TEXT, by TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE calendars (
          workspace TEXT NOT NULL, member TEXT NOT NULL, subject TEXT NOT NULL,
          dates TEXT NOT NULL, sequence INTEGER NOT NULL DEFAULT 0, at TEXT NOT NULL,
          PRIMARY KEY (workspace, member, subject)
        ) STRICT;
        """
    )


@migrations()
def m010_reminders(db: Database) -> None:
    """Who wants reminders, in which time zone, and each reminder: one row, sent once."""
    db.executescript(
        """
        ALTER TABLE members ADD COLUMN time_zone TEXT;
        CREATE TABLE reminder_settings (
          workspace TEXT NOT NULL, member TEXT NOT NULL, wanted INTEGER NOT NULL,
          changed_at TEXT NOT NULL, PRIMARY KEY (workspace, member)
        ) STRICT;
        CREATE TABLE reminders (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, member TEXT NOT NULL,
          subject TEXT NOT NULL, day TEXT NOT NULL, days_before INTEGER NOT NULL,
          due_at TEXT NOT NULL, state TEXT NOT NULL, changed_at TEXT NOT NULL,
          UNIQUE (workspace, member, subject, day, days_before)
        ) STRICT;
        CREATE INDEX reminders_due ON reminders (due_at) WHERE state IN ('planned', 'snoozed');
        """
    )


@migrations()
def m011_holders(db: Database) -> None:
    """Members who say that they hold the CLM, and when their cycle ends; empty for CLM (Ret.)."""
    db.executescript(
        """
        CREATE TABLE holders (
          workspace TEXT NOT NULL, member TEXT NOT NULL, season TEXT NOT NULL,
          cycle_ends TEXT NOT NULL, retired INTEGER NOT NULL DEFAULT 0, told_at TEXT NOT NULL,
          PRIMARY KEY (workspace, member)
        ) STRICT;
        """
    )


@migrations()
def m012_erasures(db: Database) -> None:
    """Which erasures this file has carried out, who left when, and what is left as counts.

    `mark` is a keyed digest: it names nobody, and tells a member again who was erased. A question
    that nobody could answer is kept without who asked; while their turn is kept, it leads there.
    `direct` is a member's own conversation with the bot, where some of their messages stand.
    """
    db.executescript(
        """
        ALTER TABLE members ADD COLUMN last_seen TEXT;
        ALTER TABLE members ADD COLUMN direct TEXT;
        ALTER TABLE members ADD COLUMN left_at TEXT;
        CREATE TABLE erasures (
          workspace TEXT NOT NULL, mark TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL,
          PRIMARY KEY (workspace, mark, at)
        ) STRICT;
        CREATE TABLE counts (
          workspace TEXT NOT NULL, what TEXT NOT NULL, number INTEGER NOT NULL,
          PRIMARY KEY (workspace, what)
        ) STRICT;
        CREATE TABLE uninstalls (
          workspace TEXT PRIMARY KEY, at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE unknown_questions (
          turn INTEGER PRIMARY KEY, workspace TEXT NOT NULL, question TEXT NOT NULL,
          at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX unknown_questions_at ON unknown_questions (workspace, at);
        """
    )
