"""Keeping the CLM with any ledger: gaps only shrink, limits hold, order plays no part."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ledger import LedgerEntry
from bot.domain.recertification import SUBJECTS
from bot.domain.recertification_hours import Group, group_of, tally
from bot.domain.recertification_judging import judge_recertification_all
from tests.support.recertification import (
    ENDS,
    HOLDER,
    TODAY,
    cycle,
    entry,
    measured,
    missing_in,
    rules,
)

HOURS = st.integers(1, 40).map(lambda quarters: Decimal(quarters) / 4)
KINDS = st.sampled_from(["live", "webinar", "self_study", "recording", "teaching", "social"])
DAYS = st.dates(date(2025, 6, 1), date(2028, 7, 31))
ENTRIES = st.builds(
    entry,
    HOURS,
    st.sampled_from(SUBJECTS),
    kind=KINDS,
    day=st.one_of(st.just(date(2026, 3, 1)), DAYS),
    id=st.integers(1, 9),
)
LEDGERS = st.lists(ENTRIES, max_size=14)


@given(LEDGERS, ENTRIES)
def test_adding_an_hour_never_makes_a_gap_larger(
    ledger: list[LedgerEntry], more: LedgerEntry
) -> None:
    """Whatever a member adds, no subject, no minimum and no total lacks more than before."""
    before, after = measured(*ledger), measured(*ledger, more)
    for name in SUBJECTS:
        assert missing_in(after, name) <= missing_in(before, name)
    assert after.short <= before.short
    assert after.missing <= before.missing
    assert after.behind <= before.behind
    assert after.counted >= before.counted


@given(LEDGERS)
def test_the_limits_are_never_exceeded(ledger: list[LedgerEntry]) -> None:
    """Neither passive formats nor teaching ever count beyond their limit, and nothing is lost."""
    found = tally(ledger, cycle(), rules())
    limits: list[tuple[Group, Decimal]] = [
        ("passive", rules().passive_cap),
        ("teaching", rules().teaching_cap),
    ]
    for group, limit in limits:
        assert found.counted_of(group) == min(found.all_of(group), limit)
    for group, by_subject in found.taken.items():
        for name, hours in by_subject.items():
            assert 0 <= hours <= found.recorded[group].get(name, Decimal(0))


@given(LEDGERS)
def test_no_other_division_of_the_limits_leaves_less_missing(ledger: list[LedgerEntry]) -> None:
    """The limits are divided as well as can be for the member (the least cut of the flow)."""
    found, kept = tally(ledger, cycle(), rules()), rules()
    none = Decimal(0)
    open_hours = {
        name: max(subject.needed - found.recorded["full"].get(name, none), none)
        for name, subject in kept.subjects.items()
    }

    def within(*groups: Group) -> Decimal:
        return sum(
            (
                min(gap, sum((found.recorded[g].get(name, none) for g in groups), none))
                for name, gap in open_hours.items()
            ),
            none,
        )

    best = min(
        kept.passive_cap + kept.teaching_cap,
        kept.passive_cap + within("teaching"),
        kept.teaching_cap + within("passive"),
        within("passive", "teaching"),
    )
    assert found.short == sum(open_hours.values(), none) - best


@given(st.data(), LEDGERS)
def test_the_order_of_the_entries_plays_no_part(
    data: st.DataObject, ledger: list[LedgerEntry]
) -> None:
    """The same courses entered in another order come to the same pace."""
    other: Sequence[LedgerEntry] = data.draw(st.permutations(ledger))
    assert measured(*other) == measured(*ledger)


@given(LEDGERS)
def test_the_judgements_add_up_to_the_pace(ledger: list[LedgerEntry]) -> None:
    """What is said of each entry is together what is said of all of them."""
    judged = judge_recertification_all(ledger, HOLDER, rules())
    assert sum((one.hours for one in judged), Decimal(0)) == measured(*ledger).counted
    for one, made in zip(judged, ledger, strict=True):
        assert 0 <= one.hours <= made.amount
        assert bool(one.hours) is (one.state in ("counts", "in_part"))
        if group_of(made, cycle(), rules()) is None:
            assert one.state in ("not", "unsure")


@given(LEDGERS, st.dates(date(2025, 6, 30), ENDS))
def test_a_day_later_is_never_less_behind(ledger: list[LedgerEntry], today: date) -> None:
    """Waiting alone brings nobody back on pace."""
    later = min(today + timedelta(days=1), ENDS)
    assert measured(*ledger, today=later).behind >= measured(*ledger, today=today).behind


@given(LEDGERS)
def test_who_is_done_lacks_nothing(ledger: list[LedgerEntry]) -> None:
    """ "Done" is said exactly when the total and every minimum are there."""
    found = measured(*ledger, today=TODAY)
    lacks = found.short or found.counted < found.needed
    assert (found.state == "done") is not bool(lacks)
