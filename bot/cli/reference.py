"""The command line's own help as Markdown, for the README."""

from collections.abc import Iterator

import click


def reference(command: click.Command, name: str = "clm") -> str:
    """Every command with its whole help, in the order of `--help`."""
    return "\n".join(_sections(command, name, None))


def _sections(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    context = command.context_class(
        command,
        parent,
        info_name=name.rpartition(" ")[2],
        terminal_width=88,
        max_content_width=88,
        **command.context_settings,
    )
    yield f"#### `{name}`\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            child = command.get_command(context, part)
            if child is not None:
                yield from _sections(child, f"{name} {part}", context)
