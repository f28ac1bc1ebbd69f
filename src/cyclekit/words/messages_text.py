"""Messages about bytes, characters and limits."""

from cyclekit.words.message import Message

_RAISE_EN = ("Split the file, or raise the setting `{setting}`",)
_RAISE_ZH = ("拆分文件，或调高设置 `{setting}`",)
_SAVE_EN = ("Save the sheet as “{sheet}”", "Save the file as UTF-8")
_SAVE_ZH = ("请把表格另存为“{sheet}”", "请把文件另存为 UTF-8 编码")
_TABLE_EN = (
    "Save the sheet as “{sheet}”",
    "Save it as CSV if it is a list of units, and write `units: NAME.csv`; a rule file is plain text",
)
_TABLE_ZH = ("请把表格另存为“{sheet}”", "如果是单位名单，请另存为 CSV，并写 `units: 名称.csv`；规则文件是纯文本")
_PLAIN_EN = ("A rule file is a plain text file in UTF-8",)
_PLAIN_ZH = ("规则文件是 UTF-8 编码的纯文本",)

BYTES: tuple[Message, ...] = (
    Message(
        "encoding-other",
        "The file is not UTF-8 but looks like {encoding}: {text}",
        "文件不是 UTF-8，看起来是 {encoding}：{text}",
        _SAVE_EN,
        _SAVE_ZH,
    ),
    Message(
        "encoding-unknown",
        "The byte {byte} here is no UTF-8 text",
        "这里的字节 {byte} 不是 UTF-8 文本",
        _SAVE_EN,
        _SAVE_ZH,
    ),
    Message("encoding-wide", "The file is saved as {encoding}", "文件是以 {encoding} 编码保存的", _SAVE_EN, _SAVE_ZH),
    Message(
        "encoding-ambiguous",
        "Is this “{text}” or, read as GBK, “{other}”?",
        "这里是“{text}”，还是按 GBK 读出的“{other}”？",
        ("If it should be Chinese, save the file as UTF-8",),
        ("如果应当是中文，请把文件另存为 UTF-8 编码",),
    ),
    Message("file-is-pdf", "This is a PDF file", "这是 PDF 文件", _PLAIN_EN, _PLAIN_ZH),
    Message("file-is-excel", "This is an Excel workbook", "这是 Excel 工作簿", _TABLE_EN, _TABLE_ZH),
    Message("file-is-word", "This is a Word document", "这是 Word 文档", _PLAIN_EN, _PLAIN_ZH),
    Message("file-is-office", "This is an OpenDocument file", "这是 OpenDocument 文档", _PLAIN_EN, _PLAIN_ZH),
    Message(
        "file-is-old-office",
        "This is an old Excel or Word file (.xls, .doc)",
        "这是旧版 Excel 或 Word 文件（.xls、.doc）",
        _TABLE_EN,
        _TABLE_ZH,
    ),
    Message(
        "file-is-zip",
        "This is a ZIP file, as Excel (.xlsx) and Word (.docx) write them",
        "这是 ZIP 文件，Excel（.xlsx）和 Word（.docx）文件就是这种格式",
        _TABLE_EN,
        _TABLE_ZH,
    ),
    Message("file-is-rtf", "This is an RTF document", "这是 RTF 文档", _PLAIN_EN, _PLAIN_ZH),
    Message("file-is-image", "This is an image", "这是图片", _PLAIN_EN, _PLAIN_ZH),
    Message("file-is-archive", "This is a packed archive", "这是压缩包", _PLAIN_EN, _PLAIN_ZH),
    Message("file-is-parquet", "This is a Parquet file", "这是 Parquet 文件", _PLAIN_EN, _PLAIN_ZH),
    Message("file-is-database", "This is an SQLite database", "这是 SQLite 数据库", _PLAIN_EN, _PLAIN_ZH),
    Message("file-is-program", "This is a program", "这是程序文件", _PLAIN_EN, _PLAIN_ZH),
    Message("file-is-binary", "This is no text file", "这不是文本文件", _PLAIN_EN, _PLAIN_ZH),
    Message(
        "empty-file", "The file is empty", "文件是空的", ("Begin with `cyclekit: 1`",), ("请从 `cyclekit: 1` 写起",)
    ),
)

CHARACTERS: tuple[Message, ...] = (
    Message(
        "control-char",
        "A control character stands here: {char}",
        "这里有一个控制字符：{char}",
        ("Delete it",),
        ("请删除它",),
    ),
    Message(
        "lone-return",
        "A carriage return without a line feed stands here: {char}",
        "这里有一个单独的回车符：{char}",
        ("Begin a new line in its place: an editor writes LF or CRLF there",),
        ("请在此处换行：编辑器会写入 LF 或 CRLF",),
    ),
    Message(
        "control-char-escaped",
        "The text holds a control character, written as an escape: {char}",
        "这段文字用转义写进了控制字符：{char}",
        ("Delete the escape",),
        ("请删除这个转义",),
    ),
    Message(
        "invisible-char",
        "An invisible character stands here: {char}",
        "这里有一个看不见的字符：{char}",
        ("Delete it; it often comes along when copying from a web page or a chat",),
        ("请删除它；从网页或聊天记录复制时常会带上",),
    ),
    Message(
        "invisible-char-escaped",
        "The text holds an invisible character, written as an escape: {char}",
        "这段文字用转义写进了看不见的字符：{char}",
        ("Delete the escape",),
        ("请删除这个转义",),
    ),
    Message(
        "odd-blank",
        "This is not an ordinary space but {char}",
        "这里不是普通空格，而是 {char}",
        ("Type a space in its place",),
        ("请改成普通空格",),
    ),
    Message(
        "unusual-char",
        "An unusual character: {char}",
        "少见的字符：{char}",
        ("It may show differently elsewhere, or be the trace of a wrong encoding",),
        ("它在别处可能显示得不一样，也可能是编码出错留下的痕迹",),
    ),
    Message(
        "unusual-char-escaped",
        "The text holds an unusual character: {char}",
        "这段文字含有少见的字符：{char}",
        ("It may show differently elsewhere, or be the trace of a wrong encoding",),
        ("它在别处可能显示得不一样，也可能是编码出错留下的痕迹",),
    ),
    Message(
        "full-width-colon",
        "A full-width colon stands behind “{key}”",
        "“{key}”后面是全角冒号",
        ("Write `{key}: ` with an ASCII colon and a space",),
        ("请写 `{key}: `：半角冒号，后面加一个空格",),
    ),
    Message(
        "full-width-space",
        "A full-width space (U+3000) stands where a space is meant",
        "这里是全角空格（U+3000）",
        ("Type an ordinary space",),
        ("请改成半角空格",),
    ),
    Message(
        "full-width-mark",
        "A full-width or Chinese “{char}” stands where ASCII is meant",
        "这里是全角或中文的“{char}”",
        ("Write `{ascii}`", "Write the ASCII character"),
        ("请写半角的 `{ascii}`", "请改成半角字符"),
    ),
    Message(
        "tab-indent",
        "A tab is used to indent",
        "缩进用了制表符（Tab）",
        ("Indent with spaces",),
        ("请用空格缩进",),
    ),
    Message(
        "tab-value",
        "A tab stands in front of the value",
        "值的前面是制表符（Tab）",
        ("Type a space in its place",),
        ("请改成空格",),
    ),
    Message(
        "tab-inside",
        "A tab stands within the text",
        "文字中间有制表符（Tab）",
        ("Type a space in its place, or put the text in quotes",),
        ("请改成空格，或给整段文字加引号",),
    ),
)

LIMITS: tuple[Message, ...] = (
    Message(
        "limit-bytes",
        "The file has {found} bytes, the limit is {limit}",
        "文件有 {found} 字节，上限是 {limit}",
        _RAISE_EN,
        _RAISE_ZH,
    ),
    Message(
        "limit-pure-bytes",
        "The file has {found} bytes, the limit for the parser in Python is {limit}",
        "文件有 {found} 字节，纯 Python 解析器的上限是 {limit}",
        ("Install PyYAML with its C parser, or raise the setting `{setting}`",),
        ("请安装带 C 解析器的 PyYAML，或调高设置 `{setting}`",),
    ),
    Message(
        "limit-depth",
        "Nested deeper than {limit} levels",
        "嵌套超过 {limit} 层",
        ("Raise the setting `{setting}` if this is meant",),
        ("如果确实需要，请调高设置 `{setting}`",),
    ),
    Message(
        "limit-nodes",
        "The file has more than {limit} texts, lists and mappings",
        "文件里的文字、列表和映射超过 {limit} 个",
        _RAISE_EN,
        _RAISE_ZH,
    ),
    Message(
        "limit-text",
        "A text of {found} characters, the limit is {limit}",
        "文字有 {found} 个字符，上限是 {limit}",
        ("Shorten it, or raise the setting `{setting}`",),
        ("请缩短，或调高设置 `{setting}`",),
    ),
)

TEXT: tuple[Message, ...] = (*BYTES, *CHARACTERS, *LIMITS)
