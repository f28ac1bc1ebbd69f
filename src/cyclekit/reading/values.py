"""The kinds of value that fields hold, by name: what a date, a title or a selector looks like."""

from cyclekit.civil.conventions import Convention
from cyclekit.reading import scalars as read
from cyclekit.reading.cycle_words import NAMED, cycle
from cyclekit.reading.day_words import days
from cyclekit.reading.kinds import Either, Many, Scalar, Shape, Table

ID = Scalar("id", read.identifier, pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$")
TEXT = Scalar("text", read.free)
NOTE = Scalar("text", read.free, block=True)
WORD = Scalar("word", read.word)
LANGUAGE = Scalar("language", read.language, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
TITLE = Either(text=TEXT, mapping=Table(LANGUAGE, TEXT, "languages"))
NOTES = Either(text=NOTE, mapping=Table(LANGUAGE, NOTE, "languages"))
TRUTH = Scalar("truth value", read.truth, words=("true", "false"))
DATE = Scalar("date", read.free, pattern=r"^(FY)?[0-9]{4}(-|Q|H|\.\.|$)")
DAY_OF_CALENDAR = Scalar("day of the calendar", read.single_day, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
DAYS = Scalar("day or span of days", days, pattern=r"^([0-9]{4}(-|Q|H|\.\.)|[0-9]{2}-[0-9]{2})")
OPEN_SPAN = Scalar("span", read.open_span)
MONTH_DAY = Scalar("day of the year", read.month_day, pattern=r"^[0-9]{2}-[0-9]{2}$")
URL = Scalar("address", read.url, pattern=r"^(https?://|mailto:)")
CALENDAR = Scalar("calendar", read.free)
ZONE = Scalar("time zone", read.free)
CLOCK = Scalar("time", read.clock, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")
AMOUNT = Scalar("amount", read.amount, pattern=r"^[0-9]+( ?%)?$")
AHEAD = Scalar("reminder", read.ahead, pattern=r"^[0-9]+ (working )?days?$")
SHIFT = Scalar("shift", read.shift, pattern=r"^[+-]?[0-9]+ (working days?|days?|weeks?|months?|years?|hours?)$")
CONVENTION = Scalar("convention", read.convention, words=tuple(each.value for each in Convention))
WEEKDAY = Scalar("weekday", read.weekday, words=tuple(read.WEEKDAYS))
POSITION = Scalar("position", read.position, pattern=r"^(Q[1-4]|H[12]|[1-9]|1[0-2])$")
CYCLE = Scalar("cycle", cycle, pattern=r"^(" + "|".join(NAMED) + r"|[0-9]+ (day|week|month|year)s?)$")
SELECTOR = Many(Either(text=WORD, mapping=Shape("selector")))
SOURCE = Either(text=TEXT, mapping=Shape("source"))
STEPS = Shape("course")
MOVING = Scalar("weekday or day of the year", read.weekday_or_day)
