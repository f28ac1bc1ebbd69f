"""The properties of the tests as a table: `python -m tests.repo.properties` writes it into `docs/testing.md`.

A property is a test, or a machine of many steps, that Hypothesis draws for. What always holds is its name, and its
docstring says the rest; so the table cannot say anything else than the tests do.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.repo.tree import REPO, parsed

PAGE = REPO / "docs" / "testing.md"
BEGIN, END = "<!-- properties: begin -->\n", "<!-- properties: end -->\n"
FOLDERS = ("properties", "testing", "unit")
#: What the properties are about, in the order of the table, and the files whose properties are.
FAMILIES = {
    "windows": (),
    "determinism": ("test_purity", "test_files"),
    "identity": (),
    "periods": ("test_periods", "test_recurrence"),
    "dates": (
        *("test_month_arithmetic", "test_shifts", "test_centuries", "test_oracle", "test_changes", "test_columns"),
        *("test_explanations", "test_schedules"),
    ),
    "adjustment": (
        *("test_working_days", "test_counting", "test_against_numpy", "test_against_quantlib", "test_own_calendars"),
    ),
    "units": ("test_levels", "test_compact", "test_divided", "test_rows", "test_listing"),
    "time zones": ("test_zones",),
    "round trips": (
        *("test_feeds", "test_arrow", "test_layout", "test_publishing", "test_editing", "test_ical"),
        *("test_ical_lines",),
    ),
    "errors": ("test_slips", "test_schema", "test_compose", "test_report", "test_pages"),
    "words": ("test_words", "test_sentences"),
    "strategies": ("test_strategies", "test_edits", "test_invariants"),
}
#: Those that are about something else than their file mostly is.
OTHERS = {
    "windows": (
        "test_splitting_a_horizon_changes_nothing",
        "test_a_wider_horizon_gives_the_same_occurrences",
        "test_the_calendars_that_are_named_beforehand_reach",
        "test_a_window_moves_no_period",
        "test_pieces_of_a_window_join_up",
        "test_a_part_is_a_part_of_the_whole",
        "test_an_occurrence_is_where_its_period_says",
        "test_outside_what_is_compiled_nothing_is_answered",
    ),
    "determinism": (
        "test_the_order_of_rules_and_units_changes_nothing",
        "test_rulebooks_do_not_meet",
        "test_one_writer_gives_what_many_give",
        "test_spellings_mean_the_same",
        "test_other_spellings_of_a_file",
        "test_how_a_roster_is_held_changes_nothing",
    ),
    "identity": (
        "test_keys_are_unique_and_find_their_occurrence",
        "test_keys_do_not_depend_on_dates",
        "test_an_exception_and_a_convention_keep_the_key",
        "test_a_triggered_occurrence_keeps_period_and_number",
        "test_distinct_keys_have_distinct_uids",
        "test_a_label_names_its_period_and_no_other",
    ),
    "units": (
        "test_a_unit_s_schedule_is_its_part_of_the_whole",
        "test_an_obligation_s_schedule_is_its_part_of_the_whole",
        "test_a_schedule_counts_and_lists_alike_and_in_order",
        "test_a_units_feed_is_what_it_owes",
    ),
    "errors": (
        "test_days_before_the_data_are_refused_where_a_date_of_the_horizon_rests_on_them",
        "test_a_date_is_provisional_exactly_if_a_day_it_rests_on_is_not_known",
        "test_good_files_have_no_error",
        "test_bad_files_are_bad_where_they_say",
        "test_no_text_starts_a_property",
        "test_no_value_starts_a_line",
    ),
}


#: Words that the name of a test cannot spell.
_PROPER = {
    "rfc": "RFC",
    "iso": "ISO",
    "uids": "UIDs",
    "monday": "Monday",
    "quantlib": "QuantLib",
    "quantlibs": "QuantLib's",
    "numpys": "numpy's",
    "dateutils": "dateutil's",
}


class Property(NamedTuple):
    """A test that draws: its file below `tests`, its name, and what it promises."""

    file: str
    name: str
    promise: str

    @property
    def family(self) -> str:
        """What it is about. Raises LookupError where nobody has said."""
        for family, names in OTHERS.items():
            if self.name in names:
                return family
        for family, files in FAMILIES.items():
            if Path(self.file).stem in files:
                return family
        raise LookupError(f"say in FAMILIES, or in OTHERS, what {self.name} in {self.file} is about")

    @property
    def row(self) -> str:
        """Its row of the table."""
        holds = self.name.removeprefix("test_").replace("_s_", "'s ").replace("_", " ")
        holds = re.sub(r"\w+", lambda word: _PROPER.get(word[0], word[0]), holds)
        return f"| {self.family} | {holds[0].upper()}{holds[1:]} | {self.promise.replace('|', '/')} | `{self.file}` |"


def draws(node: ast.AST) -> bool:
    """Whether a test, or a class of them, draws by Hypothesis."""
    match node:
        case ast.FunctionDef(name=name) if name.startswith("test_"):
            return any("given" in ast.unparse(each) for each in node.decorator_list)
        case ast.ClassDef(bases=bases):
            return any(ast.unparse(each) == "RuleBasedStateMachine" for each in bases)
        case _:
            return False


def properties() -> Iterator[Property]:
    """Every property of the tests."""
    paths = (path for folder in FOLDERS for path in sorted((REPO / "tests" / folder).glob("*.py")))
    for path in paths:
        name = path.relative_to(REPO / "tests").as_posix()
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and draws(node):
                promise = " ".join((ast.get_docstring(node) or "").split())
                is_machine = isinstance(node, ast.ClassDef)
                file = name.replace("properties/editing", "properties/test_editing") if is_machine else name
                yield Property(file, f"test_{node.name.lower()}" if is_machine else node.name, promise)


def table() -> str:
    """The table."""
    order = list(FAMILIES)
    found = sorted(properties(), key=lambda each: (order.index(each.family), each.file))
    head = f"{len(found)} properties:\n\n| about | what always holds | | tests/ |\n| --- | --- | --- | --- |\n"
    return head + "".join(f"{each.row}\n" for each in found)


def on_the_page() -> str:
    """The table as it stands in `docs/testing.md`."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]


if __name__ == "__main__":
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
