"""Sheets of units whole: every node that comes of them with its place, and all that is told."""

from cyclekit.reading.limits import Limits
from cyclekit.reading.nodes import Listing, Mapping, Node, Scalar
from cyclekit.reading.sheets import read_sheet
from cyclekit.reading.source import Source
from tests.telling import whole


def dump(node: Node) -> str:
    """A node in a line: texts with their places, a ``?`` behind those that are faulty, a ``'`` behind quoted ones."""
    match node:
        case Scalar():
            marks = ("" if node.plain else "'") + ("?" if node.faulty else "")
            return f"{node.text}@{node.line}:{node.column}+{node.width}{marks}"
        case Listing():
            return f"[{' '.join(map(dump, node.items))}]@{node.line}:{node.column}"
        case Mapping():
            entries = (f"{dump(key)}={dump(value)}" for key, value in node)
            return f"{{{' '.join(entries)}}}@{node.line}:{node.column}"
        case _:
            raise AssertionError(node)


#: A sheet; its units, each text with its line and column; and what is told of it.
SHEETS: dict[str, tuple[list[str], list[str]]] = {
    "": ([], ["empty sheet-empty 1:1"]),
    ",,\n\n": ([], ["empty sheet-empty 1:1"]),
    "id,name\n": ([], ["empty sheet-without-rows 1:1"]),
    "name,kind\nhq,head\n": ([], ["missing-key sheet-without-ids 1:1"]),
    "ID,kind\nhq,head\n": ([], ["missing-key sheet-without-ids 1:1 suggestion=ID"]),
    "id;name\nhq;总公司\n": ([], ["syntax sheet-separator 1:3 char=;"]),
    "id\tname\nhq\t\u603b\u516c\u53f8\n": ([], ["syntax sheet-separator 1:3 char=TAB"]),
    "id，name\nhq，总公司\n": ([], ["syntax sheet-separator 1:3 char=，"]),
    "id,kind,kind\nhq,a,b\n": ([], ["duplicate-key duplicate-key 1:9 key=kind"]),
    "id,children\nhq,sh\n": ([], ["unknown-key sheet-children 1:4"]),
    "id,name,name:zh\nhq,a,b\n": ([], ["conflict conflict 1:9 first=name second=name:zh"]),
    "id,name:x\nhq,a\nsh,b\n": (
        [
            "{id@1:1+2=hq@2:1+2 name@1:4+6={x@1:9+1=a@2:4+1}@2:4}@2:1",
            "{id@1:1+2=sh@3:1+2 name@1:4+6={x@1:9+1=b@3:4+1}@3:4}@3:1",
        ],
        [],
    ),
    "id,re\xa0gion\nhq,a\n": ([], ["invisible-char invisible-char 1:6 char=U+00A0 NO-BREAK SPACE"]),
    "id,calender\nhq,CN\n": (["{id@1:1+2=hq@2:1+2 calender@1:4+8=CN@2:4+2}@2:1"], []),
    "id,名称\nhq,总公司\n": (["{id@1:1+2=hq@2:1+2 名称@1:4+2=总公司@2:4+3}@2:1"], []),
    "id,tag\nhq,coast\n": (["{id@1:1+2=hq@2:1+2 tag@1:4+3=coast@2:4+5}@2:1"], []),
    "id,name,kind\nhq,总公司\n": ([], ["syntax sheet-short-row 2:7 found=2 limit=3"]),
    "id,name\nhq,总公司,head\n": ([], ["syntax sheet-long-row 2:8 found=3 limit=2"]),
    "id,,name\nhq,x,总公司\n": ([], ["syntax sheet-nameless 2:4 text=x"]),
    'id,name\nhq,"总公司\nsh,x\n': (["{id@1:1+2=sh@3:1+2 name@1:4+4=x@3:4+1}@3:1"], ["syntax sheet-quotes 2:4"]),
    'id,name\nhq,"总\n公司"\n': ([], ["syntax sheet-quotes 2:4", "syntax sheet-short-row 3:4 found=1 limit=2"]),
    'id,name\nhq,"总公司" x\n': ([], ["syntax sheet-quotes 2:4"]),
    "id,name\nhq,总公司\n,上海\n": (
        ["{id@1:1+2=hq@2:1+2 name@1:4+4=总公司@2:4+3}@2:1", "{name@1:4+4=上海@3:2+2}@3:1"],
        [],
    ),
    "id\n总公司\n": (["{id@1:1+2=总公司@2:1+3}@2:1"], []),
    "id,name\nhq,a\nhq,b\n": (
        ["{id@1:1+2=hq@2:1+2 name@1:4+4=a@2:4+1}@2:1", "{id@1:1+2=hq@3:1+2 name@1:4+4=b@3:4+1}@3:1"],
        [],
    ),
    "id,name\nhq,a\nHQ,b\n": (
        ["{id@1:1+2=hq@2:1+2 name@1:4+4=a@2:4+1}@2:1", "{id@1:1+2=HQ@3:1+2 name@1:4+4=b@3:4+1}@3:1"],
        [],
    ),
    "id\neveryone\n": (["{id@1:1+2=everyone@2:1+8}@2:1"], []),
    "name,id,parent\na,sh,hq\n": (["{name@1:1+4=a@2:1+1 id@1:6+2=sh@2:3+2 parent@1:9+6=hq@2:6+2}@2:1"], []),
    "id,parent\na,b\nb,a\n": (
        ["{id@1:1+2=a@2:1+1 parent@1:4+6=b@2:3+1}@2:1", "{id@1:1+2=b@3:1+1 parent@1:4+6=a@3:3+1}@3:1"],
        [],
    ),
    "id,calendar\nhq,XX\n": (["{id@1:1+2=hq@2:1+2 calendar@1:4+8=XX@2:4+2}@2:1"], []),
    "id,timezone\nhq,Beijing\n": (["{id@1:1+2=hq@2:1+2 timezone@1:4+8=Beijing@2:4+7}@2:1"], []),
    "id,year_start\nhq,13-01\n": (["{id@1:1+2=hq@2:1+2 year_start@1:4+10=13-01@2:4+5}@2:1"], []),
    "id,active\nhq,2019..2021;2021..\n": (
        ["{id@1:1+2=hq@2:1+2 active@1:4+6=[2019..2021@2:4+10 2021..@2:15+6]@2:4}@2:1"],
        [],
    ),
    "id,active\nhq,2019..; x\n": (["{id@1:1+2=hq@2:1+2 active@1:4+6=[2019..@2:4+6 x@2:12+1]@2:4}@2:1"], []),
    'id,tags\nhq,"a,b"\n': (
        ["{id@1:1+2=hq@2:1+2 tags@1:4+4=a,b@2:5+3?}@2:1"],
        ["bad-value sheet-commas 2:6 suggestion=a;b"],
    ),
    "id,tags\nhq,a;;b\n": (["{id@1:1+2=hq@2:1+2 tags@1:4+4=[a@2:4+1 @2:6+0 b@2:7+1]@2:4}@2:1"], []),
    "id,name\nhq,\x07\n": (
        ["{id@1:1+2=hq@2:1+2 name@1:4+4=@2:4+1'?}@2:1"],
        ["control-char control-char 2:4 char=U+0007"],
    ),
    "id,kind\nhq,a\u200bb\n": (
        ["{id@1:1+2=hq@2:1+2 kind@1:4+4=ab@2:4+3'?}@2:1"],
        ["invisible-char invisible-char 2:5 char=U+200B ZERO WIDTH SPACE"],
    ),
    "id,kind\rhq,a\n": ([], ["control-char lone-return 1:8 char=U+000D"]),
    "id,parent\nhq\nsh,hq\n": (
        ["{id@1:1+2=sh@3:1+2 parent@1:4+6=hq@3:4+2}@3:1"],
        ["syntax sheet-short-row 2:3 found=1 limit=2"],
    ),
    "id,kind\nhq\nsh,b,c\n": (
        [],
        ["syntax sheet-short-row 2:3 found=1 limit=2", "syntax sheet-long-row 3:6 found=3 limit=2"],
    ),
    "id;kind\n": ([], ["syntax sheet-separator 1:3 char=;"]),
    "ID\na\n": ([], ["missing-key sheet-without-ids 1:1 suggestion=ID"]),
    "name\ta\n": ([], ["syntax sheet-separator 1:5 char=TAB"]),
    "代码,x\na,b\n": ([], ["missing-key sheet-without-ids 1:1 suggestion=代码"]),
    "名,code\na,b\n": ([], ["missing-key sheet-without-ids 1:1 suggestion=code"]),
    "iid\na\n": ([], ["missing-key sheet-without-ids 1:1 suggestion=iid"]),
    "kind,unit\na,b\n": ([], ["missing-key sheet-without-ids 1:1 suggestion=unit"]),
    "id,name:zh,name\nhq,a,b\n": ([], ["conflict conflict 1:12 first=name:zh second=name"]),
    "id,name,name:zh,name:en\nhq,a,b,c\n": (
        [],
        ["conflict conflict 1:9 first=name second=name:zh", "conflict conflict 1:17 first=name second=name:en"],
    ),
    "id,name:zh,name:zh\nhq,a,b\n": ([], ["duplicate-key duplicate-key 1:12 key=name:zh"]),
    "id,kind,ki\u0301,k\xed\nhq,a,b,c\n": ([], ["duplicate-key duplicate-key 1:13 key=kí"]),
    "id,,\nhq,,\n": (["{id@1:1+2=hq@2:1+2}@2:1"], []),
    "id,,\nhq,a,b\n": ([], ["syntax sheet-nameless 2:4 text=a"]),
    "id,a,\nhq,b,,c\n": ([], ["syntax sheet-long-row 2:7 found=4 limit=3"]),
    "id,a\nhq\n": ([], ["syntax sheet-short-row 2:3 found=1 limit=2"]),
    "id,a\nhq,b,\n": (["{id@1:1+2=hq@2:1+2 a@1:4+1=b@2:4+1}@2:1"], []),
    "id,a\nhq,b,,c\n": ([], ["syntax sheet-long-row 2:7 found=4 limit=2"]),
    ",,\n\nid,a\n\nhq,b\n": (["{id@3:1+2=hq@5:1+2 a@3:4+1=b@5:4+1}@5:1"], []),
    "id,children,kind,kind\nhq,a,b,c\n": (
        [],
        ["unknown-key sheet-children 1:4", "duplicate-key duplicate-key 1:18 key=kind"],
    ),
    'id,"a b"\n"hq" ,c\n': ([], ["syntax sheet-quotes 2:1"]),
    'id,a\n"hq",  "b""c" x\n': ([], ["syntax sheet-quotes 2:8"]),
    'id,a\n"hq","b" ,c\n': ([], ["syntax sheet-quotes 2:6"]),
    'id,a\n  "hq,b\n': ([], ["syntax sheet-quotes 2:3"]),
    'id,tags\nhq,"a, b;c，d"\n': (
        ["{id@1:1+2=hq@2:1+2 tags@1:4+4=a, b;c，d@2:5+8?}@2:1"],
        ["bad-value sheet-commas 2:6 suggestion=a;b;c;d"],
    ),
    'id,active\nhq,"2019,2020"\n': (
        ["{id@1:1+2=hq@2:1+2 active@1:4+6=2019,2020@2:5+9?}@2:1"],
        ["bad-value sheet-commas 2:9 suggestion=2019;2020"],
    ),
    "id,tags\nhq,a； b、c;d\n": (["{id@1:1+2=hq@2:1+2 tags@1:4+4=[a@2:4+1 b@2:7+1 c@2:9+1 d@2:11+1]@2:4}@2:1"], []),
    "id,tags\nhq,;\n": (["{id@1:1+2=hq@2:1+2 tags@1:4+4=[@2:4+0 @2:5+0]@2:4}@2:1"], []),
    'id,a\nhq,"b\n': ([], ["syntax sheet-quotes 2:4"]),
    "id,name:zh, name:en ,name\nhq,a,b,c\n": ([], ["conflict conflict 1:22 first=name:zh second=name"]),
    "id, name:en\nhq,b\n": (["{id@1:1+2=hq@2:1+2 name@1:5+7={en@1:10+2=b@2:4+1}@2:4}@2:1"], []),
    "id,name:\nhq,b\n": (["{id@1:1+2=hq@2:1+2 name:@1:4+5=b@2:4+1}@2:1"], []),
    "id,title:en\nhq,b\n": (["{id@1:1+2=hq@2:1+2 title:en@1:4+8=b@2:4+1}@2:1"], []),
    "\x07id\nhq\n": ([], ["control-char control-char 1:1 char=U+0007"]),
    "id,a\nh\x07q,b\n": (["{id@1:1+2=hq@2:1+3'? a@1:4+1=b@2:5+1}@2:1"], ["control-char control-char 2:2 char=U+0007"]),
    "id,a\nhq,b\x07c\n": (
        ["{id@1:1+2=hq@2:1+2 a@1:4+1=bc@2:4+3'?}@2:1"],
        ["control-char control-char 2:5 char=U+0007"],
    ),
    "id\n": ([], ["empty sheet-without-rows 1:1"]),
    "\x07\n": ([], ["control-char control-char 1:1 char=U+0007"]),
    "id,a\x07\n": ([], ["control-char control-char 1:5 char=U+0007"]),
    "id,\ta\nhq,b\n": (["{id@1:1+2=hq@2:1+2 a@1:5+1=b@2:4+1}@2:1"], []),
}


def read(sheet: str) -> tuple[list[str], list[str]]:
    """The units of a sheet, and what is told of it."""
    root, found = read_sheet(Source("a.csv", sheet))
    assert root is None or isinstance(root, Listing)
    assert {each.place.file for each in found} <= {"a.csv"}
    return [dump(each) for each in (root.items if root else ())], whole(found)


def test_what_comes_of_a_sheet() -> None:
    """Units with what can be read of them, and each fault at its place, with the values of its words."""
    assert {sheet: read(sheet) for sheet in SHEETS} == SHEETS


def test_limits_are_told_with_what_was_found() -> None:
    """The bound, the setting that raises it, and how much there was; of rows the first that is too many."""
    limits = Limits(text=4, inline_units=2)
    assert [
        whole(read_sheet(Source("a.csv", sheet), limits)[1])
        for sheet in (
            "id\na\nb\n\nc\n",
            "id,a\nhq,12345\n",
            "id,tags\nhq,a;12345\n",
            "id,longer\nhq,a\n",
            "id,1234\nhq,1234",
        )
    ] == [
        ["limit limit 5:1 what=units limit=2 setting=inline_units"],
        ["limit limit-text 2:4 limit=4 setting=text found=5"],
        ["limit limit-text 2:6 limit=4 setting=text found=5"],
        ["limit limit-text 1:4 limit=4 setting=text found=6"],
        [],
    ]
    root, _ = read_sheet(Source("a.csv", "id,tags\nhq,a;12345\n"), limits)
    assert root is not None
    assert dump(root) == "[{id@1:1+2=hq@2:1+2 tags@1:4+4=[a@2:4+1 12345@2:6+5?]@2:4}@2:1]@2:1"
    giant = "hq," + "x" * 140_000
    assert whole(read_sheet(Source("a.csv", f"id,a\n{giant}\n"))[1]) == [
        f"limit limit-text 2:1 limit={Limits().text} setting=text found={len(giant)}"
    ]
