"""What days are in a working-day calendar, in words: a holiday by its name, a weekend worked in exchange."""

from cyclekit.model.explanation import Nature, Stretch
from cyclekit.words.anchors import Both
from cyclekit.words.periods import weekday_name


def stretch_words(stretch: Stretch) -> Both:
    """What some days in a row are: “2023-05-01 is Labor Day”."""
    if stretch.first == stretch.last:
        return _day_words(stretch)
    en, zh = f"{stretch.first} to {stretch.last}", f"{stretch.first} 至 {stretch.last}"
    match stretch.nature:
        case Nature.WORKED:
            return Both(f"{en} are working days", f"{zh} 是工作日")
        case Nature.EXCHANGED:
            return Both(f"{en} are worked all the same", f"{zh} 照常上班")
        case Nature.REST if stretch.days == 2:
            days = [stretch.first.weekday(), stretch.last.weekday()]
            names = " and a ".join(weekday_name(each) for each in days)
            return Both(f"{en} are a {names}", f"{zh} 是{'、'.join(weekday_name(each, 'zh') for each in days)}")
        case Nature.REST:
            return Both(f"{en} are days of rest", f"{zh} 休息")
        case Nature.HOLIDAY if name := stretch.named.name:
            return Both(f"{en} are {name.get('en')}", f"{zh} 是{name.get('zh')}")
        case Nature.HOLIDAY:
            return Both(f"{en} are closed", f"{zh} 放假")
        case Nature.SUSPENDED:
            return Both(f"{en} are not counted", f"{zh} 不计")


def _day_words(stretch: Stretch) -> Both:
    day, name, exchange = stretch.first, stretch.named.name, stretch.named.exchange
    en, zh = weekday_name(day.weekday()), weekday_name(day.weekday(), "zh")
    match stretch.nature:
        case Nature.WORKED:
            return Both(f"{day} is a working day", f"{day} 是工作日")
        case Nature.EXCHANGED if exchange:
            return Both(
                f"{day} is a {en} worked in exchange for {exchange}", f"{day} 是调休上班的{zh}（{exchange} 放假）"
            )
        case Nature.EXCHANGED if name:
            return Both(f"{day} is {name.get('en')}, but worked", f"{day} 是{name.get('zh')}，但照常上班")
        case Nature.EXCHANGED:
            return Both(f"{day} is a {en} that is worked", f"{day} 是上班的{zh}")
        case Nature.REST:
            return Both(f"{day} is a {en}", f"{day} 是{zh}")
        case Nature.HOLIDAY if exchange:
            return Both(f"{day} is a day off in exchange for {exchange}", f"{day} 调休放假（{exchange} 上班）")
        case Nature.HOLIDAY if name:
            return Both(f"{day} is {name.get('en')}", f"{day} 是{name.get('zh')}")
        case Nature.HOLIDAY:
            return Both(f"{day} is closed", f"{day} 放假")
        case Nature.SUSPENDED:
            return Both(f"{day} is not counted", f"{day} 不计")
