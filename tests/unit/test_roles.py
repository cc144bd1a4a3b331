"""Who holds a role, and what it lets them do."""

from datetime import date

import pytest

from bot.domain.identity import MemberRef, Workspace
from bot.domain.roles import Appointment, Chapter, Person, Right, Role, Roster, roster_of

HERE = Workspace("slack:T1")
TODAY = date(2026, 11, 23)
ANN, BOB, CID = (MemberRef(f"{HERE}:{user}") for user in ("U1", "U2", "U3"))


def chapter(
    chair: str | None = "U1", deputy: str | None = "U2", admin: str | None = None
) -> Chapter:
    people = Person(chair, "Ann"), Person(deputy, "Bob")
    return Chapter("C", *people, "UTC", None, None, None, None, admin=Person(admin, None))


def roster(
    given: Chapter,
    *decided: tuple[MemberRef, Role, bool],
    away: dict[MemberRef, date] | None = None,
) -> Roster:
    appointments = [Appointment(member, role, held, None) for member, role, held in decided]
    return roster_of(given, HERE, appointments, away or {}, TODAY)


def test_the_files_name_the_first_people() -> None:
    """Chair and deputy are who the files say, the chair is the first admin, others are members."""
    found = roster(chapter())
    assert [found.role_of(one) for one in (ANN, BOB, CID)] == ["chair", "deputy", "member"]
    assert found.may(ANN, "appoint") and not found.may(BOB, "appoint")
    assert found.desk == (ANN, BOB)


def test_an_admin_of_the_files_takes_that_from_the_chair() -> None:
    """Where an admin is named, they come last at the desk and appoint people too."""
    found = roster(chapter(admin="U3"))
    assert found.desk == (ANN, BOB, CID)
    assert found.may(CID, "appoint") and found.role_of(CID) == "admin"


def test_an_empty_chapter_has_nobody() -> None:
    """Nobody holds a role where none is named, an empty id included."""
    found = roster(chapter(None, None))
    assert found.desk == () and found.role_of(MemberRef("")) == "member"


def test_chat_has_the_last_word() -> None:
    """A role that was taken in chat is gone, one that was given is there, over the files."""
    found = roster(chapter(), (ANN, "chair", False), (CID, "chair", True))
    assert [one.member for one in found.with_role("chair")] == [CID]
    assert found.desk == (CID, BOB, ANN)
    assert found.role_of(ANN) == "admin"


def test_one_person_in_two_roles_counts_once() -> None:
    """A chair who is also the deputy gets a card once."""
    assert roster(chapter("U1", "U1")).desk == (ANN,)


@pytest.mark.parametrize(
    ("until", "desk"),
    [(date(2026, 11, 23), (BOB, ANN)), (date(2026, 11, 22), (ANN, BOB))],
)
def test_who_is_away_comes_last(until: date, desk: tuple[MemberRef, ...]) -> None:
    """Until the last day of an absence, that day included, requests go to the deputy first."""
    assert roster(chapter(), away={ANN: until}).desk == desk


@pytest.mark.parametrize(
    ("role", "right", "allowed"),
    [
        ("editor", "edit", True),
        ("editor", "answer", False),
        ("editor", "approve", False),
        ("deputy", "answer", True),
        ("deputy", "announce", False),
        ("deputy", "hand_over", False),
        ("admin", "appoint", True),
        ("admin", "edit", False),
        ("chair", "hand_over", True),
    ],
)
def test_each_role_has_its_rights(role: Role, right: Right, allowed: bool) -> None:
    """An editor sees no request, a deputy does not announce, an admin edits nothing."""
    assert roster(chapter(), (CID, role, True)).may(CID, right) is allowed
