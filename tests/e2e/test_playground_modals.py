"""Opening, pushing, updating and publishing views, and when Slack refuses them."""

import pytest

from tests.support.playground_desk import Json, acting, running, wired
from tests.support.playground_views import asking, modal, opened, plain, stack, trigger

BUTTON = {"type": "button", "action_id": "go", "text": plain("Go")}
ROW: Json = {"type": "actions", "block_id": "row", "elements": [BUTTON]}
HOME: Json = {"type": "home", "blocks": [ROW]}


async def test_a_trigger_opens_one_view_within_three_seconds() -> None:
    """The second use of a trigger is refused, and so is one that is more than three seconds old."""
    async with wired() as (desk, bot):
        first = await trigger(desk, bot)
        assert (await desk.api("views.open", trigger_id=first, view=modal()))["ok"] is True
        again = await desk.api("views.open", trigger_id=first, view=modal())
        assert again["error"] == "exchanged_trigger_id"
        second = await trigger(desk, bot)
        await desk.do("clock", advance_s=3.1)
        late = await desk.api("views.open", trigger_id=second, view=modal())
        assert late["error"] == "expired_trigger_id"
        forged = await desk.api("views.open", trigger_id="1.2.abc", view=modal())
        assert forged["error"] == "invalid_trigger_id"
        assert (await desk.api("views.open", view=modal()))["error"] == "invalid_arguments"


async def test_a_faulty_view_is_refused_and_costs_no_trigger() -> None:
    """A view over Slack's limits does not open; the trigger still opens a sound one."""
    async with wired() as (desk, bot):
        trigger_id = await trigger(desk, bot)
        for faulty in (
            modal(title=plain("x" * 25)),
            modal(private_metadata="x" * 3001),
            modal(submit=None),
            modal(ROW, ROW),
            {"type": "home", "blocks": [ROW]},
        ):
            answer = await desk.api("views.open", trigger_id=trigger_id, view=faulty)
            assert answer["error"] == "invalid_arguments"
            assert answer["response_metadata"]["messages"][0].startswith("[ERROR] ")
        assert (await desk.api("views.open", trigger_id=trigger_id, view=modal()))["ok"] is True


async def test_a_modal_is_seen_by_its_user_alone() -> None:
    """Nobody but the one who caused it has the modal open or can submit it."""
    async with wired() as (desk, bot):
        view = await opened(desk, bot)
        assert await stack(desk) == ["Form"]
        assert await stack(desk, "ben") == []
        refusal = await desk.refused("submit", user="ben", view_id=view["id"], values={})
        assert refusal == "view_not_found"


async def test_a_stack_holds_three_modals() -> None:
    """Two modals can be pushed over the first; a third push is refused."""
    async with wired() as (desk, bot):
        await opened(desk, bot, modal(ROW, title=plain("1")))
        for title in ("2", "3", "4"):
            press = desk.do(
                "interact",
                user="ada",
                view_id=(await desk.look("views", user="ada"))["views"][-1]["id"],
                action={"block_id": "row", "action_id": "go", "type": "button"},
            )
            _, payload = await acting(press, bot)
            assert payload["container"] == {"type": "view", "view_id": payload["view"]["id"]}
            assert "response_url" not in payload
            pushed = await desk.api(
                "views.push", trigger_id=payload["trigger_id"], view=modal(ROW, title=plain(title))
            )
            assert pushed.get("error") == (None if title != "4" else "push_limit_reached")
        assert await stack(desk) == ["1", "2", "3"]
        views = (await desk.look("views", user="ada"))["views"]
        assert [view["root_view_id"] for view in views] == [views[0]["id"]] * 3
        assert views[2]["previous_view_id"] == views[1]["id"]
        covered = {"user": "ada", "view_id": views[0]["id"]}
        assert await desk.refused("submit", values={}, **covered) == "view_covered"


async def test_only_a_modal_can_be_pushed_onto() -> None:
    """A push with a trigger from elsewhere than a modal is refused."""
    async with wired() as (desk, bot):
        answer = await desk.api("views.push", trigger_id=await trigger(desk, bot), view=modal())
        assert answer["error"] == "not_found"


async def test_an_update_keeps_the_id_and_what_was_typed() -> None:
    """A view updated in place keeps its id and the entries of fields that stayed."""
    async with wired() as (desk, bot):
        view = await opened(desk, bot, modal(asking("name"), asking("town")))
        for block_id in ("name", "town"):
            await desk.do(
                "interact",
                user="ada",
                view_id=view["id"],
                action={"block_id": block_id, "action_id": "a", "value": block_id},
            )
        changed = modal(asking("name"), asking("land"))
        answer = await desk.api("views.update", view_id=view["id"], view=changed)
        updated = answer["view"]
        assert updated["id"] == view["id"]
        assert updated["hash"] != view["hash"]
        values = updated["state"]["values"]
        assert values["name"]["a"]["value"] == "name"
        assert values["land"]["a"]["value"] is None


async def test_a_stale_hash_is_a_conflict() -> None:
    """An update or a publish that was made for an older version is refused."""
    async with wired() as (desk, bot):
        view = await opened(desk, bot)
        update: Json = {"view_id": view["id"], "view": modal(), "hash": view["hash"]}
        assert (await desk.api("views.update", **update))["ok"] is True
        assert (await desk.api("views.update", **update))["error"] == "hash_conflict"
        published = await desk.api("views.publish", user_id="U0ADA", view=HOME)
        publish: Json = {"user_id": "U0ADA", "view": HOME, "hash": published["view"]["hash"]}
        assert (await desk.api("views.publish", **publish))["ok"] is True
        assert (await desk.api("views.publish", **publish))["error"] == "hash_conflict"


async def test_an_external_id_names_one_view() -> None:
    """A view can be updated by the app's own id for it, which no second view may take."""
    async with wired() as (desk, bot):
        view = await opened(desk, bot, modal(external_id="mine"))
        answer = await desk.api(
            "views.update", external_id="mine", view=modal(external_id="mine", title=plain("New"))
        )
        assert answer["view"]["id"] == view["id"]
        trigger_id = await trigger(desk, bot, "ben")
        second = await desk.api("views.open", trigger_id=trigger_id, view=modal(external_id="mine"))
        assert second["error"] == "duplicate_external_id"


async def test_a_closed_view_cannot_be_updated() -> None:
    """Once its user has closed a modal, updating it answers not_found."""
    async with wired() as (desk, bot):
        view = await opened(desk, bot)
        await desk.do("close", user="ada")
        answer = await desk.api("views.update", view_id=view["id"], view=modal())
        assert answer["error"] == "not_found"
        assert (await desk.api("views.update", view=modal()))["error"] == "invalid_arguments"


async def test_a_home_tab_is_its_users_own() -> None:
    """What is published for one user is their Home and nobody else's, and its buttons work."""
    async with wired() as (desk, bot):
        published = (await desk.api("views.publish", user_id="U0ADA", view=HOME))["view"]
        assert (await desk.look("views", user="ada"))["home"]["id"] == published["id"]
        assert (await desk.look("views", user="ben"))["home"] is None
        press: Json = {"view_id": published["id"], "action": {"action_id": "go"}}
        assert await desk.refused("interact", user="ben", **press) == "view_not_found"
        _, payload = await acting(desk.do("interact", user="ada", **press), bot)
        assert (payload["view"]["type"], payload["user"]["id"]) == ("home", "U0ADA")
        again = (await desk.api("views.publish", user_id="U0ADA", view=HOME))["view"]
        assert again["id"] == published["id"]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"user_id": "U0NO", "view": HOME}, "user_not_found"),
        ({"user_id": "U0ADA", "view": modal()}, "invalid_arguments"),
        ({"user_id": "U0ADA", "view": {"type": "home"}}, "invalid_arguments"),
        ({"user_id": "U0ADA", "view": HOME, "hash": "old"}, "hash_conflict"),
        ({"view": HOME}, "invalid_arguments"),
        ({"user_id": "U0ADA", "view": {**HOME, "blocks": [asking("q")] * 2}}, "invalid_arguments"),
    ],
)
async def test_a_home_tab_that_slack_refuses(args: Json, error: str) -> None:
    """Unknown users, wrong types, faulty views and stale hashes are refused."""
    async with running() as desk:
        assert (await desk.api("views.publish", **args))["error"] == error
