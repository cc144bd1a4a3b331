"""What is said while a command waits."""

import click


def say_fit() -> None:
    """The first start after a change of the content takes longer."""
    click.echo("Learning the answers once; this takes about a minute ...", err=True)
