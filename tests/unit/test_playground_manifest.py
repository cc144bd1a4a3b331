"""The playground installs an app as Slack would, or refuses its manifest in sentences."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.playground.manifest import ManifestError, Prompt, load_manifest
from tests.support.manifests import (
    ALL,
    COMMAND,
    EVENTS,
    FEATURES,
    HTTP,
    INFO,
    SCOPES,
    SETTINGS,
    SHORTCUT,
    SOUND,
    WEB,
    Json,
    changed,
    commands,
    lacking,
    over_http,
    prompts,
    redirects,
    scoped,
    shortcuts,
    without,
)

# name, accepted, refused, words of the sentence
CASES: list[tuple[str, Json, Json, str]] = [
    ("name 35", changed((INFO, "name"), "x" * 35), changed((INFO, "name"), "x" * 36),
     "display_information.name: must be less than 36"),
    ("name required", SOUND, without(INFO, "name"), "missing required field: name"),
    ("display information required", SOUND, without(INFO), "missing required field"),
    ("description 140", changed((INFO, "description"), "x" * 140),
     changed((INFO, "description"), "x" * 141), "less than 141"),
    ("long description 175", changed((INFO, "long_description"), "x" * 175),
     changed((INFO, "long_description"), "x" * 174), "more than 174"),
    ("long description 4000", changed((INFO, "long_description"), "x" * 4000),
     changed((INFO, "long_description"), "x" * 4001), "less than 4001"),
    ("colour", changed((INFO, "background_color"), "#fff"),
     changed((INFO, "background_color"), "white"), "background_color: must be"),
    ("unknown key", SOUND, changed((INFO, "naem"), "x"), "naem (did you mean name?)"),
    ("unknown top key", SOUND, changed(("setings",), {}), "the manifest: invalid additional"),
    ("version is a number", changed(("_metadata", "major_version"), 1),
     changed(("_metadata", "major_version"), "2"), "must be an integer"),
    ("bot name 80", changed((FEATURES, "bot_user", "display_name"), "x" * 80),
     changed((FEATURES, "bot_user", "display_name"), "x" * 81), "less than 81"),
    ("bot user required", SOUND, without(FEATURES, "bot_user"), "need features.bot_user"),
    ("home is a boolean", changed((FEATURES, "app_home", "home_tab_enabled"), False),
     changed((FEATURES, "app_home", "home_tab_enabled"), "yes"), "must be a boolean"),
    ("prompts 4", prompts(4), prompts(5), "no more than 4 items"),
    ("prompt whole", prompts(1),
     changed((FEATURES, "agent_view", "suggested_prompts"), [{"title": "x"}]), "message"),
    ("agent description 300", changed((FEATURES, "agent_view", "agent_description"), "x" * 300),
     changed((FEATURES, "agent_view", "agent_description"), "x" * 301), "less than 301"),
    ("agent needs its scope", SOUND, lacking("assistant:write"), "assistant:write"),
    ("agent needs the Messages tab", SOUND,
     changed((FEATURES, "app_home", "messages_tab_enabled"), False), "messages_tab_enabled: true"),
    ("agent must be able to hear", SOUND,
     changed((FEATURES, "app_home", "messages_tab_read_only_enabled"), True), "read_only"),
    ("assistant_view is legacy", SOUND,
     changed((FEATURES, "assistant_view"), {"assistant_description": "x"}), "use agent_view"),
    ("steps are gone", SOUND, changed((FEATURES, "workflow_steps"), []), "retired"),
    ("command 32", commands("/" + "x" * 31), commands("/" + "x" * 32), "less than 33"),
    ("command begins with /", commands("/clm"), commands("clm"), "must be / and then"),
    ("command is small letters", commands("/clm-2"), commands("/CLM"), "must be / and then"),
    ("command is not Slack's", commands("/clm"), commands("/remind"), "Slack's own command"),
    ("commands differ", commands("/clm", "/clm2"), commands("/clm", "/clm"), "declared twice"),
    ("50 commands", commands(*[f"/c{n}" for n in range(50)]),
     commands(*[f"/c{n}" for n in range(51)]), "no more than 50"),
    ("command described", SOUND, changed(COMMAND, {"command": "/clm"}), "description"),
    ("command description 2000", changed((*COMMAND, "description"), "x" * 2000),
     changed((*COMMAND, "description"), "x" * 2001), "less than 2001"),
    ("usage hint 1000", changed((*COMMAND, "usage_hint"), "x" * 1000),
     changed((*COMMAND, "usage_hint"), "x" * 1001), "less than 1001"),
    ("escape is a boolean", changed((*COMMAND, "should_escape"), False),
     changed((*COMMAND, "should_escape"), "no"), "must be a boolean"),
    ("shortcut name 24", changed((*SHORTCUT, "name"), "x" * 24),
     changed((*SHORTCUT, "name"), "x" * 25), "less than 25"),
    ("shortcut type", changed((*SHORTCUT, "type"), "message"),
     changed((*SHORTCUT, "type"), "channel"), "must be one of: message, global"),
    ("shortcut callback_id 255", shortcuts("x" * 255), shortcuts("x" * 256), "less than 256"),
    ("shortcuts differ", shortcuts("a", "b"), shortcuts("a", "a"), "declared twice"),
    ("10 shortcuts", shortcuts(*"abcdefghij"), shortcuts(*"abcdefghijk"), "no more than 10"),
    ("shortcut description 150", changed((*SHORTCUT, "description"), "x" * 150),
     changed((*SHORTCUT, "description"), "x" * 151), "less than 151"),
    ("shortcuts need interactivity", SOUND,
     changed((SETTINGS, "interactivity", "is_enabled"), False), "interactivity.is_enabled"),
    ("scope known", SOUND, scoped(*ALL, "users:reed"), "did you mean users:read?"),
    ("scope of the app token", SOUND, scoped(*ALL, "connections:write"), "app-level token"),
    ("scopes differ", SOUND, scoped(*ALL, "commands"), "must not be repeated"),
    ("optional stands under bot too", SOUND, lacking("users:read.email"), "under bot too"),
    ("email needs users:read", SOUND, lacking("users:read"), "needs users:read"),
    ("user scopes are not modelled", SOUND, changed((*SCOPES, "user"), ["chat:write"]),
     "does not model"),
    ("mention needs its scope", SOUND, lacking("app_mentions:read"),
     "bot_events.1: app_mention needs the bot scope app_mentions:read"),
    ("DM needs its scope", SOUND, lacking("im:history"), "message.im needs the bot scope"),
    ("joins need one of two", changed((*EVENTS, "bot_events"), ["team_join"]),
     changed((*EVENTS, "bot_events"), ["member_joined_channel"]), "channels:read or groups:read"),
    ("event known", SOUND, changed((*EVENTS, "bot_events"), ["app_home_open"]),
     "did you mean app_home_opened?"),
    ("event of the old assistant", SOUND,
     changed((*EVENTS, "bot_events"), ["assistant_thread_started"]), "assistant_view"),
    ("event kind named", SOUND, changed((*EVENTS, "bot_events"), ["message"]), "message.im"),
    ("events differ", SOUND, changed((*EVENTS, "bot_events"), ["app_mention"] * 2), "repeated"),
    ("events need an address", HTTP, over_http(clicks=WEB, command=WEB), "bot events need a"),
    ("clicks need an address", HTTP, over_http(events=WEB, command=WEB), "interactivity needs a"),
    ("commands need an address", HTTP, over_http(events=WEB, clicks=WEB), "/clm needs a url"),
    ("address of the web", HTTP, over_http(events="ala.org", clicks=WEB, command=WEB),
     "must be a web address"),
    ("interactivity says whether", SOUND, changed((SETTINGS, "interactivity"), {}), "is_enabled"),
    ("one workspace", changed((SETTINGS, "org_deploy_enabled"), False),
     changed((SETTINGS, "org_deploy_enabled"), True), "one workspace"),
    ("tokens do not rotate", changed((SETTINGS, "token_rotation_enabled"), False),
     changed((SETTINGS, "token_rotation_enabled"), True), "do not rotate"),
    ("functions are not modelled", SOUND, changed(("functions",), {}), "does not model"),
    ("no empty section", SOUND, changed((FEATURES, "app_home"), None), "must be an object"),
    ("version not below 0", changed(("_metadata", "minor_version"), 0),
     changed(("_metadata", "minor_version"), -1), "must be at least 0"),
    ("colour has 7 signs", changed((INFO, "background_color"), "#1f3a4d"),
     changed((INFO, "background_color"), "#1f3a4dff"), "less than 8 characters"),
    ("switches are booleans", changed((SETTINGS, "org_deploy_enabled"), False),
     changed((SETTINGS, "org_deploy_enabled"), "no"), "must be a boolean"),
    ("prompts may be none", prompts(0), changed((FEATURES, "agent_view", "suggested_prompts"), {}),
     "must be an array"),
    ("address 3500", over_http(events=WEB.ljust(3500, "x"), clicks=WEB, command=WEB),
     over_http(events=WEB.ljust(3501, "x"), clicks=WEB, command=WEB), "less than 3501"),
    ("command address 3000", over_http(events=WEB, clicks=WEB, command=WEB.ljust(3000, "x")),
     over_http(events=WEB, clicks=WEB, command=WEB.ljust(3001, "x")), "less than 3001"),
    ("redirect address", redirects(WEB), redirects("ala.org"), "must be a web address"),
    ("redirect address 2500", redirects(WEB.ljust(2500, "x")), redirects(WEB.ljust(2501, "x")),
     "less than 2501"),
    ("redirect addresses differ", redirects(WEB, WEB + "a"), redirects(WEB, WEB), "repeated"),
    ("1000 redirect addresses", redirects(*[f"{WEB}{n}" for n in range(1000)]),
     redirects(*[f"{WEB}{n}" for n in range(1001)]), "no more than 1000"),
    ("scope 50", SOUND, scoped(*ALL, "x" * 51), "less than 51"),
    ("255 scopes", SOUND, scoped(*[f"x{n}" for n in range(256)]), "no more than 255"),
    ("100 events", SOUND, changed((*EVENTS, "bot_events"), [f"x{n}" for n in range(101)]),
     "no more than 100"),
    ("shortcuts need a scope", SOUND, lacking("commands"), "shortcuts need the bot scope"),
    ("slash commands need a scope", SOUND, lacking("commands"), "slash commands need the bot"),
]  # fmt: skip

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a manifest file and returns its path."""

    def writer(text: str) -> Path:
        path = tmp_path / "app.manifest.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return writer


@pytest.mark.parametrize(("accepted", "refusal", "words"), [c[1:] for c in CASES],
                         ids=[c[0] for c in CASES])  # fmt: skip
def test_a_manifest_beyond_a_limit_is_not_installed(
    accepted: Json, refusal: Json, words: str, write: Write
) -> None:
    """A manifest at the limit installs; one step further a sentence names the key and the rule."""
    assert load_manifest(write(json.dumps(accepted))).bot_events
    with pytest.raises(ManifestError) as refused:
        load_manifest(write(yaml.safe_dump(refusal)))
    assert {fault.error for fault in refused.value.faults} == {"invalid_manifest"}
    assert any(words in fault.detail for fault in refused.value.faults), refused.value.faults


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [", "app.manifest.yaml cannot be read: expected the node content, but found"),
        ("a: 1\na: 2", "'a' stands twice, line 2"),
        ("[a]: 1", "found unhashable key, line 1"),
        ("", "the manifest: must be an object"),
    ],
)
def test_a_file_that_is_no_manifest_is_refused(text: str, words: str, write: Write) -> None:
    """Broken files are refused with a sentence, as are keys that stand twice."""
    with pytest.raises(ManifestError) as refused:
        load_manifest(write(text))
    assert words in str(refused.value)


def test_all_faults_are_told_at_once(write: Write) -> None:
    """Two mistakes give two sentences, so that they are mended in one go."""
    manifest = changed((INFO, "name"), "")
    manifest[FEATURES]["colour"] = "red"
    with pytest.raises(ManifestError) as refused:
        load_manifest(write(yaml.safe_dump(manifest)))
    assert len(refused.value.faults) == 2


def test_what_is_installed_is_what_the_file_says(write: Write) -> None:
    """Commands, shortcuts, tabs and prompts of the app are those of its manifest."""
    app = load_manifest(write(yaml.safe_dump(SOUND)))
    assert (app.name, app.bot_display_name) == ("CLM bot", "clm")
    assert (app.home_tab, app.messages_tab, app.messages_read_only) == (True, True, False)
    assert (app.socket_mode, app.interactivity) == (True, True)
    assert (app.commands[0].command, app.commands[0].should_escape) == ("/clm", True)
    assert (app.shortcuts[0].type, app.shortcuts[0].callback_id) == ("global", "ask")
    assert app.prompts == (Prompt("CLM", "What is it"),)
    assert app.optional_scopes == ("users:read.email",)
