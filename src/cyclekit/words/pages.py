"""What pages say of their own, in English and Chinese: headings, labels and hints."""

from collections.abc import Mapping

from cyclekit.words.periods import is_chinese

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Deadlines", "截止日历"),
    "skip": ("Skip to the content", "跳到正文"),
    "all-units": ("All units", "全部单位"),
    "here": ("On this page", "本页内容"),
    "due-dates": ("{count} due dates", "{count} 个截止日"),
    "one-due-date": ("1 due date", "1 个截止日"),
    "no-due-dates": ("No due dates in these days.", "此期间没有截止日。"),
    "nothing": ("none", "无"),
    "days": ("{first} to {last}", "{first} 至 {last}"),
    # the year at a glance
    "year": ("{year}", "{year} 年"),
    "glance": ("{year} at a glance", "{year}年历"),
    "month": ("{name} {year}", "{year} 年 {month} 月"),
    "on-day": ("{day}: {count} due", "{day}：{count} 项截止"),
    "on-day-aside": ("{day}: nothing owed, {count} waived or absorbed", "{day}：无须办理，{count} 项免除或并入"),
    "and-day": ("{label}; {said}", "{label}；{said}"),
    "rest": ("H", "休"),
    "work": ("W", "班"),
    "rests": ("holiday", "放假"),
    "works": ("weekend or holiday that is worked", "调休上班"),
    "known-until": ("Holidays are announced until {day}.", "放假安排公布至 {day}。"),
    "heat": ("Due on a day", "当日截止项数"),
    "heat-aside": ("waived or absorbed", "免除或并入"),
    # the agenda
    "due": ("Due", "截止"),
    "duty": ("What is owed", "事项"),
    "facts": ("Particulars", "要点"),
    "by-clock": ("by {time}", "{time} 前"),
    "waived": ("Waived", "免除"),
    "absorbed": ("Absorbed", "并入"),
    "provisional": ("Provisional", "暂定"),
    "moved": ("Moved", "改期"),
    "nth": ("{period}, due date {number}", "{period}（第 {number} 个截止日）"),
    "nominal": ("By the rule", "原定"),
    "why": ("Why", "原因"),
    "zone": ("Time of", "时区"),
    "lead": ("Lead", "牵头"),
    "together": ("Together with", "共同承担"),
    "and-more": ("{names} and {count} more", "{names}等 {all} 个单位"),
    "quota": ("Quota", "数量"),
    "deliver": ("Hand in", "提交"),
    "report_to": ("Report to", "报送"),
    "source": ("Source", "依据"),
    "in-document": ("the document, {where}", "本文件{where}"),
    "more": ("Notes and wording", "备注与原文"),
    "notes": ("Notes", "备注"),
    "quote": ("It says", "原文"),
    "comma": (", ", "、"),
    "where": ("Where this is", "所在位置"),
    "of-them-aside": ("{count} of them waived or absorbed", "其中免除或并入 {count} 个"),
    "empty-years": ("Nothing is due in {years}.", "{years}没有截止日。"),
    "standing-short": ("Without a date", "常态事项"),
    "standing": ("Always owed, without a date", "常态事项（无固定日期）"),
    "rules": ("What is owed", "事项规则"),
    # subscribing
    "subscribe": ("Subscribe", "订阅日历"),
    "subscribe-why": (
        "Your calendar then follows every change by itself. This address is for any program that takes one:",
        "订阅后，日期有变时日历自动更新。下面的地址可用于任何支持订阅的日历程序：",
    ),
    "address": ("Address to copy", "复制此地址"),
    "webcal": ("Apple, Thunderbird", "苹果、Thunderbird"),
    "google": ("Google", "Google"),
    "outlook": ("Outlook.com", "Outlook.com"),
    "office": ("Microsoft 365", "Microsoft 365"),
    "download": ("File (.ics)", "文件（.ics）"),
    "download-why": (
        "To subscribe, give your calendar program the address of this file; a downloaded copy does not follow changes.",
        "订阅时，请在日历程序中填写此文件的网址；下载的副本不会随变更更新。",
    ),
    "print": ("To put on the wall: print this page on A4.", "需要张贴时，直接用 A4 纸打印本页。"),
    # the index
    "units": ("Units", "单位"),
    "units-count": ("{count} units", "{count} 个单位"),
    "one-unit": ("1 unit", "1 个单位"),
    "kinds": ("By kind", "按类别"),
    "no-kind": ("others", "其他"),
    "below-of": ("Below ", ""),
    "below-end": ("", "下属单位"),
    "below-short": ("and below", "下属"),
    "search": ("Search", "查找"),
    "search-label": ("Name or id of a unit", "单位名称或代号"),
    "found": ("{count} units found for “{query}”", "“{query}”：找到 {count} 个单位"),
    "not-found": ("No unit found for “{query}”.", "没有找到“{query}”。"),
    "not-all": (
        "Only the first {count} of {all} are shown: search for a name.",
        "共 {all} 个，仅显示前 {count} 个：请按名称查找。",
    ),
    "everything": ("Everything in one", "汇总文件"),
    "more-feeds": ("Further calendars", "其他日历"),
}


def page_words(name: str, language: str = "en", **values: object) -> str:
    """One of the texts of pages in a language.

    >>> page_words("due-dates", "zh", count=3)
    '3 个截止日'
    """
    return _WORDS[name][is_chinese(language)].format_map(values)
