"""Evening out the layout of a rule file: what changes, what stays, and that the meaning is the same."""

from pathlib import Path

import pytest
import yaml

from cyclekit.model.obligation import Rulebook
from cyclekit.reading.compose import read_nodes
from cyclekit.reading.layout import evened, is_same
from cyclekit.reading.limits import Limits
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.source import Source, decode
from cyclekit.workspace.loading import surroundings
from tests.repo.tree import REPO

GOOD = sorted((REPO / "tests" / "corpus" / "good").glob("*.yaml"))
SHIPPED = sorted(path for path in (REPO / "rules").rglob("*.yaml") if not path.name.endswith(".units.yaml"))

UNEVEN = """\

cyclekit:   1
id: 'a'
units:
- {id: a ,name: 'b'}   # x
-   id: c
    name: d
    # inner
obligations:
     # first
     a:
          every:    month
          due: { day: 20,adjust: none }  \t


          # then
          notes: |
             text   here
               more

             end
     b:
      due:
      - day: 1
        then:
         -  {add: 1 day}
         - adjust: none
      exceptions: {2023-01: {due: 2023-02-01,
           reason: 'it''s'},
        2023-02: {waived: "x"}}
      every: month
     # last


"""
EVEN = """\
cyclekit: 1
id: "a"
units:
  - {id: a, name: "b"}   # x
  - id: c
    name: d
    # inner
obligations:
  # first
  a:
    every: month
    due: {day: 20, adjust: none}

    # then
    notes: |
       text   here
         more

       end
  b:
    due:
      - day: 1
        then:
          - {add: 1 day}
          - adjust: none
    exceptions: {2023-01: {due: 2023-02-01,
         reason: 'it''s'},
      2023-02: {waived: "x"}}
    every: month
  # last
"""


def even(text: str) -> str:
    """A text evened out, which it has to be possible to do."""
    found = evened(Source("a.yaml", text))
    assert found is not None
    return found


def said(book: Rulebook | None) -> tuple[object, ...]:
    """All that a rulebook says."""
    assert book is not None
    whole = (book.id, book.title, book.obligations, book.source, book.timezone, book.calendar, book.bounds)
    return (*whole, book.calendars, book.roster)


def test_an_uneven_file_becomes_even() -> None:
    """Indents, blanks, quotes and empty lines are evened out; comments, block texts and line breaks stay."""
    assert even(UNEVEN) == EVEN


def test_an_even_file_stays() -> None:
    """What is even already is given back letter by letter."""
    assert even(EVEN) == EVEN


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: 1", "a: 1\n"),
        ("a:  1\r\nb :  2\r\n", "a: 1\nb: 2\n"),
        ("a:\n    b: 1\n", "a:\n  b: 1\n"),
        ("a: [ 1,2 ,3 ]\n", "a: [1, 2, 3]\n"),
        ("a: {}\nb: [ ]\n", "a: {}\nb: []\n"),
        ("a: 'x \"y\"'\n", "a: 'x \"y\"'\n"),
        ("a: 'x\\n'\n", "a: 'x\\n'\n"),
        ("a: 'x''y'\n", "a: 'x''y'\n"),
        ('a: "x  y "\n', 'a: "x  y "\n'),
        ("a: one  two # {b:1}\n", "a: one  two # {b:1}\n"),
        ("a: 1\n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n"),
        ("a:\n- b: 1\n  c: 2\n-\n  b: 3\n", "a:\n  - b: 1\n    c: 2\n  -\n    b: 3\n"),
        ("a:\n- - 1\n  - 2\n", "a:\n  - - 1\n    - 2\n"),
        ("a:\n  text that\n  goes on\nb: 1\n", "a:\n  text that\n  goes on\nb: 1\n"),
        ("a: >-\n    folded\n    text\n\n\nb: 1\n", "a: >-\n    folded\n    text\n\n\nb: 1\n"),
        ("a:\n    b: |2\n        kept\n    c: 1\n", "a:\n  b: |2\n      kept\n  c: 1\n"),
        ("# top\n\na: 1 # side\n# end", "# top\n\na: 1 # side\n# end\n"),
        ("a:\n    # of b\n    b: 1\n    # of a\n# of c\nc: 1\n", "a:\n  # of b\n  b: 1\n  # of a\n# of c\nc: 1\n"),
        ("url: https://a.b/?c=d\n", "url: https://a.b/?c=d\n"),
    ],
)
def test_cases(text: str, wanted: str) -> None:
    """Each case becomes what stands beside it, and stays so."""
    assert even(text) == wanted
    assert even(wanted) == wanted


#: Texts and what they become, among them many that only a careless walk would spoil.
MORE = {
    # Blanks behind colons, dashes and commas, and inside brackets; not in front of comments, nor in texts.
    "a:   b   # c\n": "a: b   # c\n",
    "a   : b\n": "a: b\n",
    "-   a\n-  - b\n   -   c\n": "- a\n- - b\n  - c\n",
    "a: {  }\nb: [  ]\nc: [ [ ] , { } ]\n": "a: {}\nb: []\nc: [[], {}]\n",
    "a: { b : c , d:  [ e,f ] }\n": "a: {b: c, d: [e, f]}\n",
    "a: [b ,\n    c ,\n   d]\n": "a: [b,\n    c,\n   d]\n",
    '"a"  :   "b c"   # d\n': '"a": "b c"   # d\n',
    # Single quotes where double ones say the same.
    "a: 'b'\n'c': ['d', \"e\", 'f''g', 'h\"i', 'j\\k', '']\n": (
        'a: "b"\n"c": ["d", "e", \'f\'\'g\', \'h"i\', \'j\\k\', ""]\n'
    ),
    "a: 'b\n  c'\n": "a: 'b\n  c'\n",
    # Two blanks for each level, list items inside their key.
    "a:\n - b\n -  c: d\n    e: f\ng:\n- h\n": "a:\n  - b\n  - c: d\n    e: f\ng:\n  - h\n",
    "a:\n        b:\n         c:\n          - d\n        e: f\n": "a:\n  b:\n    c:\n      - d\n  e: f\n",
    "a:\n- b:\n  - c\n  d: e\n- f\ng: h\n": "a:\n  - b:\n      - c\n    d: e\n  - f\ng: h\n",
    "-\n   a: b\n   c: d\n-\n   - e\n": "-\n  a: b\n  c: d\n-\n  - e\n",
    "- - - a\n    - b\n  - c\n": "- - - a\n    - b\n  - c\n",
    # A value on a line of its own stays as far inside as it was, and so does what goes on with it.
    "a:\n      b\n      c\nd:\n   [e,\n     f]\n": "a:\n      b\n      c\nd:\n   [e,\n     f]\n",
    "a:\n    b:\n        c\n        d\n": "a:\n  b:\n      c\n      d\n",
    "a:\n    b:\n       [c,\n        d]\n    e: {f: g,\n         h: i}\n": (
        "a:\n  b:\n     [c,\n      d]\n  e: {f: g,\n       h: i}\n"
    ),
    "a:\n    b: |\n        c\n\n          d\n    e: >\n      f\n": "a:\n  b: |\n      c\n\n        d\n  e: >\n    f\n",
    "a:\n    b: 'c\n\n      d'\n    e: f\n": "a:\n  b: 'c\n\n    d'\n  e: f\n",
    "-   - a:\n          b\n": "- - a:\n        b\n",
    "-   a:\n      [b,\n       c]\n": "- a:\n    [b,\n     c]\n",
    "X:\n    X b: X c\n": "X:\n  X b: X c\n",
    # A comment goes with the entry behind it in its column, or else with the block before it.
    "# a\na:\n    # b\n    b:\n        c: d\n        # of c\n    # of b\n# of a\n": (
        "# a\na:\n  # b\n  b:\n    c: d\n    # of c\n  # of b\n# of a\n"
    ),
    "a:\n    b: c\n      # inside\n  # outside\nd: e\n": "a:\n  b: c\n    # inside\n  # outside\nd: e\n",
    "  # x\na: b\n": "  # x\na: b\n",
    "a:\n    - b\n    # of the list\n    - c\n": "a:\n  - b\n  # of the list\n  - c\n",
    "a: [b,\n    # c\n    d]\n": "a: [b,\n    # c\n    d]\n",
    "a: |\n  # text\n\n  # text too\n": "a: |\n  # text\n\n  # text too\n",
    # One empty line at most, none at the ends, no blanks at the ends of lines; but texts keep theirs.
    "\n\na: b  \n\n \n\nc: d\t\n\n": "a: b\n\nc: d\n",
    "a: |\n  b  \n\n\n  c\n\n\nd: e\n": "a: |\n  b  \n\n\n  c\n\n\nd: e\n",
    'a: "b  \n\n\n  c"\n': 'a: "b  \n\n\n  c"\n',
    "a: b\n\n\n# c\n\n\n# d\n": "a: b\n\n# c\n\n# d\n",
    "a:\n    b: >\n      c\n    d: e  \n": "a:\n  b: >\n    c\n  d: e\n",
    "a: |  \n  b\n": "a: |\n  b\n",
    "a: 1  \nb: |\n  c\nd: 2  \ne: 'f\n  g'\n": "a: 1\nb: |\n  c\nd: 2\ne: 'f\n  g'\n",
    "a: ['\"b', '\\b', 'b\"']\n": "a: ['\"b', '\\b', 'b\"']\n",
    # A question mark begins no key, nor a value.
    "a ?:   b\n?c:   {?d:  e}\n": "a ?: b\n?c: {?d: e}\n",
    # Tabs where blanks could stand.
    "a: 'b'\t# c\nd: [e,\tf]\t\n": 'a: "b"\t# c\nd: [e,\tf]\n',
    "a:\n    b: c\n\t\n    d: e\n": "a:\n  b: c\n\n  d: e\n",
}


@pytest.mark.parametrize("has_c", [True, False])
def test_more_cases(has_c: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each text becomes the other, which stays, with libyaml and without it."""
    if not has_c:
        monkeypatch.delattr(yaml, "CSafeLoader")
    assert {text: even(text) for text in MORE} == MORE
    assert {text: even(text) for text in MORE.values()} == {text: text for text in MORE.values()}


@pytest.mark.parametrize("path", [*GOOD, *SHIPPED], ids=lambda path: path.stem)
def test_the_meaning_is_the_same(path: Path) -> None:
    """A good file says the same before and after, and a second time changes nothing."""
    source, _ = decode(str(path), path.read_bytes())
    text = evened(source)
    assert text is not None
    again = Source(source.name, text)
    around = surroundings(path.parent)
    assert said(read_rule_file(again, around).rulebook) == said(read_rule_file(source, around).rulebook)
    assert evened(again) == text


def test_what_is_too_deep_is_left() -> None:
    """The limits of a file hold for the text before."""
    assert evened(Source("a.yaml", "a:   [[1]]\n"), Limits(depth=2)) is None
    assert evened(Source("a.yaml", "a:   [[1]]\n"), Limits(depth=3)) == "a: [[1]]\n"


@pytest.mark.parametrize("text", ["a: [1\n", "a: *b\n", "a\tb: 1\n: :\n", "a: 1\na: 2\n", ""])
def test_what_is_no_rule_file_is_left(text: str) -> None:
    """A text with errors in its YAML is not evened out."""
    assert evened(Source("a.yaml", text)) is None


def test_trees_are_compared_by_what_they_say() -> None:
    """Quotes, order and texts make a difference; places do not."""
    trees = [read_nodes(Source("a.yaml", text))[0] for text in ("{a: 1}", "a:   1", 'a: "1"', "a: [1]", "b: 1", "a: 2")]
    plain = trees[0]
    assert plain is not None
    assert [each is not None and is_same(plain, each) for each in trees] == [True, True, False, False, False, False]
