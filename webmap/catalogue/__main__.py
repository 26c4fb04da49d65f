"""Renew, check or compile the catalogues, as script/translate asks."""

import click

from webmap.catalogue import checking, keeping


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Check that each language is complete."""
    if context.invoked_subcommand is None:
        context.invoke(check)


@main.command()
def check() -> None:
    """Say what is missing, at odds or reached by no catalogue."""
    wrong = [each for language in keeping.translated() for each in checking.faults(language)]
    wrong += [f"No catalogue reaches this: {each}" for each in checking.bare_words()]
    for each in wrong:
        click.echo(each)
    raise SystemExit(1 if wrong else 0)


@main.command()
def renew() -> None:
    """Take new strings in and drop those that are gone."""
    for language in keeping.translated():
        new, gone = keeping.renew(language)
        click.echo(f"{language}: {new} new, {gone} gone.")


@main.command(name="compile")
def compile_catalogues() -> None:
    """Write what the pages read."""
    keeping.compile_all()


if __name__ == "__main__":
    main()
