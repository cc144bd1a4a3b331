"""What was entered in chat, gathered for each workspace to be laid over its files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlite_utils import Database

from bot.domain.curation_text import is_of_files
from bot.domain.identity import Workspace
from bot.domain.overlay import Overlay
from bot.domain.roles import NOBODY, Chapter, Person, Role, Roster, roster_of
from bot.store import fact_checks, members, revisions, roles, seasons


def entered(db: Database, chapter: Callable[[], Chapter]) -> dict[Workspace, Overlay]:
    """The overlay of every workspace in which anything was entered, or somebody has left;
    `chapter` is the files', asked for where that may change who answers for it."""
    found = seasons.all_seasons(db)
    changed = roles.workspaces(db)
    checks = fact_checks.all_checks(db)
    edited = revisions.newest_everywhere(db)
    gone = members.gone_everywhere(db)
    made = {}
    for workspace in dict.fromkeys((*found, *changed, *checks, *edited, *gone)):
        overlay = Overlay(
            tuple(found.get(workspace, ())),
            # An edit that steps back to the files leaves them the word.
            tuple(one for one in edited.get(workspace, ()) if not is_of_files(one)),
            checks=checks.get(workspace, ()),
        )
        if workspace in changed or workspace in gone:
            given = roles.appointments(db, workspace)
            left = gone.get(workspace, frozenset())
            roster = roster_of(chapter(), workspace, given, {}, date.min, left)
            if given or any(officer.left for officer in roster.officers):
                chair, deputy = _first(roster, "chair"), _first(roster, "deputy")
                overlay = replace(overlay, chair=chair, deputy=deputy)
        if not overlay.is_empty or workspace not in gone:
            made[workspace] = overlay
    return made


def _first(roster: Roster, role: Role) -> Person:
    found = next(iter(roster.reachable(role)), None)
    return Person(found.member, found.name) if found else NOBODY
