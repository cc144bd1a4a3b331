"""The playground slows a bot down where Slack would."""

import pytest

from bot.playground.manifest import METHOD_SCOPES
from bot.playground.rates import BURST, PER_MINUTE, Rates


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the seconds so far."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.mark.parametrize(
    ("method", "calls"),
    [
        ("users.list", 20),
        ("chat.update", 50),
        ("chat.delete", 50),
        ("conversations.open", 50),
        ("apps.connections.open", 50),
        ("views.open", 100),
        ("views.publish", 100),
        ("users.info", 100),
        ("chat.postEphemeral", 100),
        ("assistant.threads.setSuggestedPrompts", 100),
        ("auth.test", 200),
    ],
)
def test_a_method_takes_its_tier_a_minute(method: str, calls: int, clock: Clock) -> None:
    """The tier's number of calls passes; the next must wait until the first is a minute old."""
    rates = Rates(clock)
    assert [rates.check(method) for _ in range(calls)] == [None] * calls
    clock.now += 20
    assert rates.check(method) == 40
    clock.now += 39.5
    assert rates.check(method) == 1
    clock.now += 0.5
    assert rates.check(method) is None


def test_each_method_has_its_own_count(clock: Clock) -> None:
    """A busy method does not slow another one down."""
    rates = Rates(clock)
    for _ in range(20):
        rates.check("users.list")
    assert rates.check("users.list") == 60
    assert rates.check("users.info") is None


def test_a_channel_takes_a_burst_and_then_one_message_a_second(clock: Clock) -> None:
    """A short burst into a channel passes, the next message waits a second."""
    rates = Rates(clock)
    burst = [rates.check("chat.postMessage", "C0CLM") for _ in range(BURST)]
    assert burst == [None] * BURST
    assert rates.check("chat.postMessage", "C0CLM") == 1
    clock.now += 1
    assert rates.check("chat.postMessage", "C0CLM") is None
    assert rates.check("chat.postMessage", "C0CLM") == 1


def test_one_message_a_second_always_passes(clock: Clock) -> None:
    """A bot that keeps Slack's pace in a channel is never refused."""
    rates = Rates(clock)
    for _ in range(200):
        assert rates.check("chat.postMessage", "C0CLM") is None
        clock.now += 1


def test_a_busy_channel_does_not_stop_another(clock: Clock) -> None:
    """The pace of messages is counted by channel."""
    rates = Rates(clock)
    for _ in range(BURST):
        rates.check("chat.postMessage", "C0CLM")
    assert rates.check("chat.postMessage", "C0CLM") == 1
    assert rates.check("chat.postMessage", "D0ADA") is None


def test_the_workspace_takes_300_messages_a_minute(clock: Clock) -> None:
    """Messages to many channels at once meet the cap of the workspace."""
    rates = Rates(clock)
    for number in range(300):
        assert rates.check("chat.postMessage", f"D{number}") is None
    assert rates.check("chat.postMessage", "D300") == 60


def test_a_refused_call_does_not_count(clock: Clock) -> None:
    """A bot that waits as told gets through, however often it tried before."""
    rates = Rates(clock)
    for _ in range(BURST + 10):
        rates.check("chat.postMessage", "C0CLM")
    clock.now += 1
    assert rates.check("chat.postMessage", "C0CLM") is None


def test_rates_can_be_switched_off_and_forgotten(clock: Clock) -> None:
    """A load run is not slowed down, and a reset starts from nothing."""
    rates = Rates(clock)
    rates.enabled = False
    assert [rates.check("users.list") for _ in range(100)] == [None] * 100
    rates.enabled = True
    for _ in range(20):
        assert rates.check("users.list") is None
    assert rates.check("users.list") == 60
    rates.reset()
    assert rates.check("users.list") is None


def test_every_method_of_the_playground_has_a_rate() -> None:
    """No method can be called without end."""
    assert set(PER_MINUTE) == set(METHOD_SCOPES)
