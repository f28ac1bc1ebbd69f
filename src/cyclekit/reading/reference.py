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


#: What a single text is called in Chinese, by what it is called in English.
CHINESE = {
    "address": "网址",
    "amount": "数量",
    "at": "`start`、`end` 或 `trigger`",
    "calendar": "日历",
    "code": "代码",
    "convention": "顺延规则",
    "cycle": "周期",
    "date": "日期",
    "date or label": "日期或所属期",
    "day": "几日",
    "day of the calendar": "年月日",
    "day of the year": "月日",
    "day or span of days": "一日或一段日期",
    "environment variable": "环境变量",
    "expected month of the period": "`true`、`first`、`last`、`next` 等",
    "expected number": "次数",
    "expected number of days": "天数",
    "extend by": "`days` 或 `working days`",
    "first day of the year": "月日",
    "id": "编号",
    "label": "所属期",
    "lag": "天数",
    "language": "语言",
    "month": "月份",
    "month end": "缺日处理方式",
    "month of the period": "周期中的月份",
    "nth": "第几个",
    "position": "年内期次",
    "recurrence rule": "重复规则",
    "reminder": "提前天数",
    "run": "天数",
    "shift": "推移量",
    "span": "一段日期",
    "start of the year": "年度起始日",
    "stub": "`drop`",
    "text": "文字",
    "time": "钟点",
    "time zone": "时区",
    "trigger date": "`due` 或 `nominal`",
    "true": "`true`",
    "truth value": "`true` 或 `false`",
    "units file": "单位文件",
    "version": "版本号",
    "weekday": "星期几",
    "weekday or day of the year": "星期几或月日",
    "within": "`period`",
    "word": "词",
    "working day": "第几个工作日",
    "working days": "工作日天数",
    "year": "年份",
    "year name": "`first` 或 `last`",
}


def reference_page(language: str = "en") -> str:
    """The page as Markdown: a section for each shape, a row for each field.

    In English it says what a field means in both languages; the page in Chinese (``zh``) is in Chinese alone.
    """
    return "\n".join(_chinese_page() if language == "zh" else _english_page())


def _english_page() -> Iterator[str]:
    yield from (
        "# The rule language, field by field",
        "",
        "Made from the table that reads rule files, so it is complete: any other key is refused.",
        "A field that takes a list takes a single value as a list of one.",
        "",
    )
    for shape, (english, chinese) in HEADINGS.items():
        heading = english if english == chinese else f"{english} · {chinese}"
        yield from (f"({shape})=", f"## {heading}", "", "| key | holds | meaning |", "| --- | --- | --- |")
        yield from (_row(field) for field in SHAPES[shape])
        if shape in _WITH_ATTRIBUTES:
            yield "| *any other* | text | An attribute of units. 单位的其他属性。 |"
        yield ""


def _chinese_page() -> Iterator[str]:
    yield from (
        "# 规则语言逐项参考",
        "",
        "由读取规则文件的字段表生成，因此是完整的：其他的键一概不接受。",
        "可写列表之处，也可只写一个值，视同只有一项的列表。",
        "",
    )
    for shape, (_, heading) in HEADINGS.items():
        yield from (f"(zh-{shape})=", f"## {heading}", "", "| 键 | 内容 | 含义 |", "| --- | --- | --- |")
        yield from (_chinese_row(field) for field in SHAPES[shape])
        if shape in _WITH_ATTRIBUTES:
            yield "| *其他任意名称* | 文字 | 单位的其他属性。 |"
        yield ""


#: Shapes that take keys of the author's own.
_WITH_ATTRIBUTES = ("unit", "selector")


def _row(field: Field) -> str:
    notes = ["**Required.**"] * field.required
    notes += [f"Example: `{field.name}: {field.example}`"] * bool(field.example)
    return _cells(f"`{field.name}`", " or ".join(_holds(field.kind)), " ".join([f"{field.en} {field.zh}", *notes]))


def _chinese_row(field: Field) -> str:
    required = "**必填**。" if field.required else ""
    example = f"例：`{field.name}: {field.example}`" if field.example else ""
    return _cells(
        f"`{field.name}`", "，或".join(dict.fromkeys(_chinese_holds(field.kind))), f"{field.zh}{required}{example}"
    )


def _cells(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("``", "`").replace("|", "\\|") for cell in cells) + " |"


def _chinese_holds(kind: Kind) -> Iterator[str]:
    match kind:
        case Scalar(what=what):
            yield CHINESE[what]
        case Shape(name=name):
            yield f"[键值表](#zh-{name})"
        case Table(key=key, value=value):
            yield f"键值表（键为{CHINESE[key.what]}，值为{_chinese_choice(value)}）"
        case Many(each=each):
            yield f"列表（每项为{_chinese_choice(each)}）"
        case Either():
            for held in _parts(kind):
                yield from _chinese_holds(held)


def _chinese_choice(kind: Kind) -> str:
    return "或".join(dict.fromkeys(_chinese_holds(kind)))


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
        case Either():
            for held in _parts(kind):
                yield from _holds(held)


def _parts(kind: Either) -> Iterator[Kind]:
    """What a field of several shapes may hold, each once."""
    parts = (kind.text, kind.mapping, kind.listing, *(each for _, each in kind.keyed))
    held: list[Kind] = []
    held.extend(each for each in parts if each is not None and each not in held)
    yield from held
