"""Schedules as pages: what they say, what they link to, and that nothing in a rule file can break them."""

import datetime as dt
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cyclekit
from cyclekit import Obligation, Roster, Rulebook, Schedule, Text
from cyclekit.adapters.pages import Places, Site, index_page, pages, unit_page
from cyclekit.model.explanation import DayName, Nature, Stretch
from cyclekit.model.line import Line
from cyclekit.model.marked_days import MarkedDays, MarksOf
from cyclekit.model.obligation import Source
from cyclekit.model.rows import Rows
from cyclekit.model.timing import Once, Standing
from cyclekit.workspace.marking import marks_of
from tests.examples import EXAMPLE, NAMELESS, expand

VOID = {"meta", "link", "input", "br", "hr", "img"}
BASE = "https://example.org/duties"


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, and its text. Elements must be closed in their order."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.headings: list[tuple[int, str]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(data.decode("utf-8"))
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names)
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which has to be this one."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data
        if any(re.fullmatch("h[1-6]", each) for each in self._open):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    def all(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        """The attributes of each element of this name that has these among them."""
        return [each for name, each in self.elements if name == tag and attributes.items() <= each.items()]

    def links(self) -> list[str]:
        """Where its links lead."""
        return [each["href"] for each in self.all("a")]


def every(schedule: Schedule, language: str = "en", base_url: str | None = BASE) -> dict[str, bytes]:
    """All files of a publication."""
    return dict(pages(schedule, language=language, base_url=base_url))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_publication_has(tmp_path: Path, language: str) -> None:
    """There is a style sheet, an index, and a page for each unit, in the language that was asked for."""
    found = every(expand(tmp_path, "2026"), language)
    assert list(found) == [
        "pages.css",
        "index.html",
        *(f"example/{each}.html" for each in ("top", "north", "south", "idle")),
    ]
    for name, data in found.items():
        if name.endswith(".html"):
            assert Page(data).all("html", lang={"en": "en", "zh": "zh-CN"}[language])


def test_links_lead_to_files(tmp_path: Path) -> None:
    """Every link within a publication leads to one of its files, and every anchor to a place in its page."""
    found = every(expand(tmp_path, "2026"))
    feeds = {f"example/{each}.ics" for each in ("top", "north", "south", "idle")}
    for name, data in found.items():
        if not name.endswith(".html"):
            continue
        page = Page(data)
        ids = [each["id"] for _, each in page.elements if "id" in each]
        assert len(set(ids)) == len(ids)
        for link in [*page.links(), *(each["href"] for each in page.all("link"))]:
            if link.startswith("#"):
                assert link[1:] in ids
            elif "://" not in link:
                target = (Path("/") / Path(name).parent / link).resolve().relative_to("/").as_posix()
                assert target in {*found, *feeds}


def test_nothing_from_elsewhere(tmp_path: Path) -> None:
    """No page has a script, a handler, a style of its own, or anything that is loaded but the style sheet."""
    for name, data in every(expand(tmp_path)).items():
        if name.endswith(".css"):
            assert not re.search(rb"url\(|@import", data)
            continue
        page = Page(data)
        assert not {tag for tag, _ in page.elements} & {"script", "style", "img", "iframe", "object", "embed", "svg"}
        assert not [each for _, attrs in page.elements for each in attrs if each.startswith("on") or each == "style"]
        policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
        assert policy.split("; ")[:2] == ["default-src 'none'", "style-src 'self'"]
        assert [each["href"] for each in page.all("link", rel="stylesheet")] == ["../" * name.count("/") + "pages.css"]
        assert page.all("meta", name="referrer", content="no-referrer")


def test_ways_to_subscribe(tmp_path: Path) -> None:
    """With an address there is one to copy, and links for webcal, Google, Outlook and Microsoft 365."""
    page = Page(every(expand(tmp_path, "2026"))["example/north.html"])
    assert "https://example.org/duties/example/north.ics" in page.text
    escaped = "%3A%2F%2Fexample.org%2Fduties%2Fexample%2Fnorth.ics"
    wanted = [
        "webcal://example.org/duties/example/north.ics",
        f"https://calendar.google.com/calendar/r?cid=webcal{escaped}",
        f"https://outlook.live.com/calendar/0/addfromweb?url=https{escaped}&name=North",
        f"https://outlook.office.com/calendar/0/addfromweb?url=https{escaped}&name=North",
        "../example/north.ics",
    ]
    assert [each for each in page.links() if each in wanted] == wanted


def test_without_an_address_no_subscription(tmp_path: Path) -> None:
    """Without an address a page offers the file, and pretends nothing."""
    data = every(expand(tmp_path, "2026"), base_url=None)["example/north.html"]
    assert "../example/north.ics" in Page(data).links()
    assert b"webcal:" not in data
    assert b"calendar.google.com" not in data


@pytest.mark.parametrize(
    "base", ["example.org", "ftp://example.org", "https://", "https://a/?q=1", "javascript:x", "https://u@a/"]
)
def test_a_base_that_is_none(tmp_path: Path, base: str) -> None:
    """What is no plain web address is refused as one."""
    with pytest.raises(ValueError, match="no address"):
        Site(expand(tmp_path, "2026"), base_url=base)


def test_what_a_unit_page_says(tmp_path: Path) -> None:
    """A page tells what is due, by when, why it moved, how much, to whom, and where that is written down."""
    page = Page(every(expand(tmp_path, "2026"))["example/north.html"])
    for said in (
        "Quarterly report",
        "By the rule 2026-03-20 (Fri)",
        "Reason 洪水",
        "Quota bulletins: at least 2",
        "Report to City union",
        "Hand in plan (3 copies), roster",
        "Act 7 (Council)",
        "absorbed by Summary",
        "Lead City union",
        "Together with North, South",
    ):
        assert said in page.text, said
    assert "Path C:\\New; a, b\nsecond line" in page.text
    assert page.all("a", href="https://example.org/report?a=1;b=2,3")
    assert [each["datetime"] for each in page.all("time")] == [
        "2026-03-31",
        "2026-05-01",
        "2026-06-20",
        "2026-09-20",
        "2026-09-20",
        "2026-12-20",
    ]


def test_statuses(tmp_path: Path) -> None:
    """What is waived is struck through and says so; what is absorbed says by what; a provisional date is marked."""
    found = every(expand(tmp_path))
    north, south = found["example/north.html"].decode(), found["example/south.html"].decode()
    assert re.search(
        r'<s class="name">(?:<a [^>]*>)?<bdi>Quarterly report</bdi>(?:</a>)?</s> <span class="badge waived">Waived<',
        north,
    )
    assert '<span class="badge absorbed">Absorbed</span>' in north
    assert '<span class="badge provisional">Provisional</span>' in south
    assert "the holidays of that time are not announced yet" in south
    assert "no meeting" in north


def test_a_reason_is_asked_for_what_the_rules_moved(tmp_path: Path) -> None:
    """What moved a date is told where somebody knows, and only where no exception did."""
    asked: list[str] = []

    def why(occurrence: cyclekit.Occurrence) -> str:
        asked.append(str(occurrence.key))
        return "<Labour Day>"

    text = NAMELESS.replace("due: {day: 5, month: next}", "due: {day: 1, adjust: following}\n    calendar: CN")
    page = unit_page(expand(tmp_path, "2026-05", text), "_", why=why)
    assert asked == ["alone/filing/_/2026-05"]
    assert "&lt;Labour Day&gt;" in page.decode()
    asked.clear()
    unit_page(expand(tmp_path, "2026-03"), "north", why=why)
    assert asked == []


def test_standing_duties(tmp_path: Path) -> None:
    """Duties without a date are listed with their numbers."""
    page = Page(every(expand(tmp_path, "2026"), "zh")["example/south.html"])
    assert (2, "常态事项（无固定日期）") in page.headings
    assert "重大事项" in page.text
    assert "数量 恰好 90 %" in page.text


def test_duties_in_words(tmp_path: Path) -> None:
    """At the foot each duty with a date has its sentence and its source once, as it holds for that unit."""
    change = "    changes: [{from: 2026Q4, units: south, due: {day: 25}}]\n"
    text = EXAMPLE.replace("    exceptions:\n", f"{change}    exceptions:\n")
    text = text.replace("    once: 2026-05-01\n", "    once: 2026-05-01\n    source: {document: Act 9}\n")
    found = every(expand(tmp_path, "2026", text))
    ends = "each quarter's last month; bulletins: at least 2."
    summary = "where both fall on one day it stands for “Quarterly report”."
    for name, said in (
        ("north", [f"Quarterly reportBy the 20th of {ends}", summary]),
        (
            "south",
            [
                f"For periods that begin on 2026-09-30 or earlier: by the 20th of {ends}",
                f"For periods that begin on 2026-10-01 or later: by the 25th of {ends}",
            ],
        ),
    ):
        page = Page(found[f"example/{name}.html"])
        assert (2, "What is owed") in page.headings
        foot = page.text.rpartition("What is owed")[2]
        for each in ("LetterOnce, by 2026-05-01.", *said):
            assert foot.count(each) == 1, each
        assert "Source Act 9" in foot
    assert (2, "What is owed") not in Page(found["example/idle.html"]).headings


def test_nothing_due(tmp_path: Path) -> None:
    """A unit that owes nothing has a page that says so, and its feed."""
    page = Page(every(expand(tmp_path, "2026"))["example/idle.html"])
    assert "No due dates in these days." in page.text
    assert "../example/idle.ics" in page.links()


def test_heat(tmp_path: Path) -> None:
    """A day of the year's months is as warm as what is owed on it, leads to its rows, and says it in words."""
    page = every(expand(tmp_path, "2026"))["example/north.html"].decode()
    assert '<td class="h1"><a href="#d2026-03-31" aria-label="2026-03-31 (Tue): 1 due">31</a>' in page
    assert (
        '<td class="h0"><a href="#d2026-06-20" aria-label="2026-06-20 (Sat): nothing owed, 1 waived or absorbed">'
        in page
    )
    assert '<td class="h1"><a href="#d2026-09-20"' in page
    assert len(Page(page.encode()).all("caption")) == 12


@pytest.mark.parametrize("language", ["en", "zh"])
def test_landmarks_and_headings(tmp_path: Path, language: str) -> None:
    """A page has one main part, a link to it first, named regions, headings in order, and labelled fields."""
    schedule = expand(tmp_path, "2026..2030")
    found = [data for name, data in every(schedule, language).items() if name.endswith(".html")]
    found += [index_page(schedule, query=query, language=language) for query in (None, "n", "nobody")]
    for data in found:
        page = Page(data)
        assert [each["id"] for each in page.all("main")] == ["content"]
        assert page.links()[0] == "#content"
        levels = [level for level, _ in page.headings]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
        assert all(text.strip() for _, text in page.headings)
        ids = {each["id"] for _, each in page.elements if "id" in each}
        for tag, each in page.elements:
            if tag in ("nav", "section"):
                assert each.keys() & {"aria-label", "aria-labelledby"}
            if "aria-labelledby" in each:
                assert each["aria-labelledby"] in ids
            if tag == "input":
                assert page.all("label", **{"for": each["id"]})
            if tag == "th":
                assert each["scope"] in ("col", "row")
        assert len(page.all("title")) == 1


def test_texts_of_another_language_say_so(tmp_path: Path) -> None:
    """A text that is there in another language only is marked with it."""
    text = EXAMPLE.replace("title: Letter", "title: {zh: 公函}")
    data = every(expand(tmp_path, "2026", text))["example/north.html"].decode()
    assert '<bdi lang="zh">公函</bdi>' in data
    assert "<bdi>Quarterly report</bdi>" in data


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></bdi></main><h1>",
    "{{ 7*7 }}{% raw %}",
    "&lt;b&gt; &amp;",
    "a\x00b\x1b[31m\x85\u2028c",
    "half \ud800 pair",
    "\u202eevil\u202c",
    "季报 🧧",
    "]]><!--",
]


def publication(text: str, url: str) -> dict[str, bytes]:
    """All files of a rulebook in which every text is this one, and every address that one."""
    told, source = Text.of(text), Source(document=text, article=text, issuer=text, quote=text, url=url)
    day = cyclekit.Span(dt.date(2026, 5, 1), dt.date(2026, 5, 1))
    duty = Obligation("o", Once(day), told, report_to=(text,), deliver=(text,), notes=told, url=url, source=source)
    standing = attrs.evolve(duty, id="s", timing=Standing())
    roster = Roster(["u", "v"], names=[told, told], kinds=[text, None], parents=[-1, 0])
    book = Rulebook("r", told, roster, (duty, standing), source=source)
    return every(cyclekit.expand(book, "2026"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts(text: str) -> None:
    """A text of a rule file is shown as it is wherever it stands, and makes no element and no attribute."""
    hostile, harmless = publication(text, f"javascript:{text}"), publication("☃", "javascript:x")
    written = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", text)
    for name in ("index.html", "r/u.html", "r/v.html"):
        shown, wanted = Page(hostile[name]), Page(harmless[name])
        assert [tag for tag, _ in shown.elements] == [tag for tag, _ in wanted.elements]
        assert [each.keys() for _, each in shown.elements] == [each.keys() for _, each in wanted.elements]
        assert shown.text == wanted.text.replace("☃", written)
        assert not [link for link in shown.links() if link.lower().startswith("javascript:")]


@settings(deadline=None)
@given(st.text(st.characters(), min_size=1, max_size=60))
def test_any_text_makes_a_page(text: str) -> None:
    """Whatever the texts hold, pages are UTF-8, and their elements are those of any other."""
    for name, data in publication(text, "").items():
        if name.endswith(".html"):
            assert [tag for tag, _ in Page(data).elements] == HARMLESS[name]


HARMLESS = {
    name: [tag for tag, _ in Page(data).elements]
    for name, data in publication("☃", "").items()
    if name.endswith(".html")
}


def test_a_page_alone_is_that_of_all(tmp_path: Path) -> None:
    """A unit's page is the same made alone, from all units or from a schedule of its own, as among all pages."""
    schedule = expand(tmp_path)
    for unit in ("top", "north", "south", "idle"):
        page = every(schedule)[f"example/{unit}.html"]
        assert unit_page(schedule, unit, base_url=BASE) == page
        assert unit_page(schedule.for_unit(unit), unit, base_url=BASE) == page


def test_rows_are_those_of_the_schedule(tmp_path: Path) -> None:
    """A page has a row for each occurrence of its unit, in the schedule's order."""
    schedule = expand(tmp_path)
    for unit in ("top", "north", "south"):
        page = Page(unit_page(schedule, unit))
        dates = [each["datetime"] for each in page.all("time")]
        assert dates == [each.due.isoformat() for each in schedule.for_unit(unit)]
        looks = [each["class"] for each in page.all("tr", role="row") if "class" in each]
        assert looks == [each.status.value for each in schedule.for_unit(unit)]


def test_the_same_bytes(tmp_path: Path) -> None:
    """Made twice, each file has the same bytes."""
    assert every(expand(tmp_path)) == every(expand(tmp_path))


def test_the_index(tmp_path: Path) -> None:
    """The index lists units by kind and below each other, with what they owe, and has no form that could not work."""
    schedule = expand(tmp_path, "2026")
    page = Page(every(schedule)["index.html"])
    assert not page.all("form")
    assert [link for link in page.links() if link.endswith(".html")] == [
        "example/top.html",
        "example/idle.html",
        "example/north.html",
        "example/south.html",
    ]
    assert (3, "Below City union") in page.headings
    assert "6 due dates" in page.text
    assert len(schedule.for_unit("north")) == 6


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("北", ["north"]),
        ("NOR", ["north"]),
        ("th", ["north", "south"]),
        ("th s", ["south"]),
        ("union top", ["top"]),
        ("zzz", []),
        ("  ", ["top", "idle", "north", "south"]),
    ],
)
def test_searching(tmp_path: Path, query: str, found: list[str]) -> None:
    """A search by name in any language, or by id, finds the units that have every word of it; no word finds all."""
    page = Page(index_page(expand(tmp_path, "2026"), query=query))
    assert page.all("form", method="get", role="search")
    assert page.all("input", name="q", type="search", value=query.strip())
    assert [Path(link).stem for link in page.links() if link.startswith("example/")] == found


def test_a_search_shows_a_page_full(tmp_path: Path) -> None:
    """Of thousands that match, the first are shown, and how many there are is said."""
    units = "\n".join(f"  - {{id: u{number}}}" for number in range(1200))
    text = f"cyclekit: 1\nid: many\nunits:\n{units}\nobligations: {{o: {{every: year}}}}\n"
    schedule = expand(tmp_path, "2026", text)
    page = Page(index_page(schedule, query="u"))
    assert len([link for link in page.links() if link.startswith("many/")]) == 500
    assert "Only the first 500 of 1200" in page.text
    assert len([link for link in Page(index_page(schedule)).links() if link.startswith("many/")]) == 500
    assert (
        len([link for link in Page(index_page(schedule, searches=False)).links() if link.startswith("many/")]) == 1200
    )


def test_places_of_a_server(tmp_path: Path) -> None:
    """A server says where its pages, feeds and style sheet are."""
    places = Places(feed_of="feeds/t/{}.ics".format, page_of="units/{}".format, index="", style="a.css", root="/x/")
    page = Page(unit_page(expand(tmp_path, "2026"), "north", places=places, base_url="https://example.org/x"))
    assert "https://example.org/x/feeds/t/example/north.ics" in page.text
    assert {"/x/", "/x/units/example/top", "/x/feeds/t/example/north.ics"} <= set(page.links())
    assert page.all("link", rel="stylesheet", href="/x/a.css")


def test_a_page_that_stands_alone(tmp_path: Path) -> None:
    """Where there is no index a page leads to no other one, and still says who is above."""
    places = Places(feed_of="feeds/t/{}.ics".format, page_of="units/t/{}".format, index=None)
    site = Site(expand(tmp_path, "2026"), base_url=BASE)
    page = Page(site.unit("north", places))
    assert [each for each in page.links() if not each.startswith(("#", "http", "webcal"))] == [
        "../../../feeds/t/example/north.ics"
    ]
    assert "City union" in page.text
    assert "https://example.org/duties/feeds/t/example/north.ics" in page.text
    # What one reader is told is not kept for another.
    assert b"feeds/t/" not in site.unit("north")


@pytest.mark.parametrize(
    ("index", "page", "home"),
    [
        ("index.html", "a/b.html", "../index.html"),
        ("", "units/a/b", "../../"),
        ("", "", "./"),
        (None, "a/b.html", ""),
    ],
)
def test_the_way_home(index: str | None, page: str, home: str) -> None:
    """From each page the index is found in its folder, or at the top; never at the address of the page itself."""
    assert Places(index=index).home(page) == home


def _untouchable(_line: Line, *_: object) -> int:
    """The units of a line, at which nobody may look."""
    raise AssertionError


def test_a_page_looks_at_no_other_unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the rows of each unit at hand, its page and its entry in a search are made without those of the others."""
    schedule = expand(tmp_path)
    expected = {unit: unit_page(schedule, unit) for unit in ("top", "north", "south", "idle")}
    found = index_page(schedule, query="north")
    site = Site(schedule, rows=Rows(schedule.lines))
    with monkeypatch.context() as patched:
        for name in ("units_of", "slices", "counts", "__len__"):
            patched.setattr(Line, name, _untouchable)
        known: property = vars(Line)["members"]
        lead_alone = property(lambda line: known.__get__(line) if line.together else _untouchable(line))
        patched.setattr(Line, "members", lead_alone)
        assert {unit: site.unit(unit) for unit in expected} == expected
        assert site.index("north", searches=True) == found
    assert index_page(expand(tmp_path), query="north") == found


# --------------------------------------------------------------------------------------- holidays and worked days

MONTHLY = """cyclekit: 1
id: monthly
calendar: CN
units:
  - {id: here}
  - {id: there, calendar: US}
obligations:
  each: {title: Filing, every: month, due: {day: 7, month: next}}
"""


def month(page: bytes, name: str) -> str:
    """A small month of a page."""
    return page.decode().partition(f"<caption>{name}</caption>")[2].partition("</table>")[0]


def test_marked_days(tmp_path: Path) -> None:
    """In October 2023 China rests from the 1st to the 6th and works on Saturday the 7th and Sunday the 8th.

    That is the State Council's notice 国办发明电〔2022〕16号. Each is marked by a character, and told in words.
    """
    schedule = expand(tmp_path, "2023", MONTHLY)
    shown = month(unit_page(schedule, "here", language="zh", marks=marks_of(schedule)), "10 月")
    days = re.findall(r'(\d+)<i class="mark" aria-hidden="true">(.)</i>', shown)
    assert days == [*((str(day), "休") for day in range(1, 7)), ("7", "班"), ("8", "班")]
    assert '<span class="unseen"> 2023-10-01 是国庆节</span>' in shown
    assert '<span class="unseen"> 2023-10-08 是调休上班的星期日（2023-10-06 放假）</span>' in shown
    assert re.search(r'<td class="h1 work"><a [^>]*aria-label="2023-10-07（周六）：1 项截止；2023-10-07 是调休', shown)


def test_marked_days_are_those_of_the_units_own_calendar(tmp_path: Path) -> None:
    """A unit with a calendar of its own has its holidays: the 4th of July 2023 there, and not the National Day week."""
    schedule = expand(tmp_path, "2023", MONTHLY)
    site = Site(schedule, marks=marks_of(schedule))
    here, there = site.unit("here"), site.unit("there")
    assert "2023-07-04 is Independence Day" in month(there, "July")
    assert "mark" not in month(here, "July")
    assert re.findall(r"(\d+)<i", month(there, "October")) == ["9"]  # Columbus Day, the second Monday


@pytest.mark.parametrize(
    ("language", "legend"), [("en", "H holiday W weekend or holiday that"), ("zh", "休 放假 班 调休")]
)
def test_a_legend_tells_what_marks_mean(tmp_path: Path, language: str, legend: str) -> None:
    """Marks are told below the months; a page without a calendar has neither marks nor that."""
    schedule = expand(tmp_path, "2023", MONTHLY)
    page = Page(unit_page(schedule, "here", language=language, marks=marks_of(schedule)))
    assert legend in " ".join(page.text.split())
    schedule = expand(tmp_path, "2023", MONTHLY.replace("calendar: CN\n", ""))
    plain = unit_page(schedule, "here", language=language, marks=marks_of(schedule))
    assert b"marks" not in plain
    assert b'class="mark"' not in plain


def test_what_is_not_announced_is_not_marked(tmp_path: Path) -> None:
    """Days for which nobody has announced anything have no marks, and the page says how far it is known."""
    schedule = expand(tmp_path, "2090", MONTHLY)
    page = unit_page(schedule, "here", marks=marks_of(schedule))
    assert b'class="mark"' not in page
    assert re.search(r"Holidays are announced until 20\d\d-12-31\.", Page(page).text)
    assert "announced" not in Page(unit_page(schedule, "there", marks=marks_of(schedule))).text


def test_a_hostile_holiday(tmp_path: Path) -> None:
    """What a day is called is shown as it is, and makes no element and no attribute."""
    day = dt.date(2023, 10, 6)

    def marks(text: str) -> MarksOf:
        named = Stretch(day, day, Nature.HOLIDAY, DayName(Text.of(text)))
        return lambda _book, _calendar: MarkedDays({day.toordinal(): named})

    schedule = expand(tmp_path, "2023", MONTHLY)
    harmless = Page(unit_page(schedule, "here", marks=marks("x")))
    for text in HOSTILE:
        page = Page(unit_page(schedule, "here", marks=marks(text)))
        assert [tag for tag, _ in page.elements] == [tag for tag, _ in harmless.elements]
        assert [each.keys() for _, each in page.elements] == [each.keys() for _, each in harmless.elements]


def test_a_file_without_units(tmp_path: Path) -> None:
    """The page of a rule file without units has the file's name."""
    found = every(expand(tmp_path, "2026", NAMELESS.replace("obligations", "title: Filing\nobligations")))
    assert (1, "Filing") in Page(found["alone/_.html"]).headings
    assert "alone/_.html" in Page(found["index.html"]).links()


# ------------------------------------------------------------------------------------------------- contrast

PAIRS = [
    *(("ink", "paper"), ("soft", "paper"), ("accent", "paper"), ("link", "paper")),
    *(("ink", "wash"), ("soft", "wash"), ("link", "wash"), ("accent", "wash")),
    *((f"h{number}-ink", f"h{number}") for number in range(5)),
    *((f"{name}-ink", name) for name in ("moved", "waived", "absorbed", "provisional")),
]


def colours(mode: str) -> dict[str, str]:
    """The custom properties of the style sheet that hold in light mode, in dark mode, or on paper."""
    css = dict(pages(cyclekit.expand([], "2026")))["pages.css"].decode()
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    light, dark, paper = (dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block)) for block in blocks)
    return light | {"light": {}, "dark": dark, "paper": paper}[mode]


def luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("mode", ["light", "dark", "paper"])
def test_contrast(mode: str) -> None:
    """Every text stands out from its ground by 4.5 to 1 at least, in light and dark and on paper; outlines by 3."""
    found = colours(mode)
    for ink, ground in PAIRS:
        light, dark = sorted((luminance(found[ink]), luminance(found[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (mode, ink, ground)
    light, dark = sorted((luminance(found["focus"]), luminance(found["paper"])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


def test_no_colour_beside_the_table() -> None:
    """The style sheet uses no colour but those of its custom properties, so that the test above sees them all."""
    css = dict(pages(cyclekit.expand([], "2026")))["pages.css"].decode()
    rules = re.sub(r":root \{.*?\}", "", css, flags=re.DOTALL)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules)
    assert css.count(":focus-visible") >= 1
