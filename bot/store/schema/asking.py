"""Asking, checking, and talking to the chair."""

from sqlite_utils import Database

from bot.store.schema.listed import migrations


@migrations()
def m001_inbox_and_outbox(db: Database) -> None:
    """What came in, what must be told, and where it landed."""
    db.executescript(
        """
        CREATE TABLE inbox (
          id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, key TEXT NOT NULL, body TEXT,
          received_at TEXT NOT NULL, done_at TEXT, UNIQUE (workspace, key)
        ) STRICT;
        CREATE INDEX inbox_open ON inbox (id) WHERE done_at IS NULL;
        CREATE TABLE outbox (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, recipient TEXT NOT NULL,
          slot TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, under TEXT NOT NULL,
          state TEXT NOT NULL DEFAULT 'due', due_at TEXT NOT NULL, attempts INTEGER NOT NULL
          DEFAULT 0, uncertain INTEGER NOT NULL DEFAULT 0, reason TEXT, created_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'due';
        CREATE TABLE receipts (
          workspace TEXT NOT NULL, recipient TEXT NOT NULL, slot TEXT NOT NULL,
          conversation TEXT NOT NULL, message TEXT NOT NULL, at TEXT NOT NULL,
          PRIMARY KEY (workspace, recipient, slot)
        ) STRICT;
        CREATE INDEX receipts_landing ON receipts (workspace, conversation, message);
        """
    )


@migrations()
def m002_members_turns_and_votes(db: Database) -> None:
    """Who has met the bot, what was asked and shown, and what people thought of it.

    Ids of turns are never used again after an erasure: buttons already shown carry them.
    """
    db.executescript(
        """
        CREATE TABLE members (
          workspace TEXT NOT NULL, member TEXT NOT NULL, first_seen TEXT NOT NULL,
          welcomed_at TEXT, PRIMARY KEY (workspace, member)
        ) STRICT;
        CREATE TABLE turns (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, member TEXT NOT NULL,
          place TEXT NOT NULL, message TEXT NOT NULL, question TEXT NOT NULL,
          outcome TEXT NOT NULL, entry TEXT, choices TEXT NOT NULL, digest TEXT,
          late INTEGER NOT NULL DEFAULT 0, introduces INTEGER NOT NULL DEFAULT 0,
          created_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX turns_member ON turns (workspace, member, created_at);
        CREATE INDEX turns_message ON turns (workspace, place, message);
        CREATE TABLE votes (
          turn INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE, member TEXT NOT NULL,
          helpful INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (turn, member)
        ) STRICT;
        """
    )


@migrations()
def m003_eligibility(db: Database) -> None:
    """Drafts of the dialog, and the answers of a finished one.

    Ids of drafts are never used again: a window that stands open carries its draft's.
    """
    db.executescript(
        """
        CREATE TABLE drafts (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, member TEXT NOT NULL,
          version INTEGER NOT NULL, rule_set TEXT NOT NULL, answers TEXT NOT NULL,
          step TEXT NOT NULL, updated_at TEXT NOT NULL, UNIQUE (workspace, member)
        ) STRICT;
        CREATE TABLE profiles (
          workspace TEXT NOT NULL, member TEXT NOT NULL, rule_set TEXT NOT NULL,
          answers TEXT NOT NULL, told_at TEXT NOT NULL, PRIMARY KEY (workspace, member)
        ) STRICT;
        """
    )


@migrations()
def m004_tickets(db: Database) -> None:
    """Hand-offs: previews, tickets, who holds a card, their history, and what was said in them.

    Ids are never used again after an erasure (AUTOINCREMENT): they name slots in the outbox.
    """
    db.executescript(
        """
        CREATE TABLE ticket_drafts (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, member TEXT NOT NULL,
          offered TEXT NOT NULL, adds_to INTEGER, created_at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE ticket_numbers (
          workspace TEXT PRIMARY KEY, last INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE tickets (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, number INTEGER NOT NULL,
          member TEXT NOT NULL, state TEXT NOT NULL, version INTEGER NOT NULL, claimed_by TEXT,
          outcome TEXT, shared TEXT NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL,
          UNIQUE (workspace, number)
        ) STRICT;
        CREATE UNIQUE INDEX tickets_one_open ON tickets (workspace, member)
          WHERE state NOT IN ('closed', 'withdrawn');
        CREATE TABLE ticket_cards (
          ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE, holder TEXT NOT NULL,
          state TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (ticket, holder)
        ) STRICT;
        CREATE TABLE ticket_history (
          id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
          who TEXT NOT NULL, what TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX ticket_history_of ON ticket_history (ticket, id);
        CREATE INDEX ticket_history_key ON ticket_history (key) WHERE key <> '';
        CREATE TABLE ticket_messages (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
          author TEXT NOT NULL, by_member INTEGER NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX ticket_messages_of ON ticket_messages (ticket, id);
        """
    )


@migrations()
def m005_conversations(db: Database) -> None:
    """What a turn goes on from: further questions in it, the entry before, entries that were not
    meant, and the wording before it."""
    db.executescript(
        """
        ALTER TABLE turns ADD COLUMN also TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE turns ADD COLUMN follows TEXT;
        ALTER TABLE turns ADD COLUMN dropped TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE turns ADD COLUMN first_wording TEXT NOT NULL DEFAULT '';
        CREATE INDEX turns_place ON turns (workspace, place, id);
        """
    )


@migrations()
def m006_content_conditions(db: Database) -> None:
    """How the content files were found, so that nobody is told of the same faults twice."""
    db.executescript(
        """
        CREATE TABLE content_conditions (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, faults TEXT NOT NULL,
          stand_in TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX content_conditions_of ON content_conditions (workspace, id);
        """
    )
