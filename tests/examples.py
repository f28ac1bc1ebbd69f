"""A rule file with one of everything that outputs must tell, and how tests load such files."""

from pathlib import Path

import cyclekit
from cyclekit import Rulebook, Schedule

EXAMPLE = r"""cyclekit: 1
id: example
title: {zh: 示例, en: Example}
source: {document: Act 7, issuer: Council, checked: 2026-01-31}
calendar: CN
units:
  - {id: top, name: {zh: 市总工会, en: City union}, kind: city}
  - {id: north, name: {zh: 北区, en: North}, kind: county, parent: top}
  - {id: south, name: {zh: 南区, en: South}, kind: county, parent: top}
  - {id: idle, name: 闲}
obligations:
  report:
    title: {zh: 季报, en: Quarterly report}
    kind: report; a,b
    applies_to: county
    report_to: parent
    every: quarter
    due: {month: last, day: 20}
    quota: {at_least: 2, of: {zh: 简报, en: bulletins}}
    remind: [10 days, 3 working days]
    deliver: [plan (3 copies), roster]
    url: https://example.org/report?a=1;b=2,3
    notes: |
      Path C:\New; a, b
      second line
    exceptions:
      2026Q1: {due: 2026-03-31, reason: 洪水, announced: 2026-03-10}
      2026Q2: {waived: no meeting}
  letter:
    title: Letter
    applies_to: [north, south, top]
    jointly: true
    lead: top
    once: 2026-05-01
  summary:
    title: {zh: 小结, en: Summary}
    applies_to: north
    every: year
    due: {month: 9, day: 20}
    absorbs: [report]
  far:
    title: {zh: 远, en: Far}
    applies_to: south
    once: 2030-10-01
    adjust: following
  always:
    title: {zh: 重大事项, en: Major matters}
    applies_to: county
    standing: true
    quota: {exactly: 90 %}
"""

NAMELESS = """cyclekit: 1
id: alone
obligations:
  filing:
    title: =1+1
    every: month
    due: {day: 5, month: next}
"""


def load(folder: Path, text: str = EXAMPLE, name: str = "rules.yaml") -> Rulebook:
    """The rulebook that a text means."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return cyclekit.load(path)


def expand(folder: Path, horizon: str = "2026..2030", text: str = EXAMPLE) -> Schedule:
    """The schedule of a text over a horizon."""
    return cyclekit.expand(load(folder, text), horizon)
