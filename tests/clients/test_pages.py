"""Chromium, a browser from Debian, shows the pages: on a telephone, on a wide screen, in the dark, on paper."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.chromium import Chromium, chromium
from tests.edge.serving import serving

pytestmark = pytest.mark.clients

ROOT = Path(__file__).parents[2]
#: Forty dates a year for a county: three of each month, and one of each quarter. Twelve, 24 and four for its offices.
FORTY = """cyclekit: 1
id: forty
title: {zh: 年度任务, en: Duties of the year}
source: {document: 某发〔2026〕1号, issuer: 市总工会}
calendar: CN
adjust: following
units:
  - id: city
    name: {zh: 市总工会, en: City federation}
    children:
      - {id: county, name: {zh: 县总工会, en: County federation}}
      - {id: twelve, name: {zh: 宣教部, en: Publicity}}
      - {id: twenty-four, name: {zh: 办公室, en: General office}}
      - {id: four, name: {zh: 组织部, en: Organisation}}
defaults: {report_to: parent, source: {article: 三}}
obligations:
  news:
    title: {zh: 信息报道, en: News items}
    applies_to: [county, twelve, twenty-four]
    every: month
    due: {day: 28}
    time: "17:30"
    quota: {at_least: 2}
  visit:
    title: {zh: 走访慰问困难职工, en: Visits to workers}
    applies_to: [county, twenty-four]
    every: month
    due: {day: 15}
    quota: {at_least: 1}
  account:
    title: {zh: 经费收支报表, en: Statement of accounts}
    applies_to: county
    every: month
    due: {day: 8, month: next}
  summary:
    title: {zh: 季度工作小结, en: Quarterly summary}
    applies_to: [county, four]
    every: quarter
    due: {month: last, day: 20}
"""
PAGES = ["index.html", "cn-anqing-2022/tongcheng.html", "cn-jiujiang-2022/coordination.html", "cn-tax-filing/_.html"]
VIEWS = {"telephone": (360, False), "wide": (1280, False), "dark": (1280, True), "dark-telephone": (360, True)}

#: The least contrast of any text with the nearest ground behind it, as the browser computes both.
CONTRAST = """(() => {
  const light = c => { const p = c.map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * p[0] + .7152 * p[1] + .0722 * p[2]; };
  const parts = c => c.match(/[\\d.]+/g).map(Number);
  const ground = e => { for (; e; e = e.parentElement) { const p = parts(getComputedStyle(e).backgroundColor);
    if (p.length < 4 || p[3] > 0) return p.slice(0, 3); } return [255, 255, 255]; };
  let least = [21, ''];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || !e.checkVisibility({opacityProperty: true}) || e.closest('.out, .unseen')) continue;
    const [a, b] = [light(parts(getComputedStyle(e).color).slice(0, 3)), light(ground(e))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < least[0]) least = [ratio, e.outerHTML.slice(0, 120)];
  }
  return least; })()"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the shipped Chinese rule files, and of one with forty dates, in Chinese and English."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "forty.yaml").write_text(FORTY, encoding="utf-8")
    for language in ("zh", "en"):
        export = [sys.executable, "-m", "cyclekit", "export", str(ROOT / "rules" / "cn"), str(folder / "forty.yaml")]
        options = ["--within", "2022-10..2026", "--pages", "--base-url", "https://duties.example.org/feeds"]
        subprocess.run([*export, *options, "--lang", language, "--out", str(folder / language)], check=True)
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """One browser for all tests of this file."""
    program = shutil.which("chromium")
    assert program, "`make clients` installs it"
    with chromium(program, tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_pages_on_screens(out: Path, browser: Chromium, view: str, name: str, language: str) -> None:
    """A page fits its window's width, is styled, can be read everywhere, and nothing is complained about."""
    width, dark = VIEWS[view]
    browser.problems.clear()
    browser.open((out / language / name).as_uri(), width=width, dark=dark)
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert browser.evaluate("getComputedStyle(document.documentElement).borderTopWidth") == "5px"
    least, where = browser.evaluate(CONTRAST)
    assert least >= 4.5, where
    assert browser.problems == []


def test_the_keyboard_leads_through(out: Path, browser: Chromium) -> None:
    """The first thing that Tab reaches is the link to the content, which then shows, with an outline around it."""
    browser.open((out / "en" / PAGES[1]).as_uri())
    for kind in ("keyDown", "keyUp"):
        browser.ask("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert browser.evaluate("document.activeElement.className") == "skip"
    assert browser.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    assert browser.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_tables_are_tables_everywhere(out: Path, browser: Chromium) -> None:
    """On a telephone, where rows are laid out anew, assistive programs still find tables, headers and cells."""
    browser.open((out / "en" / PAGES[1]).as_uri(), width=360)
    nodes = browser.ask("Accessibility.getFullAXTree")["nodes"]
    roles = [each["role"]["value"] for each in nodes if not each["ignored"] and "role" in each]
    assert {"main", "navigation", "region", "table", "row", "rowheader", "cell"} <= set(roles)
    assert roles.count("rowheader") == browser.evaluate("document.querySelectorAll('.agenda tbody th').length")


def test_days_are_told_by_more_than_colour(out: Path, browser: Chromium) -> None:
    """A worked weekend shows a character that is no colour, and is told to assistive programs; on paper, by a line."""
    browser.open((out / "en" / "cn-tax-filing" / "_.html").as_uri())
    names = [each["name"]["value"] for each in browser.ask("Accessibility.getFullAXTree")["nodes"] if "name" in each]
    assert any("2023-10-08 is a Sunday worked in exchange for 2023-10-06" in each for each in names)
    worked = "document.querySelector('.month td.work')"
    assert browser.evaluate(f"{worked}.querySelector('.mark').checkVisibility()")
    browser.ask("Emulation.setEmulatedMedia", media="print", features=[])
    assert browser.evaluate(f"getComputedStyle({worked}).outlineStyle") == "dashed"
    assert (
        browser.evaluate("getComputedStyle(document.querySelector('.month td.rest')).textDecorationLine") == "underline"
    )
    assert browser.evaluate("document.querySelector('.legend.marks').checkVisibility()")


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_a_server(browser: Chromium, width: int) -> None:
    """From the index of a server one searches for a unit, opens its page and comes back, without a complaint."""
    rules = ROOT / "rules" / "cn" / "anqing-2022.yaml"
    with serving(rules, "--within", "2023", "--lang", "zh", "--base-url", "https://duties.example.org") as server:
        browser.problems.clear()
        browser.open(f"http://127.0.0.1:{server.port}/", width=width)
        assert browser.evaluate("document.querySelectorAll('.units a[href]').length") > 20
        browser.evaluate("document.querySelector('#q').value = '桐城'")
        browser.follow("document.querySelector('form button').click()")
        assert browser.evaluate("decodeURIComponent(location.search)") == "?q=桐城"
        assert browser.evaluate("[...document.querySelectorAll('.units a')].map(a => a.textContent)") == [
            "桐城市总工会"
        ]
        browser.follow("document.querySelector('.units a').click()")
        assert browser.evaluate("document.querySelector('h1').textContent") == "桐城市总工会"
        assert browser.evaluate("getComputedStyle(document.documentElement).borderTopWidth") == "5px"
        assert browser.evaluate("document.documentElement.scrollWidth") <= width
        browser.follow("document.querySelector('.crumbs a').click()")
        assert browser.evaluate("location.pathname + location.search") == "/"
        assert browser.problems == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("unit", "dates"), [("county", 40), ("twenty-four", 24), ("twelve", 12), ("four", 4)])
def test_a_year_on_one_sheet(out: Path, browser: Chromium, unit: str, dates: int, language: str) -> None:
    """A year with up to forty dates is printed on one sheet of A4, and each year begins a sheet of its own."""
    browser.open((out / language / "forty" / f"{unit}.html").as_uri())
    years = browser.evaluate("document.querySelectorAll('.part').length")
    rows = "document.getElementById('y2024').parentElement.querySelectorAll('.agenda tbody tr').length"
    assert browser.evaluate(rows) == dates
    data = browser.pdf()
    sheets = re.findall(rb"/Type\s*/Page\b(?!s)", data)
    sizes = {tuple(map(float, each)) for each in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", data)}
    assert len(sheets) == years == 5
    assert {(round(width), round(height)) for width, height in sizes} == {(595, 842)}
