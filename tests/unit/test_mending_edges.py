"""What a misspelt date was meant to be."""

import pytest

from cyclekit.civil.mending import label, leap_year, month_day


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2O23-O5-1l", "2023-05-11"),
        ("2023-I2-0l", "2023-12-01"),
        ("I999", "1999"),
        ("2O23", "2023"),
        ("2023–05–01", "2023-05-01"),
        ("2023−05", "2023-05"),
        ("٢٠٢٣-٠٥-٠١", "2023-05-01"),
        (" 2023-05 ", "2023-05"),
        (" June", ""),
        ("June ", ""),
        (" 2023-5 ", "2023-05"),
        ("2023-5-1", "2023-05-01"),
        ("2023 5 1", "2023-05-01"),
        ("2023_05_01", "2023-05-01"),
        ("20230501", "2023-05-01"),
        ("20231301", ""),
        ("23/5/1", "2023-05-01"),
        ("2023年5月", "2023-05"),
        ("2023年", "2023"),
        ("2023-q2", "2023Q2"),
        ("Q2/2023", "2023Q2"),
        ("2023年第2季度", "2023Q2"),
        ("2023年下半年", "2023H2"),
        ("2023上半年", "2023H1"),
        ("2023 h2", "2023H2"),
        ("2023w5", "2023-W05"),
        ("2023-05-01 to 2023-05-10", "2023-05-01..2023-05-10"),
        ("2023-05-01至2023-05-10", "2023-05-01..2023-05-10"),
        ("2023-05/2023-06", "2023-05..2023-06"),
        ("2023-02-30", ""),
        ("2023/2/29", ""),
        ("", ""),
        ("somewhen", ""),
    ],
)
def test_a_label_that_was_meant(text: str, meant: str) -> None:
    """Other digits, letters for digits, other dashes, separators and orders; a day that exists, or nothing."""
    assert label(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("24 December", "12-24"),
        ("24th of December", "12-24"),
        ("December 24", "12-24"),
        ("Dec. 24th", "12-24"),
        ("dec 1st", "12-01"),
        ("3rd MAY", "05-03"),
        ("2nd of jan", "01-02"),
        ("De 24", ""),
        ("Decembers 24", ""),
        ("24 Nonember", ""),
        ("30 February", ""),
        ("29 February", "02-29"),
        ("2023-06-20", "06-20"),
        ("6/20", "06-20"),
        ("6月20日", "06-20"),
        ("6.20", "06-20"),
        ("13-01", ""),
        ("0-10", ""),
        ("O6-2O", "06-20"),
        ("", ""),
    ],
)
def test_a_day_of_the_year_that_was_meant(text: str, meant: str) -> None:
    """Months by their names or first letters, three at least, ordinals, and the day of a whole date."""
    assert month_day(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2023-02-29", "2024-02-29"),
        ("1897-02-29", "1904-02-29"),
        ("1900-02-29", "1904-02-29"),
        ("0001-02-29", "0004-02-29"),
        ("9997-02-29", ""),
        ("2023-02-30", ""),
    ],
)
def test_the_next_leap_year(text: str, meant: str) -> None:
    """For 29 February alone, eight years on at the farthest, and none after 9996."""
    assert leap_year(text) == meant
