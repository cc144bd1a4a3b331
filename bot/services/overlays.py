"""What was entered in chat, gathered for each workspace to be laid over its files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlite_utils import Database

from bot.domain.curation_text import is_of_files
from bot.domain.identity import Workspace
from bot.domain.overlay import Overlay
from bot.domain.roles import NOBODY, Chapter, Person, Role, Roster, roster_of
from bot.store import fact_checks, revisions, roles, seasons


def entered(db: Database, chapter: Callable[[], Chapter]) -> dict[Workspace, Overlay]:
    """The overlay of every workspace in which anything was entered; `chapter` is the files', asked
    for where a role was given in chat."""
    found = seasons.all_seasons(db)
    changed = roles.workspaces(db)
    checks = fact_checks.all_checks(db)
    edited = revisions.newest_everywhere(db)
    made = {}
    for workspace in dict.fromkeys((*found, *changed, *checks, *edited)):
        overlay = Overlay(
            tuple(found.get(workspace, ())),
            # An edit that steps back to the files leaves them the word.
            tuple(one for one in edited.get(workspace, ()) if not is_of_files(one)),
            checks=checks.get(workspace, ()),
        )
        if workspace in changed:
            given = roles.appointments(db, workspace)
            roster = roster_of(chapter(), workspace, given, {}, date.min)
            chair, deputy = _first(roster, "chair"), _first(roster, "deputy")
            overlay = replace(overlay, chair=chair, deputy=deputy)
        made[workspace] = overlay
    return made


def _first(roster: Roster, role: Role) -> Person:
    found = next(iter(roster.with_role(role)), None)
    return Person(found.member, found.name) if found else NOBODY
