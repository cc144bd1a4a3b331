"""The Home tab, the welcome in the Messages tab, and the status: what a member finds there."""

from pathlib import Path

import pytest
import yaml

from bot.content import shipped_path
from tests.support.talk import Person, Shown, Talk, talking
from tests.support.wizard import ADMINISTRATOR, walks

QUESTION = "How many education hours do I need before applying?"


async def welcomes(person: Person) -> list[str]:
    return [m.text for m in await person.messages() if m.text.startswith("Welcome.")]


async def test_home_explains_the_bot_and_where_one_stands(ada: Person) -> None:
    """The Home tab says what the bot is, that it is automated, where one stands and what to do."""
    home = await ada.home()
    assert "I am automated; ALA decides" in home.words
    assert "You have not gone through the requirements with me yet" in home.words
    assert "You have no open request to the chair" in home.words
    assert home.buttons == [
        "Ask a question",
        "Do I qualify?",
        "My status",
        "Talk to the chair",
        "Start the check",
        "All dates",
        "Enter a course",
        "Turn reminders on",
        "My data",
        "Erase my data",
    ]


async def test_home_offers_exactly_one_next_step(ada: Person) -> None:
    """One emphasized button says what comes next: start, go on, then talk to the chair."""
    assert next_step(await ada.home()) == ["Start the check"]
    modal = await walks(ada, await ada.runs("check"), ADMINISTRATOR[:2])
    assert next_step(await ada.home()) == ["Go on with the check"]
    await walks(ada, modal, ADMINISTRATOR[2:])
    assert next_step(await ada.home()) == ["Talk to the chair"]


def next_step(home: Shown) -> list[str]:
    """The emphasized buttons below the standing."""
    rows = [block for block in home.raw["blocks"] if block["type"] == "actions"]
    return [
        element["text"]["text"]
        for row in rows[1:]
        for element in row["elements"]
        if element.get("style") == "primary"
    ]


async def test_home_follows_the_check_without_being_opened_again(talk: Talk, ada: Person) -> None:
    """When the check ends, the Home tab that stands open shows the verdict by itself."""
    await ada.home()
    await walks(ada, await ada.runs("check"), ADMINISTRATOR)

    async def look() -> bool:
        home = (await talk.get("views", user="ada"))["home"]
        return "you appear to meet the requirements" in str(home)

    assert await talk.until(look, "the verdict in the Home tab")


async def test_home_is_each_members_own(talk: Talk, ada: Person) -> None:
    """What one member told stands in nobody else's Home tab."""
    await walks(ada, await ada.runs("check"), ADMINISTRATOR)
    assert "appear to meet" in (await ada.home()).words
    assert "appear to meet" not in (await talk.as_("ben").home()).words


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ("Ask a question", "Your question"),
        ("Do I qualify?", "Your role"),
        ("Start the check", "Your role"),
        ("Talk to the chair", "This is exactly what"),
        ("Erase my data", "This erases everything"),
    ],
)
async def test_each_button_of_home_opens_its_window(
    ada: Person, button: str, expected: str
) -> None:
    """Every button of the Home tab does what it says."""
    assert expected in (await ada.opens(button, await ada.home())).words


async def test_my_status_in_home_arrives_in_the_dm(ada: Person) -> None:
    """A Home tab cannot show a private note, so its status button answers in the DM."""
    await ada.presses("My status", await ada.home())
    shown = await ada.sees("Where you stand")
    assert "You have not gone through the requirements" in shown.text


async def test_the_status_names_the_known_dates_or_that_none_is_known(ada: Person) -> None:
    """The status tells the next dates; where ALA has published none it says that."""
    status, home = await ada.runs("status"), await ada.home()
    for shown in (status, home):
        assert "Next dates" in shown.words
        assert "apply by" in shown.words or "No coming application or exam date" in shown.words


async def test_the_messages_tab_welcomes_once_and_suggests_questions(
    talk: Talk, ada: Person
) -> None:
    """A newcomer is welcomed once, however often the tab is opened, and finds four prompts."""
    for _ in range(3):
        await ada.opens_tab("messages")
    (welcome,) = await welcomes(ada)
    assert "I am an automated bot" in welcome
    suggested = (await talk.get("messages", channel="dm", user="ada"))["suggested_prompts"]
    assert suggested["title"] == "Try one of these"
    assert [prompt["title"] for prompt in suggested["prompts"]] == [
        "What is the CLM?",
        "How many education hours do I need?",
        "Do I qualify?",
        "Talk to the chair",
    ]


async def test_each_suggested_prompt_leads_somewhere(talk: Talk, ada: Person) -> None:
    """Every prompt, sent as it stands, gets an answer or the button that does it."""
    await ada.opens_tab("messages")
    suggested = (await talk.get("messages", channel="dm", user="ada"))["suggested_prompts"]
    for prompt in suggested["prompts"]:
        shown = await ada.says(prompt["message"])
        assert "I don't know" not in shown.text, prompt
        assert shown.buttons, prompt


async def test_the_home_tab_alone_welcomes_nobody(talk: Talk, ada: Person) -> None:
    """Looking at the Home tab brings no message."""
    await ada.home()
    await talk.quiet()
    assert await ada.messages() == []


async def test_the_welcome_comes_to_each_member(talk: Talk, ada: Person) -> None:
    """One member's welcome is not another's."""
    for person in (ada, talk.as_("ben")):
        await person.opens_tab("messages")
        assert len(await welcomes(person)) == 1


def manifest_without(folder: Path, *scopes: str) -> Path:
    """The app's manifest as a workspace without agent features or these scopes has it."""
    manifest = yaml.safe_load(shipped_path("app.manifest.yaml").read_text(encoding="utf-8"))
    granted = manifest["oauth_config"]["scopes"]["bot"]
    manifest["oauth_config"]["scopes"]["bot"] = [s for s in granted if s not in scopes]
    if "assistant:write" in scopes:
        del manifest["features"]["agent_view"]
    if "users:read" in scopes:
        manifest["settings"]["event_subscriptions"]["bot_events"].remove("user_change")
    path = folder / "app.manifest.yaml"
    path.write_text(yaml.safe_dump(manifest), encoding="utf-8")
    return path


@pytest.mark.parametrize("scopes", [("assistant:write",), ("assistant:write", "users:read")])
async def test_a_workspace_without_agent_features_still_works(
    tmp_path: Path, scopes: tuple[str, ...]
) -> None:
    """Where the extras are missing, welcome, answers, check and Home work all the same."""
    manifest = manifest_without(tmp_path, *scopes)
    async with talking(tmp_path / "home", manifest=manifest) as talk:
        ada = talk.as_("ada")
        await ada.opens_tab("messages")
        assert len(await welcomes(ada)) == 1
        assert "10 hours" in (await ada.says(QUESTION)).text
        await walks(ada, await ada.runs("check"), ADMINISTRATOR)
        assert "appear to meet" in (await ada.home()).words
        window = await ada.opens("Talk to the chair", await ada.says("chair"))
        assert "This is exactly what" in window.words
        assert not any("went wrong" in m.text for m in await ada.messages())


async def test_a_workspace_without_the_newest_blocks_gets_plain_buttons(
    talk: Talk, ada: Person
) -> None:
    """Where Slack does not know the feedback buttons yet, the vote comes as ordinary buttons."""
    await talk.post("fault", kind="slack_error", method="chat.postMessage", error="invalid_blocks")
    answer = await ada.says(QUESTION)
    assert {"Yes", "No"} <= set(answer.buttons)
    await ada.presses("Yes", answer)
    assert await ada.sees("Thank you, noted")
    assert talk.rows("SELECT helpful FROM votes") == [(1,)]
