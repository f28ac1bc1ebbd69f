"""What a heat map of the load says, in English and Chinese."""

import attrs


@attrs.frozen
class Words:
    """The words of a heat map: its title, its weekdays from Monday, and what stands below it."""

    title: str
    weekdays: tuple[str, ...]
    total: str
    busiest: str


_ENGLISH = Words(
    "What is due, day by day: {horizon}",
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "{count} due on {days} days, {horizon}",
    "Most on {days}",
)
_CHINESE = Words(
    "每日到期数：{horizon}",
    ("一", "二", "三", "四", "五", "六", "日"),
    "{horizon}：共 {count} 项，分布在 {days} 天",
    "最多：{days}",
)


def load_words(language: str) -> Words:
    """The words in a language."""
    return _CHINESE if language == "zh" else _ENGLISH
