"""Periods of months as authorities publish worked examples of them."""

import datetime as dt

import pytest

from cyclekit.engine.course import Calendars, Runner
from cyclekit.model.pipeline import Add, Course, MonthEnd, Step

#: HMRC, Company Taxation Manual CTM01800: nine months and a day; the end of a month stays one.
CORPORATION_TAX = (Add(9, "months", MonthEnd.STICKY), Add(1, "days"))
#: HMRC: the VAT return is due a month and seven days after its period.
VAT = (Add(1, "months", MonthEnd.STICKY), Add(7, "days"))
#: HMRC: the company tax return, twelve months after its period.
COMPANY_TAX_RETURN = (Add(12, "months", MonthEnd.STICKY),)
#: PCT, rule 80.1: a period in years ends on the last day of a month that lacks the day.
ONE_YEAR = (Add(1, "years"),)
#: Bürgerliches Gesetzbuch, § 188 (2) and (3); 中华人民共和国民法典, article 202; both clamp.
ONE_MONTH = (Add(1, "months"),)

TABLE: list[tuple[tuple[Step, ...], str, str]] = [
    (CORPORATION_TAX, "1999-03-31", "2000-01-01"),
    (CORPORATION_TAX, "1999-07-01", "2000-04-02"),
    (CORPORATION_TAX, "2000-02-28", "2000-11-29"),
    (CORPORATION_TAX, "2000-02-29", "2000-12-01"),
    (CORPORATION_TAX, "2001-02-28", "2001-12-01"),
    (VAT, "2022-04-30", "2022-06-07"),
    (VAT, "2022-05-31", "2022-07-07"),
    (VAT, "2022-06-30", "2022-08-07"),
    (VAT, "2022-08-31", "2022-10-07"),
    (COMPANY_TAX_RETURN, "2021-05-31", "2022-05-31"),
    (COMPANY_TAX_RETURN, "2021-07-31", "2022-07-31"),
    (ONE_YEAR, "2012-02-29", "2013-02-28"),
    (ONE_YEAR, "2012-03-05", "2013-03-05"),
    (ONE_MONTH, "2013-01-31", "2013-02-28"),
    (ONE_MONTH, "2013-05-15", "2013-06-15"),
    (ONE_MONTH, "2023-01-31", "2023-02-28"),
]


@pytest.mark.parametrize(("steps", "start", "expected"), TABLE)
def test_a_period_of_months_ends_where_its_authority_says(steps: tuple[Step, ...], start: str, expected: str) -> None:
    """Worked examples, most of them at the ends of months, where the readings part."""
    runner = Runner(Course(steps=steps), Calendars({}, None, None, None))
    found = runner.walk(dt.date.fromisoformat(start).toordinal())
    assert found is not None
    assert dt.date.fromordinal(found.due).isoformat() == expected
