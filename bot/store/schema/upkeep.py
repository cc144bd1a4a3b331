"""The chair's desk: roles, how a ticket goes its way, the bank edited in chat, what is learned."""

from sqlite_utils import Database

from bot.store.schema.listed import migrations


@migrations()
def m013_roles(db: Database) -> None:
    """Roles given or taken in chat, by whom, who is away until when, and who is asked to be next.

    A handover is of the chair `by` to `member`, who has the `name` then; `keeps` is the role that
    the chair holds afterwards, `member` for none.
    """
    db.executescript(
        """
        CREATE TABLE roles (
          workspace TEXT NOT NULL, member TEXT NOT NULL, role TEXT NOT NULL, held INTEGER NOT NULL,
          name TEXT, PRIMARY KEY (workspace, member, role)
        ) STRICT;
        CREATE TABLE role_history (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, member TEXT NOT NULL,
          role TEXT NOT NULL, held INTEGER NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE away (
          workspace TEXT NOT NULL, member TEXT NOT NULL, until TEXT NOT NULL, at TEXT NOT NULL,
          PRIMARY KEY (workspace, member)
        ) STRICT;
        CREATE TABLE handovers (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, by TEXT NOT NULL,
          member TEXT NOT NULL, name TEXT NOT NULL, keeps TEXT NOT NULL, notes INTEGER NOT NULL,
          state TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL, requests INTEGER,
          drafts INTEGER, UNIQUE (workspace, key)
        ) STRICT;
        CREATE UNIQUE INDEX handovers_asked ON handovers (workspace) WHERE state = 'asked';
        """
    )


@migrations()
def m014_tickets_on_their_way(db: Database) -> None:
    """Snoozing, closing, notes, edits carried over, and what a ticket that waits has set off.

    `detail` of a line of history is whom or until when; `reason` is in the desk's own words.
    `place` and `message` are the platform's names of what somebody wrote, `part` its place among
    the parts of a long one. A channel is the committee's own, where the member agreed to have it
    shown. `since` of an alarm is when the waiting began, so that each sounds
    once for each wait. Tickets from before wait for whoever did not write last.
    """
    db.executescript(
        """
        ALTER TABLE tickets ADD COLUMN snoozed_until TEXT;
        ALTER TABLE tickets ADD COLUMN closed_at TEXT;
        ALTER TABLE tickets ADD COLUMN waiting_since TEXT;
        ALTER TABLE ticket_history ADD COLUMN detail TEXT NOT NULL DEFAULT '';
        ALTER TABLE ticket_history ADD COLUMN reason TEXT NOT NULL DEFAULT '';
        ALTER TABLE ticket_messages ADD COLUMN place TEXT NOT NULL DEFAULT '';
        ALTER TABLE ticket_messages ADD COLUMN message TEXT NOT NULL DEFAULT '';
        ALTER TABLE ticket_messages ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE ticket_messages ADD COLUMN edited_at TEXT;
        CREATE INDEX ticket_messages_written ON ticket_messages (place, message)
          WHERE message <> '';
        UPDATE tickets SET waiting_since = created_at WHERE state = 'new';
        UPDATE tickets SET closed_at = changed_at WHERE state = 'closed';
        UPDATE tickets SET state = (
            SELECT CASE m.by_member WHEN 1 THEN 'waiting_chair' ELSE 'waiting_member' END
            FROM ticket_messages m WHERE m.ticket = tickets.id ORDER BY m.id DESC LIMIT 1)
          WHERE state = 'claimed' AND id IN (SELECT ticket FROM ticket_messages);
        UPDATE tickets SET waiting_since = changed_at WHERE state IN ('claimed', 'waiting_chair');
        CREATE TABLE ticket_notes (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
          author TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX ticket_notes_of ON ticket_notes (ticket, id);
        CREATE TABLE ticket_alarms (
          ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE, what TEXT NOT NULL,
          since TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (ticket, what, since)
        ) STRICT;
        CREATE TABLE ticket_channels (
          ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE, place TEXT NOT NULL,
          state TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (ticket, place)
        ) STRICT;
        """
    )


@migrations()
def m015_revisions(db: Database) -> None:
    """The bank edited in chat: every revision of every entry, and what is being written.

    `key` names what was pressed or submitted, so that the same one again changes nothing. `origin`
    of a draft says what it is to answer: a question's turn, a ticket, or nothing. `told` names what
    the files said when the desk was told that they and the revision differ. A fact check is a
    value of the program that an editor found still right together with the entry that names it.
    """
    db.executescript(
        """
        CREATE TABLE revisions (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, entry TEXT NOT NULL,
          number INTEGER NOT NULL, change TEXT NOT NULL, text TEXT, base TEXT NOT NULL,
          by TEXT NOT NULL, key TEXT NOT NULL, told TEXT, at TEXT NOT NULL,
          UNIQUE (workspace, entry, number)
        ) STRICT;
        CREATE UNIQUE INDEX revisions_key ON revisions (workspace, key) WHERE key <> '';
        CREATE TABLE entry_drafts (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, author TEXT NOT NULL,
          entry TEXT NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL, origin TEXT NOT NULL,
          created_at TEXT NOT NULL, changed_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX entry_drafts_of ON entry_drafts (workspace, author);
        CREATE TABLE fact_checks (
          revision INTEGER NOT NULL, name TEXT NOT NULL, workspace TEXT NOT NULL,
          value TEXT NOT NULL, checked TEXT NOT NULL, PRIMARY KEY (revision, name)
        ) STRICT;
        CREATE INDEX fact_checks_of ON fact_checks (workspace, name);
        """
    )


@migrations()
def m016_learning(db: Database) -> None:
    """What became of questions that nobody could answer, who wants to hear, and what is proposed.

    `settled` is the entry that answers it, or `dismissed`; all that was settled at once has the
    same `settled_at`. `gathered` is the group (its lowest turn) as the desk saw it last when it
    began to answer. A proposal is a wording that a member chose an entry for; while their turn is
    kept, it leads there.
    """
    db.executescript(
        """
        ALTER TABLE unknown_questions ADD COLUMN settled TEXT;
        ALTER TABLE unknown_questions ADD COLUMN settled_at TEXT;
        ALTER TABLE unknown_questions ADD COLUMN gathered INTEGER;
        CREATE INDEX unknown_questions_open ON unknown_questions (workspace, question)
          WHERE settled_at IS NULL;
        CREATE INDEX unknown_questions_gathered ON unknown_questions (workspace, gathered)
          WHERE gathered IS NOT NULL;
        ALTER TABLE votes ADD COLUMN settled_at TEXT;
        ALTER TABLE votes ADD COLUMN gathered INTEGER;
        CREATE INDEX votes_wrong ON votes (turn) WHERE helpful = 0 AND settled_at IS NULL;
        CREATE TABLE wishes (
          turn INTEGER PRIMARY KEY, workspace TEXT NOT NULL, member TEXT NOT NULL,
          at TEXT NOT NULL, entry TEXT, told_at TEXT
        ) STRICT;
        CREATE INDEX wishes_of ON wishes (workspace, member);
        CREATE INDEX wishes_to_tell ON wishes (workspace, turn)
          WHERE entry IS NOT NULL AND told_at IS NULL;
        CREATE TABLE proposals (
          id INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, turn INTEGER NOT NULL,
          entry TEXT NOT NULL, text TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open',
          at TEXT NOT NULL, UNIQUE (turn, entry)
        ) STRICT;
        CREATE INDEX proposals_open ON proposals (workspace, entry) WHERE state = 'open';
        """
    )


@migrations()
def m017_digests_and_sharing(db: Database) -> None:
    """Which digest was sent to whom, and which members let the chair see how far they are."""
    db.executescript(
        """
        CREATE TABLE digests (
          workspace TEXT NOT NULL, holder TEXT NOT NULL, week TEXT NOT NULL, at TEXT NOT NULL,
          PRIMARY KEY (workspace, holder, week)
        ) STRICT;
        CREATE TABLE sharing (
          workspace TEXT NOT NULL, member TEXT NOT NULL, what TEXT NOT NULL, at TEXT NOT NULL,
          PRIMARY KEY (workspace, member, what)
        ) STRICT;
        CREATE INDEX turns_at ON turns (workspace, created_at);
        CREATE INDEX tickets_at ON tickets (workspace, created_at);
        """
    )
