"""The reference page of the rule language, made from the table of fields."""

from collections.abc import Iterator

from cyclekit.reading.fields import SHAPES
from cyclekit.reading.kinds import Either, Field, Kind, Many, Scalar, Shape, Table

#: What each shape is, in the order of the page: its heading in English and Chinese.
HEADINGS = {
    "file": ("A rule file", "规则文件"),
    "obligation": ("An obligation", "事项"),
    "due": ("A due date", "截止日"),
    "course": ("An opening", "开办日"),
    "step": ("A step of `then`", "`then` 的一步"),
    "once": ("`once`", "`once`"),
    "dated": ("An entry of `dates`", "`dates` 的一项"),
    "every": ("`every` as a mapping", "`every` 的详写"),
    "upon": ("`upon` as a mapping", "`upon` 的详写"),
    "exception": ("An exception", "例外"),
    "change": ("A change", "变更"),
    "defaults": ("Defaults", "默认值"),
    "unit": ("A unit", "单位"),
    "selector": ("A selector", "选择条件"),
    "query": ("A query of a database", "数据库查询"),
    "quota": ("A quota", "数量要求"),
    "expect": ("What is expected", "预期"),
    "expected_number": ("An expected number", "预期次数"),
    "expected_days": ("Expected days", "预期天数"),
    "source": ("A source", "出处"),
    "calendar": ("A calendar of one's own", "自定义日历"),
    "move_to": ("`move_to`", "`move_to`"),
    "day_of_months": ("A day to move to", "移到的日子"),
    "extend": ("`extend`", "`extend`"),
}


def reference_page() -> str:
    """The page as Markdown: a section for each shape, a row for each field."""
    lines = [
        "# The rule language, field by field",
        "",
        "Made from the table that reads rule files, so it is complete: any other key is refused.",
        "A field that takes a list takes a single value as a list of one.",
        "",
    ]
    for shape, (english, chinese) in HEADINGS.items():
        heading = english if english == chinese else f"{english} · {chinese}"
        lines += [f"({shape})=", f"## {heading}", "", "| key | holds | meaning |", "| --- | --- | --- |"]
        lines += [_row(field) for field in SHAPES[shape]]
        if shape in ("unit", "selector"):
            lines.append("| *any other* | text | An attribute of units. 单位的其他属性。 |")
        lines.append("")
    return "\n".join(lines)


def _row(field: Field) -> str:
    meaning = f"{field.en} {field.zh}".replace("``", "`")
    notes = []
    if field.required:
        notes.append("**Required.**")
    if field.example:
        notes.append(f"Example: `{field.name}: {field.example}`")
    cells = (f"`{field.name}`", " or ".join(_holds(field.kind)), " ".join([meaning, *notes]))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _holds(kind: Kind) -> Iterator[str]:
    match kind:
        case Scalar(what=what):
            yield f"an {what}" if what[0] in "aeio" else f"a {what}"
        case Shape(name=name):
            yield f"[a mapping](#{name})"
        case Table(key=key, value=value):
            yield f"a mapping from {key.what} to " + " or ".join(_holds(value))
        case Many(each=each):
            yield "a list of: " + " or ".join(_holds(each))
        case Either(text=text, mapping=mapping, listing=listing, keyed=keyed):
            for held in (text, mapping, listing, *(each for _, each in keyed)):
                if held is not None:
                    yield from _holds(held)
