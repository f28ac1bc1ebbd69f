"""Hostile texts as feeds, and what a reader of them must find: for calendar programs that are no Python packages.

``python -m tests.clients.hostile DIR`` writes pairs of files: ``N.ics``, with an event for each text that rule files
can hold in one of their text fields, and ``N.json``: for each UID the SUMMARY, DESCRIPTION, CATEGORIES and DTSTART
that a program has to find, as they were before escaping. ``hostile.mjs`` compares them for ical.js.
"""

import json
import sys
from pathlib import Path

import cyclekit
from cyclekit.adapters.ical import Linter, Options
from cyclekit.adapters.ical.properties import Component
from cyclekit.workspace.exporting import write_file
from cyclekit.workspace.feeding import checked, feed_writer
from tests.edge.test_hostile_texts import batches, taken
from tests.hostile import FIELDS, TEXTS, rule_file, texts


def main(folder: Path) -> None:
    """Write both files."""
    for number, field in enumerate(FIELDS):
        path = folder / f"{number}.yaml"
        found = [text for batch in batches(texts(number, TEXTS)) for text in taken(field, batch, path)]
        for place, batch in enumerate(batches(found)):
            path.write_text(rule_file(field, batch), encoding="utf-8")
            writer = feed_writer(cyclekit.expand(cyclekit.load(path), "2026"), Options())
            name = f"{number}-{place}"
            write_file(folder / f"{name}.ics", checked(writer.of_all(), name, Linter()))
            wanted = dict(map(_told, writer.components()))
            write_file(folder / f"{name}.json", json.dumps(wanted, ensure_ascii=False).encode())


def _told(component: Component) -> tuple[str, dict[str, object]]:
    held = {each.name: each.value for each in component.properties}
    told = {name: held.get(name, "") for name in ("SUMMARY", "DESCRIPTION", "CATEGORIES")}
    return str(held["UID"]), {**told, "DTSTART": str(held["DTSTART"])}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
