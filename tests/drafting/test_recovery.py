"""The rules of the shipped rule files are found again from their golden dates."""

import pytest

from tests.drafting.recovery import books, recovered

#: For each rule file: how many obligations recur in its list, for how many the rule is proposed, for how many first.
#: Not proposed: the ECB's list of periods, which no rule gives; Germany's annual return, of which twelve dates show
#: six forms; and the Employment Situation, whose rule has five steps.
FIGURES = {
    "au-bas": (2, 2, 2),
    "cn-anqing-2022": (9, 9, 9),
    "cn-jiujiang-2022": (8, 8, 8),
    "cn-lpr": (1, 1, 1),
    "cn-qinhuangdao-2022": (3, 3, 3),
    "cn-tax-filing": (5, 5, 4),
    "cn-tianjin-windows": (4, 4, 4),
    "de-tax-and-social": (11, 10, 10),
    "eu-ecb-maintenance": (1, 0, 0),
    "eu-supervisory": (4, 4, 4),
    "uk-hmrc": (20, 20, 19),
    "us-irs-employer": (11, 11, 10),
    "us-regulatory": (12, 11, 9),
    "us-sec-periodic": (2, 2, 2),
}
BOOKS = {book.id: (book, path) for book, path in books()}


@pytest.mark.parametrize("name", sorted(BOOKS))
def test_rules_are_found_again(name: str) -> None:
    """Of each list as many rules are proposed, and proposed first, as the table says, or more."""
    found = list(recovered(*BOOKS[name]))
    recurring, proposed, first = FIGURES.get(name, (0, 0, 0))
    assert len(found) == recurring
    assert sum(bool(each.places) for each in found) >= proposed
    assert sum(0 in each.places for each in found) >= first


def test_nine_in_ten_are_proposed() -> None:
    """The table above holds nine in ten of all recurring obligations, and has no list that is not there."""
    assert FIGURES.keys() <= BOOKS.keys()
    recurring, proposed, first = (sum(each) for each in zip(*FIGURES.values(), strict=True))
    assert proposed >= 0.9 * recurring
    assert first >= 0.9 * recurring
