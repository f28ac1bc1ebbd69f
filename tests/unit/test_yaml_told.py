"""What is wrong with the characters and the YAML of a text, word for word and by both parsers."""

import pytest

from cyclekit.reading.compose import Parser
from tests.unit.marked import nodes_of as by

PARSERS: tuple[Parser, ...] = ("c", "pure")
BELL, NULL, ZERO_WIDTH, PRIVATE, SOFT_HYPHEN = "\x07", "\x00", "\u200b", "\ue000", "\xad"
NO_BREAK = "\xa0"


FEATURES: dict[str, tuple[str, ...]] = {
    "a: «&»x 1\nb: *x\n": ("yaml-feature yaml-anchor | name=x",),
    "a: 1\nb: «&»list [1]\n": ("yaml-feature yaml-anchor | name=list",),
    "a: «&»m {b: 1}\n": ("yaml-feature yaml-anchor | name=m",),
    "a: «&»m\n  b: 1\n": ("yaml-feature yaml-anchor | name=m",),
    "a: [«*»x]\n": ("yaml-feature yaml-alias | name=x",),
    "a: «!»x 1\n": ("yaml-feature yaml-tag | name=!x",),
    "a: 1\nb: «!»!str 1\n": ("yaml-feature yaml-tag | name=tag:yaml.org,2002:str",),
    "a: «!»x {b: 1}\n": ("yaml-feature yaml-tag | name=!x",),
    "a: «!»x [b]\n": ("yaml-feature yaml-tag | name=!x",),
    "a: «&»y !x [b]\n": ("yaml-feature yaml-tag | name=!x",),
    "«%»YAML 1.2\n---\na: 1\n": ("yaml-feature yaml-directive",),
    "# x\n\n«%»TAG ! tag:x,2000:\n---\na: 1\n": ("yaml-feature yaml-directive",),
    "a: 1\n«-»--\nb: 2\n": ("yaml-feature yaml-document",),
    "--- # x\na: 1\n...\n": (),
    "«<»<: {a: 1}\n": ("yaml-feature yaml-merge",),
    "a: {b: 1, «<»<: c}\n": ("yaml-feature yaml-merge",),
    "a: {'<<': c}\n": (),
    "«?» a\n: b\n": ("yaml-feature yaml-complex-key",),
    "a:\n  - «?» b\n": ("yaml-feature yaml-complex-key",),
    "a: {«?» b : c}\n": ("yaml-feature yaml-complex-key",),
    "a: [b, «?» c]\n": ("yaml-feature yaml-complex-key",),
    "«?»\n  # why\n  a\n: b\n": ("yaml-feature yaml-complex-key",),
    "a: {«[»b]: c}\n": ("yaml-feature yaml-complex-key",),
    "«?» [a, b]\n: c\n": ("yaml-feature yaml-complex-key",),
    "a?: what?\nb: {c?: d ?, ?e: f}\n": (),
    "a: {«:» b}\n": ("syntax key-absent",),
    "«:» b\n": ("syntax key-absent",),
    "«#» nothing\n": ("empty empty-file",),
    "«-»--\n# nothing\n": ("empty empty-file",),
}
KEYS: dict[str, tuple[str, ...]] = {
    "‹a›: 1\n«a»: 2\n": ("duplicate-key | key=a | ‹1›",),
    "x: {‹abc›: 1, b: 2, «abc»: 3, ‹de›: 4, «'de'»: 5}\n": (
        "duplicate-key | key=abc | ‹1›",
        "duplicate-key | key=de | ‹2›",
    ),
    # The same letter, composed and not.
    "‹\xe9›: 1\n«e\u0301»: 2\n": ("duplicate-key duplicate-key-twin | key=e\u0301 | ‹1›",),
    "‹季度›: 1\n«季度»: 2\n": ("duplicate-key | key=季度 | ‹1›",),
    # A run of repeated keys is one mistake.
    "- ‹id›: a\n  n: b\n  «id»: c\n  n: d\n  m: e\n": ("duplicate-key | key=id | ‹1›",),
    "- ‹id›: a\n  ‹n›: b\n  «id»: c\n  m: e\n  «n»: d\n": (
        "duplicate-key | key=id | ‹1›",
        "duplicate-key | key=n | ‹2›",
    ),
    "季«\xa0»度: 1\n": ("invisible-char | char=U+00A0 NO-BREAK SPACE",),
    "a: {«'b\xa0c'»: 1}\n": ("invisible-char | char=U+00A0 NO-BREAK SPACE",),
}
CHARACTERS: dict[str, tuple[str, ...]] = {
    f"a: x«{BELL}»y\n": ("control-char | char=U+0007",),
    f"a: x«{ZERO_WIDTH}»y\n": ("invisible-char | char=U+200B ZERO WIDTH SPACE",),
    f"a: x«{PRIVATE}»y\n": ("unusual-char | char=U+E000",),
    f"a: 1\nb: x«{SOFT_HYPHEN}»y\n": ("invisible-char | char=U+00AD SOFT HYPHEN",),
    # The first of each kind in each line.
    f"a: «{BELL}»{NULL}«{ZERO_WIDTH}»{BELL}«{PRIVATE}»{PRIVATE}\nb: «{NULL}»\n\nc: x«{BELL}»\n": (
        "control-char | char=U+0007",
        "invisible-char | char=U+200B ZERO WIDTH SPACE",
        "unusual-char | char=U+E000",
        "control-char | char=U+0000",
        "control-char | char=U+0007",
    ),
    # A carriage return that ends no line; one that does is none.
    "a: 1«\r»b: 2\r\nc: 3\r\n": ("control-char lone-return | char=U+000D",),
    "a: 1\r\nb: 2\r\n": (),
    # Between emoji only, and behind the digit of a keycap.
    "a: ❤\ufe0f\u200d🔥 1\ufe0f\u20e3\n": (),
    "a: ❤\ufe0f\u200d🔥 x«\u200d»y\n": ("invisible-char | char=U+200D ZERO WIDTH JOINER",),
    "a: 1«\ufe0f»\n": ("invisible-char | char=U+FE0F VARIATION SELECTOR-16",),
    # Once a character is refused, what it spoilt is not told.
    f"a: x«{BELL}»y\nb: *x\n": ("control-char | char=U+0007",),
    f"a: x«{BELL}»y\nb: [\n": ("control-char | char=U+0007",),
    f"a: x«{BELL}»y\nb：c\n": ("control-char | char=U+0007",),
    f"a: x«{PRIVATE}»y\nb: «*»x\n": ("unusual-char | char=U+E000", "yaml-feature yaml-alias | name=x"),
    f"a: x«{PRIVATE}»y\nb: «[»\n": ("unusual-char | char=U+E000", "syntax bracket-open | char=["),
    f"«{BELL}»: 1\nb: 2\n": ("control-char | char=U+0007",),
}
ESCAPES: dict[str, tuple[str, ...]] = {
    'a: «"x\\ay"»\n': ("control-char control-char-escaped | char=U+0007",),
    'a: «"\\u200b"»\n': ("invisible-char invisible-char-escaped | char=U+200B ZERO WIDTH SPACE",),
    'a: «"\\ue000"»\n': ("unusual-char unusual-char-escaped | char=U+E000",),
    'a: ««"\\a\\0\\u200b\\u200c"»»\n': (
        "control-char control-char-escaped | char=U+0007",
        "invisible-char invisible-char-escaped | char=U+200B ZERO WIDTH SPACE",
    ),
    'a: «"x\\ry"»\n': ("control-char control-char-escaped | char=U+000D",),
    'a: "x\\n\\ty \\" \\\\ \\u5b63 \\x41"\n': (),
    "a: 'x\\ay'\nb: x\\ay\n": (),
    # What stands in the file itself is told there.
    f'a: "«{PRIVATE}»\\n"\nb: "\\ue000"\n': ("unusual-char | char=U+E000",),
    '«"\\a"»: 1\n': ("control-char control-char-escaped | char=U+0007",),
    'a: "x«\\»%"\n': ("syntax escape-unknown | text=\\%",),
    'a: «"»\\ud800"\n': ("syntax escape-no-character",),
    'a: [«"»\\U00110000"]\n': ("syntax escape-no-character",),
    'a:\n  b: "x\n    y«\\»q"\n': ("syntax escape-unknown | text=\\q",),
}
WARNINGS: dict[str, tuple[str, ...]] = {
    "title: «季度»\n  报告\n": ("text-over-lines",),
    "title: «one two»  \n  three\n": ("text-over-lines",),
    "a: [«one»\n  two]\n": ("text-over-lines",),
    "title: 'one\n  two'\nb: |\n  one\n  two\n": (),
    "title: 季度报告 «#»1 上海\n": ("text-cut-short | text=季度报告",),
    "a: [one two «#»3\n  ]\n": ("text-cut-short | text=one two",),
    "a:\n  - 季 «#»3\n  - {b: 季 «#»4\n    }\n": ("text-cut-short | text=季", "text-cut-short | text=季"),
    "a: quarter #每季\nb: 季 # 每季\nc: '季' #1\n季: #1\nd: |\n  one two #3\n": (),
    "one two #3\n": (),
}
SYNTAX: dict[str, tuple[str, ...]] = {
    "a: «[»1, 2\n": ("syntax bracket-open | char=[",),
    "a: «{»b: 1\n": ("syntax bracket-open | char={",),
    "a: [b«}»\n": ("syntax bracket-wrong | char=} | expected=]",),
    "a: {b: 1«]»\n": ("syntax bracket-wrong | char=] | expected=}",),
    "a: [«{»b: 1]\n": ("syntax bracket-open | char={",),
    "a: [b]«]»\n": ("syntax bracket-extra | char=]",),
    "a: {b: 1}«}»\n": ("syntax bracket-extra | char=}",),
    "a: [b]«,»\n": ("syntax text-after-quote | text=,",),
    "a: [1,«,» 2]\n": ("syntax comma-extra",),
    "a: [«,» 2]\n": ("syntax comma-extra",),
    "a: {b: 1,«,» c: 2}\n": ("syntax comma-extra",),
    "a: ['b' «'»c']\n": ("syntax comma-missing",),
    "a: [[1] «[»2]]\n": ("syntax comma-missing",),
    "a: [{b: 1} «{»c: 2}]\n": ("syntax comma-missing",),
    "a: ['b' «c»]\n": ("syntax comma-missing",),
    "a: [[b] «c»]\n": ("syntax comma-missing",),
    "a: {month: last «d»ay: 20}\n": ("syntax comma-missing",),
    "a: {month: last«，»day: 20}\n": ("full-width full-width-mark | char=， | ascii=,",),
    "a: {month: last«、»day: 20}\n": ("full-width full-width-mark | char=、 | ascii=,",),
    "a: {b: 一，二«；»c: 3}\n": ("full-width full-width-mark | char=； | ascii=,",),
    "a: {b: c«:» d}\n": ("syntax colon-in-text",),
    "a: {b: 'c'«:» d}\n": ("syntax colon-in-text",),
    "a: {b:\n   c\n   d«:» e}\n": ("syntax colon-in-text",),
    "a: [b, c«］»\n": ("full-width full-width-mark | char=］ | ascii=]",),
    "a: [b, c«】»\n": ("full-width full-width-mark | char=】 | ascii=]",),
    "a: {b: c«｝»\n": ("full-width full-width-mark | char=｝ | ascii=}",),
    'a: "b«”»\n': ('full-width full-width-mark | char=” | ascii="',),
    'a: "b«＂»\n': ('full-width full-width-mark | char=＂ | ascii="',),
    "a: 'b«’»\n": ("full-width full-width-mark | char=’ | ascii='",),
    'a: «"»b\n': ('syntax quote-open | char="',),
    "a: «'»b\n": ("syntax quote-open | char='",),
    "a: «'»b''\n": ("syntax quote-open | char='",),
    'a: «"»b\\"\n': ('syntax quote-open | char="',),
    'a:\n  b: «"»c\n  d: e\n': ('syntax quote-open | char="',),
    "a:\n  b: «[»c\n  d: e\n": ("syntax bracket-open | char=[",),
    "a: [«@»b]\n": ("syntax text-begins-with | char=@",),
    "a: [«%»b]\n": ("syntax text-begins-with | char=%",),
    "a: [«`»b]\n": ("syntax text-begins-with | char=`",),
    "a: [«|»b]\n": ("syntax text-begins-with | char=|",),
    "a: [«-» b]\n": ("syntax text-begins-with | char=-",),
    "a: [«&» b]\n": ("syntax text-begins-with | char=&",),
    "a: [«*»b c: d\n": ("yaml-feature yaml-alias | name=b",),
    "a: [«&»b c: d\n": ("yaml-feature yaml-anchor | name=b",),
    "a: [«!»b c: d\n": ("yaml-feature yaml-tag | name=!b",),
    # What begins like a feature, where no parser comes as far.
    "a: «&»abc，d\n": ("yaml-feature yaml-anchor | name=abc",),
    "a: «*»abc，d\n": ("yaml-feature yaml-alias | name=abc",),
    "a: [«&»abc，d]\n": ("yaml-feature yaml-anchor | name=abc",),
    "a: «!»<x\n": ("yaml-feature yaml-tag",),
    "a: «&»，\n": ("syntax text-begins-with | char=&",),
    # A quote that is doubled or escaped ends nothing; one that a later line has belongs to that line.
    "a: 'it''s' «b»\n": ("syntax text-after-quote | text=b",),
    "a: \"it''s\" «b»\n": ("syntax text-after-quote | text=b",),
    'a: "b\\"c" «d»\n': ("syntax text-after-quote | text=d",),
    "a: «'»b\nc: 'd'\n": ("syntax quote-open | char='",),
    "a: «[»b\nc: [d]\n": ("syntax bracket-open | char=[",),
    "a:\n  - «'»b\n  - c: 'd'\n": ("syntax quote-open | char='",),
    "a: {b: «，»c: d}\n": ("full-width full-width-mark | char=， | ascii=,",),
    "a: [«/»/ b\n  c, d}\n": ("syntax comment-slashes",),
    "a: {tags«:»[coast]}\n": ("missing-space | key=tags",),
    "a: {tags«:»{b: c}}\n": ("missing-space | key=tags",),
    "a: {b«:», c: d}\n": ("missing-space | key=b",),
    "a: {b«：»c}\n": ("full-width full-width-colon | key=b",),
    "a: {b«:»c}\n": ("missing-space | key=b",),
    "a: {b:«\t»c}\n": ("tab tab-value",),
    "a: {b:\n\tc,\td: e}\n": (),
    "a: {b: c«\t»d}\n": ("tab tab-inside",),
    "«\t»a: b\n": ("tab tab-indent",),
    "a:«\t»b\n": ("tab tab-value",),
    "-«\t»b\n": ("tab tab-value",),
    "a: b«\t»c\n": ("tab tab-inside",),
    "«\u3000»a: b\n": ("full-width full-width-space",),
    f"a: «{NO_BREAK}»b\n": ("invisible-char odd-blank | char=U+00A0 NO-BREAK SPACE",),
    f"«{NO_BREAK}»a: b\n": ("invisible-char odd-blank | char=U+00A0 NO-BREAK SPACE",),
    "a: «\u2003»b\n": ("invisible-char odd-blank | char=U+2003 EM SPACE",),
}


@pytest.mark.parametrize("parser", PARSERS)
def test_features(parser: Parser) -> None:
    """What YAML offers beyond mappings, lists and texts is refused where it stands."""
    found, wanted = by(parser, FEATURES)
    assert found == wanted


@pytest.mark.parametrize("parser", PARSERS)
def test_keys(parser: Parser) -> None:
    """A key stands once, and has no blank that is none."""
    found, wanted = by(parser, KEYS)
    assert found == wanted


@pytest.mark.parametrize("parser", PARSERS)
def test_characters(parser: Parser) -> None:
    """The first character of each kind that is refused in each line, or warned about."""
    found, wanted = by(parser, CHARACTERS)
    assert found == wanted


@pytest.mark.parametrize("parser", PARSERS)
def test_escapes(parser: Parser) -> None:
    """What is escaped is held to the same rules, and told at its text."""
    found, wanted = by(parser, ESCAPES)
    assert found == wanted


@pytest.mark.parametrize("parser", PARSERS)
def test_warnings(parser: Parser) -> None:
    """Texts that go over lines, and those that a comment cuts short."""
    found, wanted = by(parser, WARNINGS)
    assert found == wanted


@pytest.mark.parametrize("parser", PARSERS)
def test_syntax(parser: Parser) -> None:
    """Quotes, brackets, commas, colons and blanks."""
    found, wanted = by(parser, SYNTAX)
    assert found == wanted
