"""Codes about bytes, characters and YAML."""

from cyclekit.words.code import Code

_TITLED = "  report: {{title: {title}, every: month}}\n"

TEXT_CODES: tuple[Code, ...] = (
    Code(
        "encoding",
        "The file is not saved as UTF-8, or is no text at all: Windows programs save Chinese as GBK or UTF-16.",
        "文件不是以 UTF-8 保存，或根本不是文本：Windows 程序常把中文存成 GBK 或 UTF-16。",
        _TITLED.format(title="季度小结"),
        _TITLED.format(title="季度小结"),
        codec="gbk",
    ),
    Code(
        "encoding-ambiguous",
        "The bytes can be read as UTF-8 and as GBK, and only the latter gives Chinese. It is read as UTF-8.",
        "这些字节既可按 UTF-8 读，也可按 GBK 读，而只有后者是中文。现按 UTF-8 读取。",
        _TITLED.format(title="确权"),
        _TITLED.format(title="确权"),
        codec="gbk",
    ),
    Code(
        "control-char",
        "A control character stands in the file, or in a text through an escape: no terminal and no calendar shows it.",
        "文件中有控制字符，或文字中以转义写了控制字符：终端与日历都无法显示。",
        _TITLED.format(title='"Plan\\a"'),
        _TITLED.format(title="Plan"),
    ),
    Code(
        "invisible-char",
        "A character that cannot be seen: two texts that look the same would not be the same.",
        "有看不见的字符：两段看似相同的文字其实不同。",
        _TITLED.format(title='"Pl\\u200ban"'),
        _TITLED.format(title="Plan"),
    ),
    Code(
        "unusual-char",
        "A character that was probably lost on the way (U+FFFD), or one of private use that others see differently.",
        "字符可能在转换中丢失（U+FFFD），或属私用区，别人看到的会不同。",
        _TITLED.format(title='"Pl\\ufffdn"'),
        _TITLED.format(title="Plan"),
    ),
    Code(
        "syntax",
        "The file is no YAML: a bracket or a quote is open, or an indent does not fit.",
        "文件不合 YAML 语法：括号或引号未闭合，或缩进不对。",
        "  report: {every: month\n",
        "  report: {every: month}\n",
    ),
    Code(
        "tab",
        "A tab where YAML wants blanks.",
        "此处用了制表符，YAML 要求空格。",
        "  report:\n\tevery: month\n",
        "  report:\n    every: month\n",
    ),
    Code(
        "missing-space",
        "No blank behind a colon or a dash: YAML then reads key and value as one text.",
        "冒号或短横后缺空格：YAML 会把键与值连读成一段文字。",
        "  report:\n    every:month\n",
        "  report:\n    every: month\n",
    ),
    Code(
        "full-width",
        "A Chinese or full-width mark, digit or letter where a plain one is meant.",
        "此处应为半角，却写了中文或全角的符号、数字、字母。",
        "  report:\n    every： month\n",
        "  report:\n    every: month\n",
    ),
    Code(
        "merge-conflict",
        "Marks of an unfinished merge stand in the file.",
        "文件中有未完成的合并标记。",
        "<<<<<<< HEAD\n  report: {every: month}\n=======\n  report: {every: quarter}\n>>>>>>> other\n",
        "  report: {every: quarter}\n",
    ),
    Code(
        "yaml-feature",
        "Anchors, aliases, tags, merge keys, directives and further documents are not taken; `defaults` and `changes` "
        "are the ways to repeat oneself less.",
        "不接受锚点、别名、标签、合并键、指令和多个文档；少写重复内容请用 `defaults` 和 `changes`。",
        "  report: &same {every: month}\n  other: *same\n",
        "  report: {every: month}\n  other: {every: month}\n",
    ),
    Code(
        "text-over-lines",
        "A text without quotes goes on in the next line. That may be meant, or an indent may be wrong.",
        "未加引号的文字延续到下一行：可能是有意，也可能是缩进有误。",
        "  report:\n    title: A report\n      of two lines\n    every: month\n",
        '  report:\n    title: "A report\n      of two lines"\n    every: month\n',
    ),
    Code(
        "text-cut-short",
        "A blank and # begin a comment, so that the rest of the text is lost.",
        "空格加 # 是注释的开始，其后的文字会丢失。",
        "  report:\n    title: Monthly report #3\n    every: month\n",
        '  report:\n    title: "Monthly report #3"\n    every: month\n',
    ),
    Code(
        "limit",
        "The file is larger, deeper or longer than is read; each bound is a setting.",
        "文件过大、过深或过长；各项上限均可设置。",
        f"  report: {'[' * 40}month{']' * 40}\n",
        "  report: {every: month}\n",
    ),
)
