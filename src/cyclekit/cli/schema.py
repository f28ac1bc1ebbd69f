"""``cyclekit schema``: the JSON Schema by which editors complete, explain and mark rule files."""

import json
from pathlib import Path

import click

from cyclekit.cli.expanding import failures_told
from cyclekit.cli.options import language_option
from cyclekit.cli.phrases import say

EXITS = """\b
Exit codes:
  0  done
  2  could not run: a wrong option, a file that cannot be written"""


@click.command(epilog=EXITS)
@click.option(
    "--of",
    type=click.Choice(["rules", "units"]),
    default="rules",
    show_default=True,
    help="rules: of rule files; units: of files that list units (*.units.yaml).",
)
@click.option("-o", "--out", metavar="FILE", type=click.Path(path_type=Path), help="The file to write.")
@language_option
def schema(of: str, out: Path | None, language: str) -> None:
    r"""Print the JSON Schema of rule files, for editors.

    Put this line at the head of a rule file, with the path of the schema from there:

    \b
    # yaml-language-server: $schema=cyclekit.schema.json
    """
    from cyclekit.reading.schema import json_schema

    made = json_schema("units" if of == "units" else "rules", language)
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    with failures_told(language):
        from cyclekit.workspace.exporting import write_file

        write_file(out, text.encode("utf-8"))
    click.echo(say("schema-written", language, path=out, name=out.name))
