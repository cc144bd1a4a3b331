"""Seasons that the committee enters: refused at the field, laid over the files, one chapter's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.running import demo_places
from bot.content import ContentPlaces, load_content
from bot.content.due import due
from bot.content.survey import surveyed
from bot.domain.identity import Workspace
from bot.domain.matching import Index
from bot.domain.overlay import Overlay
from bot.domain.program import Season
from bot.domain.seasons import faults_in, laid_over, names_to_offer
from bot.domain.standing import Standing
from bot.errors import ContentError
from bot.playground.view_rules import view_faults
from bot.runtime import Runtime
from bot.services import plan, seasons, standing
from bot.services.bank import Bank
from bot.store import seasons as kept
from handlers.slack.views.plan import plan_texts
from handlers.slack.views.seasons import preview_modal, season_days, season_modal
from handlers.slack.views.standing import standing_message
from tests.support.content import Tree, copied
from tests.support.database import ADA, HERE, Clock
from tests.support.road import Road
from tests.support.seasons import DRAFT

TODAY = date(2026, 11, 23)
ELSEWHERE = Workspace("slack:T0OTHER")
PAST = Season("Fall 2024", date(2024, 9, 5), date(2024, 11, 4), date(2024, 11, 30), "x")
SPRING = Season("Spring 2027", date(2027, 3, 4), None, None, "ALA's page", TODAY, entered=True)
HOSTILE = "<!channel> *bold* {next_season_name} [[x]] & <https://example.org|here>"


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"apply_by": None}, []),
        ({"test_from": None, "test_to": None}, []),
        ({"apply_by": date(2026, 12, 1)}, []),
        ({"apply_by": None, "test_from": None, "test_to": None}, ["apply_by"]),
        ({"source": "  "}, ["source"]),
        ({"source": "x" * 301}, ["source"]),
        ({"apply_by": date(2025, 3, 4)}, ["apply_by"]),
        ({"apply_by": date(2072, 3, 4)}, ["apply_by"]),
        ({"test_from": date(2026, 5, 3)}, ["test_from"]),
        ({"test_to": date(2029, 5, 28)}, ["test_to"]),
        ({"test_to": date(2028, 5, 28)}, ["test_to"]),
        ({"apply_by": date(2027, 5, 4)}, ["test_from"]),
        ({"test_to": date(2027, 5, 2)}, ["test_to"]),
        ({"test_from": None, "test_to": date(2027, 3, 3)}, ["test_to"]),
        ({"name": "Spring 2026", "apply_by": date(2026, 3, 4), "test_from": None,
          "test_to": date(2026, 5, 1)}, ["test_to"]),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_field(change: dict[str, object], fields: list[str]) -> None:
    """Typos in a year, a wrong order and an empty window are refused where they stand."""
    draft = replace(DRAFT, **change)  # type: ignore[arg-type]
    assert list(faults_in(draft, TODAY)) == fields


def test_the_names_to_choose_from_lie_ahead() -> None:
    """The window offers the seasons of the next years, and known ones under names of their own."""
    odd = Season("May 2027", date(2027, 3, 4), None, None, "x")
    names = names_to_offer([PAST, odd], TODAY)
    assert names[:3] == ("Fall 2026", "Spring 2027", "Fall 2027")
    assert names[-1] == "May 2027" and "Fall 2024" not in names


@given(st.lists(st.dates(date(2024, 1, 1), date(2030, 1, 1)), max_size=6), st.dates())
def test_what_is_entered_lies_over_the_files_in_order(days: list[date], entered: date) -> None:
    """Seasons of files and chat stand oldest first, and laying them over twice changes nothing."""
    base = [Season(f"S{at}", day, None, None, "x") for at, day in enumerate(sorted(days))]
    over = [Season("S0", entered, None, None, "y", entered=True)]
    merged = laid_over(base, over)
    assert [s.apply_by for s in merged] == sorted(s.apply_by for s in merged if s.apply_by)
    assert [s for s in merged if s.name == "S0"] == over
    assert laid_over(merged, over) == merged


@pytest.fixture
def road() -> Iterator[Road]:
    made = Road(seasons=[PAST])
    yield made
    made.close()


def test_a_season_is_kept_once_with_its_history(road: Road) -> None:
    """Saving the same again changes nothing; each change keeps what stood there and who made it."""
    first = road.run(seasons.save, ADA, DRAFT, 0)
    assert isinstance(first, seasons.Saved)
    assert isinstance(road.run(seasons.save, ADA, DRAFT, 0), seasons.Saved)
    later = replace(DRAFT, apply_by=date(2027, 3, 11))
    stale = road.run(seasons.save, ADA, later, 0)
    assert isinstance(stale, seasons.SeasonPreview) and stale.changed_meanwhile
    assert isinstance(road.run(seasons.save, ADA, later, 1), seasons.Saved)
    changes = road.db.execute("SELECT max(id) FROM season_history").fetchone()[0]
    change = road.run(seasons.change_of, changes)
    assert change is not None and change.before and change.after
    assert (change.before.apply_by, change.after.apply_by) == (DRAFT.apply_by, later.apply_by)
    assert change.by == ADA
    assert len(road.told("season")) == 2 * changes


def test_what_was_wrong_is_never_kept(road: Road) -> None:
    """A preview that the calendar has overtaken is not saved."""
    refused = road.run(seasons.save, ADA, replace(DRAFT, source=""), 0)
    assert isinstance(refused, seasons.Refused)
    assert kept.seasons_of(road.db, HERE) == ()


def test_taking_a_season_out_twice_is_harmless(road: Road) -> None:
    """The second press finds it gone and tells nobody again."""
    road.run(seasons.save, ADA, DRAFT, 0)
    assert road.run(seasons.withdraw, ADA, DRAFT.name)
    told = len(road.told("season"))
    assert not road.run(seasons.withdraw, ADA, DRAFT.name)
    assert len(road.told("season")) == told


def test_a_deadline_that_has_passed_is_not_told_as_coming(road: Road) -> None:
    """While the exam still lies ahead, the status says that applications are closed."""
    season = Season("Spring 2027", date(2027, 3, 4), date(2027, 5, 3), date(2027, 5, 28), "x")
    road.bank = Bank(replace(road.bank.content, seasons=(season,)), cast(Index, None))
    for day, said in ((4, "apply by March 4, 2027"), (5, "applications closed on March 4, 2027")):
        road.now = datetime(2027, 3, day, 18, tzinfo=UTC)
        found = road.run(standing.read, ADA)
        shown = standing_message(found, road.bank.content.copy).text
        assert said in shown and "exam from May 3, 2027" in shown


FIRST, LAST = date(2027, 5, 3), date(2027, 5, 28)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (FIRST, LAST, "exam from May 3, 2027 to May 28, 2027"),
        (FIRST, FIRST, "exam on May 3, 2027"),
        (FIRST, None, "exam from May 3, 2027, last exam day not known"),
        (None, LAST, "exam until May 28, 2027, first exam day not known"),
        (None, None, "exam dates not known"),
    ],
)
def test_the_exam_is_said_as_far_as_it_is_known(
    road: Road, first: date | None, last: date | None, said: str
) -> None:
    """The status and the committee's words hold back no day that is known, and say one day once."""
    season = Season("Spring 2027", date(2027, 3, 4), first, last, "x")
    road.bank = Bank(replace(road.bank.content, seasons=(season,)), cast(Index, None))
    copy = road.bank.content.copy
    status = standing_message(road.run(standing.read, ADA), copy).text
    assert f"Spring 2027: apply by March 4, 2027, {said}." in status
    assert season_days(season, copy) == f"Spring 2027: apply by March 4, 2027, {said}"


def test_a_plan_that_a_moved_deadline_overtakes_is_called_too_late(road: Road) -> None:
    """Whoever planned for the last day reads in their status that it has moved before that."""
    season = Season("Spring 2027", date(2027, 3, 4), FIRST, LAST, "x")
    road.bank = Bank(replace(road.bank.content, seasons=(season,)), cast(Index, None))
    planned = road.run(plan.choose, ADA, date(2027, 3, 4))
    assert isinstance(planned, Standing) and planned.plan
    assert planned.plan.too_late_for is None
    moved = replace(season, apply_by=date(2027, 3, 1))
    road.bank = Bank(replace(road.bank.content, seasons=(moved,)), cast(Index, None))
    shown = plan_texts(road.run(standing.plan_of, ADA), road.bank.content.copy)
    assert shown == [
        "You plan to apply by March 4, 2027.",
        "That is too late for Spring 2027: its last day to apply is March 1, 2027.",
    ]


def test_erasing_whoever_entered_it_keeps_the_season(road: Road) -> None:
    """The season is the chapter's; who entered it is forgotten, in its history as well."""
    road.run(seasons.save, ADA, DRAFT, 0)
    assert len(kept.stored(road.db, HERE, ADA)["seasons"]) == 1
    kept.erase(road.db, HERE, ADA)
    assert kept.stored(road.db, HERE, ADA) == {"seasons": [], "season_history": []}
    assert [one.season.name for one in kept.seasons_of(road.db, HERE)] == ["Spring 2027"]


def test_the_windows_are_within_slack_s_limits(road: Road) -> None:
    """The form and the preview open with the longest source, and its words stay letters."""
    copy = road.bank.content.copy
    source = (HOSTILE * 9)[:300]
    road.run(seasons.save, ADA, replace(DRAFT, source=source), 0)
    road.bank = Bank(replace(road.bank.content, seasons=(PAST, replace(SPRING, source=source))),
                     cast(Index, None))  # fmt: skip
    form = road.run(seasons.form, "Spring 2027")
    preview = road.run(seasons.preview, DRAFT)
    assert isinstance(preview, seasons.SeasonPreview)
    for view in (season_modal(form, copy, {}), preview_modal(preview, copy)):
        assert view_faults(view, kind="modal") == []
        assert "mrkdwn" not in str(view)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


def test_an_answer_says_whose_word_a_season_is(tree: Tree) -> None:
    """The answer names the season and its source, and the rest of its sources after it; an answer
    that speaks of no season names none."""
    base = tree.load()
    over = base.with_overlay(Overlay((replace(SPRING, source=HOSTILE),)), TODAY)
    answer = over.entries["application-deadline"]
    assert "For Spring 2027 the deadline is March 4, 2027." in answer.text
    assert answer.sources[0].title == HOSTILE
    assert "entered by the chapter's committee on November 23, 2026" in answer.sources[0].edition
    assert answer.sources[1:] == base.entries["application-deadline"].sources
    assert over.entries["exam-format"] == base.entries["exam-format"]
    assert over.copy.values["next_season_name"] == "Spring 2027"
    exam = over.entries["exam-dates"].text
    assert "testing from a day not known to a day not known; apply by March 4, 2027" in exam


def test_seasons_are_laid_over_files_that_have_gone(tree: Tree) -> None:
    """What became of the files since they were read plays no part."""
    base = tree.load()
    for path in tree.content.rglob("*.yaml"):
        path.write_text("broken: [", encoding="utf-8")
    over = base.with_overlay(Overlay((SPRING,)), TODAY)
    assert [s.name for s in over.seasons][-2:] == ["Fall 2024", "Spring 2027"]
    assert over.with_overlay(Overlay(()), TODAY).seasons == base.seasons


def test_the_newest_season_is_due_for_a_look(tree: Tree) -> None:
    """`clm content due` names a season whose days were last checked long before its deadline."""
    tree.own(
        "content/program.yaml",
        "seasons:\n- {name: Fall 2028, apply_by: 2028-09-05, source: capital-chapter-clm, "
        "checked: 2026-11-23}\n",
    )
    survey = surveyed(ContentPlaces(tree.content, own=tree.home), TODAY)
    found = {one.kind: one.on for one in due(survey) if one.kind in ("season", "seasons")}
    assert found == {"season": date(2027, 5, 23), "seasons": date(2028, 9, 5)}


def demo_content(today: date) -> Bank:
    return Bank(load_content(demo_places(), today), cast(Index, None))


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    made = Runtime(demo_content, tmp_path / "clm.db", Clock())
    yield made
    made.close()


def coming(runtime: Runtime, workspace: Workspace) -> str | None:
    return runtime.bank(workspace).content.copy.values["next_season_name"]


async def test_a_season_is_one_chapter_s(runtime: Runtime, tmp_path: Path) -> None:
    """What one chapter enters no other one says, also after the files were read anew or the bot
    was started again."""
    await runtime.run(seasons.save, HERE, ADA, DRAFT, 0)
    await runtime.renew_overlays()
    assert (coming(runtime, HERE), coming(runtime, ELSEWHERE)) == ("Spring 2027", None)
    await runtime.renew_bank()
    assert (coming(runtime, HERE), coming(runtime, ELSEWHERE)) == ("Spring 2027", None)
    runtime.close()
    again = Runtime(demo_content, tmp_path / "clm.db", Clock())
    assert (coming(again, HERE), coming(again, ELSEWHERE)) == ("Spring 2027", None)
    again.close()


async def test_a_season_that_cannot_be_used_replaces_nothing(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot goes on with what it said before."""
    await runtime.run(seasons.save, HERE, ADA, DRAFT, 0)
    await runtime.renew_overlays()

    def fails(*given: object) -> Bank:
        raise ContentError(["broken"])

    monkeypatch.setattr("bot.runtime.with_overlay", fails)
    await runtime.run(seasons.save, HERE, ADA, replace(DRAFT, source="other"), 1)
    await runtime.renew_overlays()
    assert coming(runtime, HERE) == "Spring 2027"
    await runtime.renew_bank()
    assert coming(runtime, HERE) is None
