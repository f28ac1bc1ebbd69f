"""Prints how many rules of the shipped rule files are found again from their golden dates (`make recovery`)."""

import sys

from tests.drafting.recovery import books, recovered


def main() -> None:
    """A line for each rule file, and one for all; with `-v`, one for each rule that is not found."""
    verbose = "-v" in sys.argv
    for labelled in (True, False) if "-1" not in sys.argv else (True,):
        print("\nwith units and periods" if labelled else "\nwith units and dates alone")
        print(f"{'rule file':26}{'recurring':>10}{'proposed':>10}{'first':>7}")
        total = proposed = first = 0
        for book, path in books():
            found = list(recovered(book, path, labelled=labelled))
            if not found:
                continue
            some, best = sum(bool(each.places) for each in found), sum(0 in each.places for each in found)
            print(f"{book.id:26}{len(found):10}{some:10}{best:7}")
            total, proposed, first = total + len(found), proposed + some, first + best
            for each in found if verbose else ():
                if 0 not in each.places:
                    print("   ", each.obligation, each.dates, each.places)
                    for one in each.proposals[:3]:
                        print(
                            "       ",
                            one.explained,
                            one.total,
                            round(one.cost, 1),
                            one.calendar,
                            str(one.timing)[:300],
                            str(one.changes)[:300],
                        )
        print(f"{'all':26}{total:10}{proposed:10}{first:7}   {proposed / total:.0%}, {first / total:.0%}")


if __name__ == "__main__":
    main()
