"""The texts that fields hold, as patterns: what an editor can mark while one types.

Written so that Python and ECMAScript read them alike. They know the spellings, and not whether a day is there.
"""

_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_WEEK = "W(0[1-9]|[1-4][0-9]|5[0-3])"
_YEAR = "(?!0000)[0-9]{4}"
_NAME = f"({_YEAR}(-{_MONTH}(-{_DAY})?|Q[1-4]|H[12]|-{_WEEK})?|FY{_YEAR}(Q[1-4]|H[12]|-M{_MONTH})?)"
_REST = f"({_MONTH}-{_DAY}|{_DAY}|Q[1-4]|H[12]|{_WEEK}|M{_MONTH})"
_OF_YEAR = f"{_MONTH}-{_DAY}"
_ID = "[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?"

ID = f"^{_ID}$"
#: A text with something in it; one without blanks at its ends.
ANYTHING, TRIMMED = r"\S", r"^\S([\s\S]*\S)?$"
LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
DATE = rf"^{_NAME}(\.\.({_NAME}|{_REST}))?$"
#: A date, or the label of a period of one's own.
BOUND = rf"{DATE}|{ID}"
_A_DAY = f"{_YEAR}-{_MONTH}-{_DAY}"
DAY = rf"^{_A_DAY}(\.\.({_A_DAY}|{_OF_YEAR}|{_DAY}))?$"
#: A span that may be open at one end.
OPEN_SPAN = rf"^{_NAME}\.\.$|^\.\.{_NAME}$|{DATE}"
MONTH_DAY = f"^{_OF_YEAR}$"
#: Days of one year or of every year; a year alone would be a day without its hyphen.
DAYS = rf"^(?![0-9]{{4}}$)({DATE})|^{_OF_YEAR}(\.\.({_OF_YEAR}|{_DAY}))?$"
YEAR_BEGINS = f"^(?!02-29){_OF_YEAR}$"
YEAR_START = f"{YEAR_BEGINS}|^unit$"
URL = r'^(https?://|mailto:)[^\s<>"\\]+$'
ZONE = "^[A-Za-z0-9+_/-]+$"
CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"
WHOLE = "^-?[0-9]+$"
AMOUNT = "^[0-9]+( ?%)?$"
_COUNT = "0*[1-9][0-9]*"
AHEAD = f"^{_COUNT} (working )?days?$"
SHIFT = rf"^[+-]?{_COUNT} (working days?|days?|weeks?|months?|years?|hours?)$"
WORKING_DAYS = f"^{_COUNT} working days?$"
POSITION = "^(Q0*[1-4]|H0*[12]|0*([1-9]|1[0-2]))$"
RULE = r"^(?=(.*;)?[Ff][Rr][Ee][Qq]=[DdWwMmYy])[A-Za-z]+=[^;\s]+(;[A-Za-z]+=[^;\s]+)*$"
UNITS_FILE = r"(\.units\.ya?ml|\.csv|\.xlsx|\.parquet)$"


def cycle(names: tuple[str, ...]) -> str:
    """A cycle by one of its names, or so many days, weeks, months or years."""
    return f"^({'|'.join(names)}|0*[1-9][0-9]{{0,3}} (day|week|month|year)s?)$"
