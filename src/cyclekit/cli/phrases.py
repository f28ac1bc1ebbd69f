"""What the command line itself says, in English and Chinese, and how it ends."""

import os
from collections.abc import Mapping
from typing import IO, Any

import click

from cyclekit.cli.phrases_push import PUSHING
from cyclekit.cli.phrases_starting import STARTING
from cyclekit.words.display import visible

EXIT_CODES = """\b
Exit codes:
  0  done
  1  a rule file has errors, or a date cannot be computed
  2  could not run: a wrong option, no such file or unit, a file that cannot be read or written"""

#: Exit codes. A reader that went away ends a command as it does any other program: 128 + SIGPIPE.
HAS_ERRORS, COULD_NOT_RUN, NOBODY_READS = 1, 2, 141

PHRASES: Mapping[str, tuple[str, str]] = {
    **STARTING,
    "error": ("Error", "错误"),
    "no-file": ("there is no file or folder {path}", "没有文件或文件夹 {path}"),
    "no-rule-files": ("no rule files (*.yaml) in {path}", "{path} 里没有规则文件（*.yaml）"),
    "system": ("{reason}: {path}", "{path}：{reason}"),
    "refused": (
        "nothing is computed from rule files with errors ({errors} here)",
        "规则文件有错误（{errors} 个），不作任何推算",
    ),
    "limit": ("{what}: the limit is {limit}; {setting} raises it", "{what}：上限为 {limit}，可用 {setting} 提高"),
    "before-data": (
        "{occurrence} rests on {day}, and the data of calendar {calendar} begin later; ask for later dates",
        "{occurrence} 取决于 {day}，而日历 {calendar} 的数据始于其后；请查询更晚的日期",
    ),
    "day-missing": (
        "{month} has no day {day}, and `month_end` is error",
        "{month} 没有 {day} 日，而 `month_end` 为 error",
    ),
    "no-unit": ("there is no unit “{name}”", "没有单位“{name}”"),
    "several-units": (
        "“{name}” fits several units; write one of: {candidates}",
        "“{name}”对应多个单位，请写其一：{candidates}",
    ),
    "which-unit": (
        "whose feed? Write --unit and one of: {candidates}",
        "哪个单位的日历？请用 --unit 写其一：{candidates}",
    ),
    "no-obligation": ("there is no obligation “{name}”", "没有事项“{name}”"),
    "several-obligations": (
        "“{name}” is in several rule files; write one of: {candidates}",
        "“{name}”见于多个规则文件，请写其一：{candidates}",
    ),
    "no-code": ("there is no code “{name}”: {hint}", "没有代码“{name}”：{hint}"),
    "more-on-codes": ("What a code means: cyclekit code {code}", "代码的含义：cyclekit code {code}"),
    "schema-written": (
        "wrote {path}; at the head of a rule file beside it: # yaml-language-server: $schema={name}",
        "已写入 {path}；请在同目录规则文件开头写：# yaml-language-server: $schema={name}",
    ),
    "standing": (
        "“{title}” is owed at all times and has no due date to explain",
        "“{title}”为常态事项，没有截止日可解释",
    ),
    "whose": (
        "whose? Write --unit and one of those who owe “{title}”: {candidates}",
        "哪个单位的？请用 --unit 写承担“{title}”的单位之一：{candidates}",
    ),
    "not-owed": (
        "{unit} does not owe “{title}”; these do: {candidates}",
        "{unit} 不承担“{title}”，承担单位为：{candidates}",
    ),
    "which-period": (
        "which period? Write --period and a label such as: {candidates}",
        "哪一期？请用 --period 写所属期，例如：{candidates}",
    ),
    "no-such-period": ("“{text}” is no period of “{title}”", "“{text}”不是“{title}”的所属期"),
    "no-period": (
        "“{text}” is no period of “{title}”; those are written like: {candidates}",
        "“{text}”不是“{title}”的所属期，写法如：{candidates}",
    ),
    "which-event": (
        "“{title}” waits for the event “{name}”: tell of it with --event {name}=DATE",
        "“{title}”由事件“{name}”触发，请用 --event {name}=日期 提供",
    ),
    "outside": (
        "“{title}” is owed {days}, and {period} lies outside",
        "“{title}”的适用期为 {days}，不含{period}",
    ),
    "no-due-date": (
        "“{title}” gives {unit} no due date for {period}",
        "“{title}”在{period}没有 {unit} 的截止日",
    ),
    "no-number": (
        "there is no due date number {number} in {period}; there is: {candidates}",
        "{period}没有第 {number} 个截止日，现有：{candidates}",
    ),
    "meant": ("{said}; did you mean “{near}”?", "{said}；是否应为“{near}”？"),
    "no-horizon": ("“{text}” is no span of days: write it like {hint}", "“{text}”不是一段日期，写法如 {hint}"),
    "reversed": ("“{text}” ends before it begins", "“{text}”的终点早于起点"),
    "no-day": ("“{text}” is no day: write it like {hint}", "“{text}”不是一个日期，写法如 {hint}"),
    "no-event": (
        "“{text}” is no event: write it like incident=2026-03-05, or with a clock time incident=2026-03-05T14:30",
        "“{text}”不是一个事件，写法如 incident=2026-03-05，带钟点时写 incident=2026-03-05T14:30",
    ),
    "event-useless": ("event “{name}”: {reason}", "事件“{name}”：{reason}"),
    "no-clock": (
        "hours are counted from {day}, and no clock time is given: write the event like NAME={day}T14:30",
        "小时数从 {day} 起算，但没有给出钟点：请把事件写成 NAME={day}T14:30",
    ),
    "no-base-url": (
        "“{text}” is no address to publish at: write it like https://example.org/duties",
        "“{text}”不是发布网址，写法如 https://example.org/duties",
    ),
    "not-installed": (
        "{package} is not installed; pip install 'cyclekit[{extra}]' brings it",
        "没有安装 {package}，可用 pip install 'cyclekit[{extra}]' 安装",
    ),
    "hunting": ("Trying {id}", "试推 {id}"),
    "cases-tried": ("{cases} cases tried", "已试推 {cases} 例"),
    "expects-nothing": (
        "{id} says nothing of what is expected of its dates: write `expect:` under an obligation",
        "{id} 没有写明对日期的预期：可在事项下写 `expect:`",
    ),
    "all": ("All units", "全部单位"),
    "fed": ("{path}: {count} events", "{path}：{count} 个日程"),
    "query": ("the query cannot be answered: {reason}", "查询无法回答：{reason}"),
    "no-query": (
        "name rule files, and behind them a query in quotes",
        "请先写规则文件，再写加引号的查询",
    ),
    "tabled": ("{out}: rows {rows}, files {files}", "{out}：行数 {rows}，文件数 {files}"),
    "out-is-file": ("{path} is a file, and a folder is wanted", "{path} 是文件，此处应为文件夹"),
    "sheets-without-xlsx": ("--sheets is for --format xlsx", "--sheets 仅用于 --format xlsx"),
    "say-without-table": (
        "--say writes below the table: leave --format out",
        "--say 的说明写在表格下方，请不要写 --format",
    ),
    "partition-without-format": (
        "--partition is for rows: say --format as well",
        "--partition 用于按行输出，请同时写 --format",
    ),
    "no-scheduler": (
        "“{text}” is no scheduler: write it like tcp://10.0.0.1:8786, scheduler.json or local:4",
        "“{text}”不是调度器，写法如 tcp://10.0.0.1:8786、scheduler.json 或 local:4",
    ),
    "asking-scheduler": ("Asking {scheduler}", "正在连接 {scheduler}"),
    "dask-with-xlsx": (
        "a workbook is one file, written on one machine: leave out --dask",
        "工作簿是单个文件，只在一台机器上生成：请去掉 --dask",
    ),
    "dask-with-pages": (
        "pages are drawn on one machine: leave out --dask or --pages",
        "网页只在一台机器上生成：请去掉 --dask 或 --pages",
    ),
    "parts-without-dask": (
        "--parts is for a cluster: say --dask as well",
        "--parts 仅用于集群，请同时写 --dask",
    ),
    "fed-tasks": ("{path}: {count} tasks", "{path}：{count} 个待办"),
    "no-colour": (
        "“{text}” is no colour: write a name of CSS, as teal, or a number, as #008080",
        "“{text}”不是颜色：请写 CSS 颜色名（如 teal）或编号（如 #008080）",
    ),
    "tasks-have-no-events": (
        "--tasks writes to-dos, and --lead-events are no to-dos: leave out one of them",
        "--tasks 写的是待办，而 --lead-events 不是待办：请去掉其一",
    ),
    "no-server": (
        "serving needs Starlette, Hypercorn and Jinja2: install cyclekit[server]",
        "提供日历服务需要 Starlette、Hypercorn 和 Jinja2：请安装 cyclekit[server]",
    ),
    "not-open": (
        "on {host} others than this machine could read every feed: give --tokens FILE, or serve on 127.0.0.1",
        "在 {host} 上，本机以外的人也能读取所有日历：请用 --tokens 指定令牌文件，或只在 127.0.0.1 上提供服务",
    ),
    "serving": ("Serving on {address}", "服务地址 {address}"),
    "feed-refused": (
        "the feed of {feed} is not served: calendar programs would not take it",
        "{feed} 的日历暂不提供：日历程序无法读取",
    ),
    "taken-over": ("rule files taken over", "已采用新的规则文件"),
    "kept": (
        "the last rules without errors are served on ({errors} problems)",
        "继续使用上一份无误的规则（{errors} 个问题）",
    ),
    "not-listening": (
        "cannot serve at {host}, port {port}: {reason}",
        "无法在 {host} 的 {port} 端口提供服务：{reason}",
    ),
    "damaged-state": (
        "{path} cannot be read as what --state remembers: {reason}; restore it, or give another folder",
        "{path} 不能作为 --state 的记录读取：{reason}；请恢复该文件，或改用其他文件夹",
    ),
    "tokens-taken-over": ("file of tokens taken over", "已采用新的令牌文件"),
    "tokens-damaged": (
        "{path} is no file of tokens: restore it",
        "{path} 不是令牌文件，请恢复",
    ),
    "tokens-kept": ("the last tokens stay in force", "此前的令牌继续有效"),
    "tokens-gone": (
        "until the file of tokens is back, nobody may read anything",
        "在令牌文件恢复之前，任何人都不能读取",
    ),
    "no-tokens-file": (
        "{path} is no file of tokens; `cyclekit token add` makes one",
        "{path} 不是令牌文件；可用 `cyclekit token add` 生成",
    ),
    "no-token": (
        "no token in force has the id “{id}”; `cyclekit token list` tells them",
        "没有编号为“{id}”的有效令牌；可用 `cyclekit token list` 查看",
    ),
    "no-feed-name": (
        "“{text}” is no feed: write it like RULEBOOK/UNIT",
        "“{text}”不是日历，写法如 RULEBOOK/UNIT",
    ),
    "no-reader": (
        "“{text}” is no reader: write a few words on one line",
        "“{text}”不能作为读者名：请写在一行之内",
    ),
    "token-once": (
        "This is the only time that the token is shown.",
        "令牌仅显示这一次。",
    ),
    "revoked": ("token {id} is revoked", "令牌 {id} 已撤销"),
    "published": (
        "{site}: {files} files, {changed} of them new or changed, {removed} removed",
        "{site}：{files} 个文件，其中 {changed} 个新增或有变化，删除 {removed} 个",
    ),
    "unchanged": ("{site}: {files} files, nothing has changed", "{site}：{files} 个文件，没有变化"),
    "not-published": (
        "{reason}: publishing to {folder} ended there; what readers see is whole, as it was before or as it is now",
        "{reason}：发布到 {folder} 时中断；读者所见仍是完整的一版（原先的，或这一次的）",
    ),
    "publishing-now": (
        "somebody else publishes to {folder} now; try again when that has ended",
        "另一个进程正在向 {folder} 发布，请待其结束后再试",
    ),
    "damaged": (
        "{path} is not as it was published: {reason}; restore it, or publish to a new folder",
        "{path} 与发布时不符：{reason}；请恢复，或发布到新的文件夹",
    ),
    "too-many-gone": (
        "{gone} of {before} feeds would go, as if a rule file were missing: {some}; --force if that is meant",
        "{before} 个日历中有 {gone} 个将被撤下，像是缺了规则文件：{some}；确属有意请加 --force",
    ),
    "no-xlsx": (
        "spreadsheets need XlsxWriter: install cyclekit[xlsx], or write --no-xlsx",
        "生成电子表格需要 XlsxWriter：请安装 cyclekit[xlsx]，或加 --no-xlsx",
    ),
    "no-moment": (
        "“{text}” is no moment: write it like {hint}",
        "“{text}”不是一个时刻，写法如 {hint}",
    ),
    "no-common-days": ("the two lists share no day", "两份清单没有共同的日期"),
    "neither-list-nor-rules": (
        "in {path} is neither a deadlines.json (`publish --no-lists` writes none) nor a rule file (*.yaml)",
        "{path} 里既没有 deadlines.json（`publish --no-lists` 不生成），也没有规则文件（*.yaml）",
    ),
    "list-compared": (
        "Compared is what stands in deadlines.json: not notes, reminders, receivers and the like.",
        "仅比较 deadlines.json 中的内容，不含备注、提醒、报送对象等。",
    ),
    "no-difference": ("no difference", "没有差异"),
    "differences": ("differences: {count}, units: {units}", "{units} 个单位，{count} 处差异"),
    "exported": (
        "{folder}: {files} files, {changed} of them new or changed",
        "{folder}：{files} 个文件，其中 {changed} 个新增或有变化",
    ),
    **PUSHING,
}


def say(phrase: str, language: str, **values: object) -> str:
    """A phrase in a language, its values made harmless for a terminal."""
    template = PHRASES[phrase][language == "zh"]
    return template.format_map({name: visible(str(value)) for name, value in values.items()})


def system_words(fault: OSError, language: str) -> str:
    """What the system said about a file."""
    reason = fault.strerror or str(fault)
    if fault.filename is None:
        return reason
    return say("system", language, reason=reason, path=os.fsdecode(fault.filename))


class Failure(click.ClickException):
    """A command that could not run: it ends here, with a message."""

    exit_code = COULD_NOT_RUN

    def __init__(self, message: str, language: str) -> None:
        """A failure to tell in a language."""
        super().__init__(message)
        self.language = language

    def show(self, file: IO[Any] | None = None) -> None:
        """Tell it on the standard error output, or in a file."""
        colon = "：" if self.language == "zh" else ": "
        click.echo(f"{say('error', self.language)}{colon}{self.format_message()}", file=file, err=file is None)


class FaultyRules(Failure):
    """A command that ran, and found rule files from which nothing can be computed."""

    exit_code = HAS_ERRORS
