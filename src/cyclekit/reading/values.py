"""The kinds of value that fields hold, by name: what a date, a title or a selector looks like."""

from cyclekit.civil.conventions import Convention
from cyclekit.reading import durations
from cyclekit.reading import patterns as like
from cyclekit.reading import scalars as read
from cyclekit.reading.cycle_words import NAMED, cycle
from cyclekit.reading.day_words import days
from cyclekit.reading.kinds import Either, Many, Scalar, Shape, Table
from cyclekit.reading.warning_codes import WARNINGS, warning_code

#: What other readers of YAML may make of a text: ``id: 2023`` a number, ``tags: true`` a truth value, ``title: null``
#: nothing at all.
_ANY = ("number", "boolean")
_YEARS = (1, 9999)
WEEKDAYS = tuple(read.WEEKDAYS)

ID = Scalar("id", read.identifier, pattern=like.ID, also=_ANY)
TEXT = Scalar("text", read.free, pattern=like.ANYTHING, also=(*_ANY, "null"))
NOTE = Scalar("text", read.free, pattern=like.ANYTHING, also=(*_ANY, "null"), block=True)
WORD = Scalar("word", read.word, pattern=like.TRIMMED, also=_ANY)
LANGUAGE = Scalar("language", read.language, pattern=like.LANGUAGE)
TITLE = Either(text=TEXT, mapping=Table(LANGUAGE, TEXT, "languages"))
NOTES = Either(text=NOTE, mapping=Table(LANGUAGE, NOTE, "languages"))
TRUTH = Scalar("truth value", read.truth, words=("true", "false"))
DATE = Scalar("date", read.free, pattern=like.DATE, numbers=_YEARS)
#: The label of a period that an author named may be any id; where the cycle has no such labels, a schema says so.
BOUND = Scalar("date or label", read.free, pattern=like.BOUND, also=_ANY)
LABEL = Scalar("label", read.free, pattern=like.ANYTHING)
DAY_OF_CALENDAR = Scalar("day of the calendar", read.single_day, pattern=like.DAY)
DAYS = Scalar("day or span of days", days, pattern=like.DAYS)
OPEN_SPAN = Scalar("span", read.open_span, pattern=like.OPEN_SPAN, numbers=_YEARS)
MONTH_DAY = Scalar("day of the year", read.month_day, pattern=like.MONTH_DAY)
YEAR_BEGINS = Scalar("first day of the year", read.year_start, pattern=like.YEAR_BEGINS)
YEAR_START = Scalar("start of the year", read.free, pattern=like.YEAR_START)
URL = Scalar("address", read.url, pattern=like.URL)
CALENDAR = Scalar("calendar", read.free, pattern=like.ID, also=_ANY)
ZONE = Scalar("time zone", read.free, pattern=like.ZONE)
CLOCK = Scalar("time", read.clock, pattern=like.CLOCK)
AMOUNT = Scalar("amount", read.amount, pattern=like.AMOUNT, numbers=(0, 10**11))
AHEAD = Scalar("reminder", durations.ahead, pattern=like.AHEAD)
SHIFT = Scalar("shift", durations.shift, pattern=like.SHIFT)
WORKING_DAYS = Scalar("working days", durations.count_of_working_days, pattern=like.WORKING_DAYS)
LAG = Scalar("lag", durations.lag, pattern=like.AHEAD)
CONVENTION = Scalar("convention", read.convention, words=tuple(each.value for each in Convention))
WEEKDAY = Scalar("weekday", read.weekday, words=WEEKDAYS)
POSITION = Scalar("position", read.position, pattern=like.POSITION, numbers=(1, 12))
CYCLE = Scalar("cycle", cycle, pattern=like.cycle(tuple(NAMED)))
SELECTOR = Many(Either(text=WORD, mapping=Shape("selector")))
SOURCE = Either(text=TEXT, mapping=Shape("source"))
STEPS = Shape("course")
MOVING = Scalar("weekday or day of the year", read.weekday_or_day, words=WEEKDAYS, pattern=like.MONTH_DAY)
DAY = Scalar("day", read.day, words=("last",), pattern=like.WHOLE, numbers=(-366, 366), without=0)
NTH = Scalar("nth", read.nth, words=("last",), pattern=like.WHOLE, numbers=(1, 5))
WORKING_DAY = Scalar("working day", read.working_day, pattern=like.WHOLE, numbers=(-31, 31), without=0)
YEAR_SHIFT = Scalar("year", read.year_shift, words=("next", "previous"), pattern=like.WHOLE, numbers=(-1000, 1000))
WHICH_MONTH = Scalar(
    "month of the period",
    read.which_month,
    words=("first", "last", "next", "previous"),
    pattern=like.WHOLE,
    numbers=(1, 12000),
)
MONTH = Scalar("month", read.month, pattern=like.WHOLE, numbers=(1, 12))
RUN = Scalar("run", read.whole, pattern=like.WHOLE, numbers=(1, 366))
CODE = Scalar("code", warning_code, words=WARNINGS)
UNITS_FILE = Scalar("units file", read.units_file, pattern=like.UNITS_FILE)
