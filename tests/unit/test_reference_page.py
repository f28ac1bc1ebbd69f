"""The reference page of the rule language in both languages: its head, whole sections, and rows of each kind."""

import pytest

from cyclekit.reading.fields import SHAPES
from cyclekit.reading.reference import reference_page

ENGLISH = """\
# The rule language, field by field

Made from the table that reads rule files, so it is complete: any other key is refused.
A field that takes a list takes a single value as a list of one.

(file)=
## A rule file · 规则文件

| key | holds | meaning |
| --- | --- | --- |
| `cyclekit` | a version | The version of this language. 语言版本。 **Required.** Example: `cyclekit: 1` |
"""
CHINESE = """\
# 规则语言逐项参考

由读取规则文件的字段表生成，因此是完整的：其他的键一概不接受。
可写列表之处，也可只写一个值，视同只有一项的列表。

(zh-file)=
## 规则文件

| 键 | 内容 | 含义 |
| --- | --- | --- |
| `cyclekit` | 版本号 | 语言版本。**必填**。例：`cyclekit: 1` |
"""
#: Whole sections: of one field, of an attribute's own keys, and of texts that may be mappings.
SECTIONS = {
    "en": """\
(once)=
## `once`

| key | holds | meaning |
| --- | --- | --- |
| `before` | a date | Due on the day before it begins. 在其开始的前一日截止。 **Required.** Example: `before: 2023-12` |

(dated)=
""",
    "zh": """\
(zh-once)=
## `once`

| 键 | 内容 | 含义 |
| --- | --- | --- |
| `before` | 日期 | 在其开始的前一日截止。**必填**。例：`before: 2023-12` |

(zh-dated)=
""",
    "en selector": """\
(selector)=
## A selector · 选择条件

| key | holds | meaning |
| --- | --- | --- |
| `id` | an id | The unit of this id. 单位编号。 Example: `id: tongcheng` |
| `kind` | a word | Units of this kind. 单位类别。 Example: `kind: county` |
| `tag` | a word | Units with this tag. 带此标签的单位。 Example: `tag: liaison` |
| `under` | an id | A unit and all below it. 某单位及其下级。 Example: `under: anqing` |
| `except` | a list of: a word or [a mapping](#selector) | But not these. 除外。 Example: `except: [daguan]` |
| *any other* | text | An attribute of units. 单位的其他属性。 |

(query)=
""",
    "zh selector": """\
(zh-selector)=
## 选择条件

| 键 | 内容 | 含义 |
| --- | --- | --- |
| `id` | 编号 | 单位编号。例：`id: tongcheng` |
| `kind` | 词 | 单位类别。例：`kind: county` |
| `tag` | 词 | 带此标签的单位。例：`tag: liaison` |
| `under` | 编号 | 某单位及其下级。例：`under: anqing` |
| `except` | 列表（每项为词或[键值表](#zh-selector)） | 除外。例：`except: [daguan]` |
| *其他任意名称* | 文字 | 单位的其他属性。 |

(zh-query)=
""",
    "en quota": """\
(quota)=
## A quota · 数量要求

| key | holds | meaning |
| --- | --- | --- |
| `at_least` | an amount | At least so many. 至少。 Example: `at_least: 2` |
| `at_most` | an amount | At most so many. 至多。 Example: `at_most: 5` |
| `exactly` | an amount | Exactly so many. 恰好。 Example: `exactly: 1` |
| `of` | a text or a mapping from language to a text | Of what. 何物。 Example: `of: 职工` |

(expect)=
""",
    "zh quota": """\
(zh-quota)=
## 数量要求

| 键 | 内容 | 含义 |
| --- | --- | --- |
| `at_least` | 数量 | 至少。例：`at_least: 2` |
| `at_most` | 数量 | 至多。例：`at_most: 5` |
| `exactly` | 数量 | 恰好。例：`exactly: 1` |
| `of` | 文字，或键值表（键为语言，值为文字） | 何物。例：`of: 职工` |

(zh-expect)=
""",
}
#: What some fields hold, by shape and name: in English and in Chinese.
HELD = {
    ("obligation", "tags"): ("a list of: a word", "列表（每项为词）"),
    ("obligation", "due"): (
        "[a mapping](#due) or a list of: [a mapping](#due)",
        "[键值表](#zh-due)，或列表（每项为[键值表](#zh-due)）",
    ),
    ("obligation", "exceptions"): (
        "a mapping from label to [a mapping](#exception) or a list of: [a mapping](#exception)",
        "键值表（键为所属期，值为[键值表](#zh-exception)或列表（每项为[键值表](#zh-exception)））",
    ),
    ("obligation", "expect"): ("[a mapping](#expect)", "[键值表](#zh-expect)"),
    ("due", "by_period"): (
        "a mapping from position to [a mapping](#course)",
        "键值表（键为年内期次，值为[键值表](#zh-course)）",
    ),
    # The list of units is named once, though it may be written in two ways.
    ("file", "units"): (
        "a units file or a list of: [a mapping](#unit) or [a mapping](#query)",
        "单位文件，或列表（每项为[键值表](#zh-unit)），或[键值表](#zh-query)",
    ),
    ("due", "at"): ("an at", "`start`、`end` 或 `trigger`"),
    ("obligation", "url"): ("an address", "网址"),
}


def test_how_the_pages_begin() -> None:
    """With what they are, and with the rule file; there is an empty line at the end, and none besides."""
    for page, head in ((reference_page(), ENGLISH), (reference_page("zh"), CHINESE)):
        assert page.startswith(head)
        assert page.endswith(" |\n")


@pytest.mark.parametrize("section", SECTIONS)
def test_sections_of_the_pages(section: str) -> None:
    """Each field in a row: what it holds, what it means, whether it is required, and an example."""
    page = reference_page(section[:2])
    assert page.count(SECTIONS[section]) == 1


@pytest.mark.parametrize(("shape", "name"), HELD)
def test_what_a_field_holds(shape: str, name: str) -> None:
    """In words, and with links to the sections of mappings."""
    (field,) = (each for each in SHAPES[shape] if each.name == name)
    english, chinese = HELD[shape, name]
    _, _, section = reference_page().partition(f"({shape})=\n")
    _, _, of_chinese = reference_page("zh").partition(f"(zh-{shape})=\n")
    said = field.en.replace("``", "`"), field.zh.replace("``", "`")
    shown = f"`{name}: {field.example}`"
    rows = (
        f"| `{name}` | {english} | {said[0]} {said[1]} Example: {shown} |",
        f"| `{name}` | {chinese} | {said[1]}例：{shown} |",
    )
    assert rows[0] in section.partition(")=\n")[0]
    assert rows[1] in of_chinese.partition(")=\n")[0]
