"""Settings: every fault at once, in sentences, and no secret ever shown."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Settings, read_settings, require_slack
from bot.errors import SettingsError
from tests.support.cli import Terminal, terminal

BOT, APP, SECRET = "xoxb-1-geheim", "xapp-1-geheim", "geheim-0123456789"
GOOD = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": SECRET}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CLM_HOME", "LOG_LEVEL", "SLACK_API_URL", *GOOD):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    return terminal(tmp_path)


def faults(env: Mapping[str, str], *, http: bool = False) -> tuple[str, ...]:
    with pytest.MonkeyPatch.context() as change:
        for name, value in env.items():
            change.setenv(name, value)
        try:
            require_slack(read_settings(), http=http)
        except SettingsError as error:
            assert error.exit_code == 78
            return error.faults
    return ()


def test_without_any_setting_the_defaults_hold() -> None:
    """The bot looks after its files in data/ and talks to Slack, unless told otherwise."""
    settings = read_settings()
    assert settings.database == Path("data/clm.db")
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.log_level == "INFO"


@pytest.mark.parametrize("http", [False, True])
def test_complete_settings_are_accepted(http: bool) -> None:
    """With everything set neither way in has a fault."""
    assert faults(GOOD, http=http) == ()


def test_all_faults_are_told_together() -> None:
    """Whoever sets the bot up reads everything that is missing at once."""
    told = faults(
        {"SLACK_API_URL": "ftp://slack", "LOG_LEVEL": "loud", "SLACK_APP_TOKEN": "xoxb-1"}
    )
    assert [fault.split()[0] for fault in told] == [
        "SLACK_BOT_TOKEN", "SLACK_API_URL", "LOG_LEVEL", "SLACK_APP_TOKEN",
    ]  # fmt: skip
    assert all(fault.endswith((".", "?")) for fault in told)


@pytest.mark.parametrize(
    ("env", "http", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": ""}, False, "SLACK_BOT_TOKEN is not set. Find it at api.slack.com"),
        ({"SLACK_BOT_TOKEN": " \n"}, False, "SLACK_BOT_TOKEN is not set."),
        ({"SLACK_BOT_TOKEN": APP}, False, "does not begin with xoxb-. Is it another kind"),
        ({"SLACK_BOT_TOKEN": "xoxb-a b"}, False, "holds a character that no token has."),
        ({"SLACK_BOT_TOKEN": "xoxb-…"}, False, "holds a character that no token has."),
        ({"SLACK_APP_TOKEN": ""}, False, "SLACK_APP_TOKEN is not set."),
        ({"SLACK_SIGNING_SECRET": ""}, True, "SLACK_SIGNING_SECRET is not set. HTTP mode needs"),
        ({"SLACK_API_URL": "https://slack.com/api"}, False, "end with a slash."),
        ({"SLACK_API_URL": "slack.com/api/"}, False, "it must look like https://slack.com/api/"),
        ({"SLACK_API_URL": "http://[/"}, False, "it must look like https://slack.com/api/"),
        ({"SLACK_API_URL": "https:///api/"}, False, "it must look like https://slack.com/api/"),
        ({"LOG_LEVEL": "TRACE"}, False, "use DEBUG, INFO, WARNING or ERROR."),
    ],
)
def test_each_fault_has_its_sentence(env: dict[str, str], http: bool, sentence: str) -> None:
    """A setting that is missing or wrong is named, with where to find the right one."""
    [told] = faults({**GOOD, **env}, http=http)
    assert sentence in told


@pytest.mark.parametrize(("missing", "http"), [("APP_TOKEN", True), ("SIGNING_SECRET", False)])
def test_what_the_other_way_in_needs_is_not_asked_for(missing: str, http: bool) -> None:
    """HTTP mode needs no app token, and Socket Mode no signing secret."""
    assert faults({**GOOD, f"SLACK_{missing}": ""}, http=http) == ()


def test_a_copied_token_may_have_blanks_around_it() -> None:
    """The line end that copying brings along does no harm."""
    assert faults({**GOOD, "SLACK_BOT_TOKEN": f"  {BOT}\n"}) == ()


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_settings_are_read_from_a_file(tmp_path: Path, start: bytes) -> None:
    """A file .env in the folder counts, with and without a byte order mark."""
    lines = [f"{name}={value}" for name, value in GOOD.items()]
    (tmp_path / ".env").write_bytes(start + "\r\n".join(lines).encode())
    assert faults({}) == ()


def test_the_environment_goes_over_the_file(tmp_path: Path) -> None:
    """What is set for one start wins over what the file says."""
    (tmp_path / ".env").write_text("LOG_LEVEL=loud\nCLM_HOME=elsewhere\n", encoding="utf-8")
    assert faults({**GOOD, "LOG_LEVEL": "info"}) == ()
    assert read_settings().clm_home == Path("elsewhere")


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    """A .env that some editor saved in UTF-16 is named, instead of being half read."""
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1", encoding="utf-16")
    [told] = faults({})
    assert told == "The file .env is not plain UTF-8 text; save it anew with the encoding UTF-8."


def test_home_may_be_short_for_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """~ means the person's own folder, also where no shell reads it."""
    monkeypatch.setenv("HOME", "/somewhere")
    monkeypatch.setenv("CLM_HOME", "~/clm")
    assert read_settings().database == Path("/somewhere/clm/clm.db")
    monkeypatch.setenv("CLM_HOME", "~nobody-of-that-name/clm")
    with pytest.raises(SettingsError, match="CLM_HOME: there is no home folder for"):
        read_settings()


@pytest.mark.parametrize("shown", [repr, str, lambda settings: settings.model_dump_json()])
def test_secrets_are_never_shown(shown: object) -> None:
    """Whatever prints the settings, tokens and secret are not in it."""
    settings = Settings(
        slack_bot_token=SecretStr(BOT),
        slack_app_token=SecretStr(APP),
        slack_signing_secret=SecretStr(SECRET),
    )
    assert callable(shown)
    assert "geheim" not in shown(settings)


@pytest.mark.parametrize("name", list(GOOD))
def test_no_fault_shows_a_secret(name: str) -> None:
    """A token that is wrong is described, and not printed into somebody's log."""
    for value in ("geheim", "xoxb-geheim geheim", "xapp-geheim…"):
        env = {**GOOD, name: value}
        told = faults(env) + faults(env, http=True)
        assert "geheim" not in "".join(told)


def test_clm_run_tells_every_fault_before_anything_starts(shell: Terminal) -> None:
    """`clm run` ends with exit code 78, all sentences on standard error, and makes nothing."""
    ran = shell.starts("run", SLACK_BOT_TOKEN="geheim", LOG_LEVEL="loud")
    assert (ran.code, ran.out) == (78, "")
    assert len(ran.err.strip().split("\n")) == 3
    assert "geheim" not in ran.err
    assert [path.name for path in shell.home.iterdir()] == ["cache"]


def test_clm_run_over_http_tells_what_that_needs(shell: Terminal) -> None:
    """`clm run --http` asks for the signing secret and not for the app token."""
    ran = shell.runs("run", "--http", "127.0.0.1:0", SLACK_BOT_TOKEN=BOT)
    assert (ran.code, ran.out) == (78, "")
    assert "SLACK_SIGNING_SECRET is not set." in ran.err and "APP_TOKEN" not in ran.err


@pytest.mark.parametrize("place", ["3000", "localhost", ":3000", "host:port", "host:70000"])
def test_clm_run_wants_a_place_to_listen(shell: Terminal, place: str) -> None:
    """`--http` without host or port is told with an example."""
    ran = shell.runs("run", "--http", place)
    assert ran.code == 78 and "HOST:PORT, such as 127.0.0.1:3000" in ran.err
