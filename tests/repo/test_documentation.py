"""What the documentation shows is run: Python, rule files, commands, docstrings."""

import ast
import doctest
import importlib
import os
import pkgutil
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import cyclekit
from cyclekit.cli import main
from cyclekit.cli.code_pages import index as code_index
from cyclekit.cli.code_pages import page as code_page
from cyclekit.diagnostics import CODES
from cyclekit.reading.known import Surroundings
from cyclekit.reading.reference import reference_page
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.source import Source
from cyclekit.sources.public_holidays import PublicHolidays

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "zh").glob("*.md"))]
MODULES = [module.name for module in pkgutil.walk_packages(cyclekit.__path__, "cyclekit.")]


def blocks(language: str) -> list[tuple[str, str]]:
    """Every code block of a language, with the page it stands on."""
    pattern = re.compile(rf"```{language}\n(.*?)```", re.DOTALL)
    return [
        (page.relative_to(ROOT).as_posix(), block)
        for page in PAGES
        for block in pattern.findall(page.read_text(encoding="utf-8"))
    ]


def test_python_on_a_page_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The Python of each page runs from its first block to its last, in a folder that has the rule files."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").symlink_to(ROOT / "rules")
    wrong = "cyclekit: 1\nid: wrong\nobligations: {a: {every: quater}}\n"
    for page in dict.fromkeys(page for page, _ in blocks("python")):
        names: dict[str, object] = {}
        for _, block in (each for each in blocks("python") if each[0] == page):
            if "rules/mine.yaml" in block:
                block = block.replace("rules/mine.yaml", "mine.yaml")  # noqa: PLW2901
                (tmp_path / "mine.yaml").write_text(wrong, encoding="utf-8")
            exec(compile(block, page, "exec"), names)  # noqa: S102 (our own pages)


#: What names a file beside it is checked where that file is: by the tests that do what a page says, in a folder.
ALONE = [each for each in blocks("yaml") if "cyclekit: 1" in each[1] and "units: units.csv" not in each[1]]


@pytest.mark.parametrize(("page", "block"), ALONE)
def test_rule_files_on_a_page_are_right(page: str, block: str) -> None:
    """A rule file on a page has no diagnostic at all."""
    file = read_rule_file(Source(page, block), Surroundings(PublicHolidays()))
    assert not file.diagnostics


COMMANDS = [
    line.partition("#")[0].strip()
    for _, block in blocks("sh")
    for line in block.splitlines()
    if line.startswith("cyclekit ")
]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_on_a_page_run(command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A command on a page runs, and exits with 0."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").symlink_to(ROOT / "rules")
    done = CliRunner().invoke(main, shlex.split(command)[1:])
    assert done.exit_code == 0, done.output


def shown_outputs() -> list[tuple[str, str]]:
    """Commands with what a page says that they print."""
    pattern = re.compile(r"```sh\n(cyclekit [^\n]*)\n```\n\n```text\n(.*?)```", re.DOTALL)
    return [each for page in PAGES for each in pattern.findall(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("command", "shown"), shown_outputs())
def test_pages_show_what_commands_print(
    command: str, shown: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A page shows what a command prints, letter by letter, whichever release of the holidays it has."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").symlink_to(ROOT / "rules")
    printed = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke(main, shlex.split(command)[1:]).stdout
    release = re.compile(r"holidays [0-9.]+")
    assert release.sub("holidays", shown) == release.sub("holidays", printed)


def test_pages_show_commands() -> None:
    """There are commands on the pages, or the test above would be empty."""
    assert len(COMMANDS) >= 4


@pytest.mark.parametrize("name", MODULES)
def test_docstrings_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of a module's docstrings give what they say."""
    monkeypatch.chdir(ROOT)
    if name == "cyclekit.__main__":
        return
    results = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert results.failed == 0


@pytest.mark.parametrize("page", ["starting.md", "how-to.md", "language.md"])
def test_pages_in_two_languages_have_the_same_sections(page: str) -> None:
    """A page in Chinese has the sections and tables of the English one in their order, with the same keys."""
    english, chinese = ((ROOT / "docs" / each).read_text(encoding="utf-8") for each in (page, f"zh/{page}"))
    fence = re.compile(r"```.*?```", re.DOTALL)

    def outline(text: str) -> list[tuple[str, str]]:
        plain = fence.sub("", text)
        return re.findall(r"^(#+) .+|^\| `([a-z_]+)", plain, re.MULTILINE)

    assert outline(chinese) == outline(english)


ROWS = re.compile(r"^\| ([^|]+) \| ([^|]+) \|", re.MULTILINE)
#: The terms of the glossary, below the head of its table.
GLOSSARY = ROWS.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))[2:]


def chinese_of_the_package() -> str:
    """All Chinese that the package says: its messages, phrases, fields and words, without what docstrings say."""
    said: list[str] = []
    for path in sorted((ROOT / "src" / "cyclekit").rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        texts = [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        said += [str(node.value) for node in texts if id(node) not in docstrings]
    return "\n".join(said)


CHINESE = chinese_of_the_package()


@pytest.mark.parametrize(("english", "chinese"), GLOSSARY)
def test_words_of_the_glossary_are_those_of_the_package(english: str, chinese: str) -> None:
    """A term stands in the glossary once, and its Chinese is what messages, phrases and fields call it."""
    assert [term for term, _ in GLOSSARY].count(english) == 1
    for word in chinese.split("、"):
        assert word in CHINESE


def test_the_glossary_is_not_empty() -> None:
    """There are terms in the glossary, or the test above would be empty."""
    assert len(GLOSSARY) >= 40


DOCS = ROOT / "docs"
#: The pages whose links are looked at.
LINKING = sorted(
    {
        *PAGES,
        *DOCS.glob("*/*.md"),
        ROOT / "rules" / "README.md",
        *(DOCS / name for name in ("fields.md", "zh/fields.md", "diagnostics.md")),
        *(DOCS / "diagnostics" / f"{code}.md" for code in CODES),
    }
)


def made_by_the_build() -> dict[Path, str]:
    """The pages that the build writes, as `docs/conf.py` does."""
    codes = {DOCS / "diagnostics" / f"{code}.md": code_page(code) + code_page(code, "zh") for code in CODES}
    fields = {DOCS / "fields.md": reference_page(), DOCS / "zh" / "fields.md": reference_page("zh")}
    return {**fields, DOCS / "diagnostics.md": code_index(), **codes}


def without_code(text: str) -> str:
    """A page without its blocks of code and what stands in backticks: a bracket there is no link."""
    return re.sub(r"(`+)[^`\n].*?\1", "``", re.sub(r"^(```+|:::+).*?^\1\s*$", "", text, flags=re.DOTALL | re.MULTILINE))


def links(text: str) -> list[str]:
    """Where a page links to: in the line, by a reference, and as a picture."""
    prose = without_code(text)
    return [*re.findall(r"\]\(<?([^)\s>]+)", prose), *re.findall(r"^\[[^]]+\]:\s+(\S+)", prose, re.MULTILINE)]


def anchors(text: str) -> set[str]:
    """The anchors of a page: those of its headings, numbered where two are the same, and those it sets itself."""
    blocks = re.sub(r"^(```+).*?^\1\s*$", "", text, flags=re.DOTALL | re.MULTILINE)
    found: set[str] = set(re.findall(r"^\(([\w-]+)\)=$", blocks, re.MULTILINE))
    for heading in re.findall(r"^#{1,3} +(.*?) *$", blocks, re.MULTILINE):
        slug = re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        number = 0
        while (name := f"{slug}-{number}" if number else slug) in found:
            number += 1
        found.add(name)
    return found


@pytest.fixture(scope="module")
def made() -> dict[Path, str]:
    """The pages that the build writes, made once."""
    return made_by_the_build()


@pytest.mark.parametrize("page", LINKING, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path, made: dict[Path, str]) -> None:
    """Every link of a page to another file, or to an anchor, leads to what is there or is made by the build."""
    for link in links(made.get(page) or page.read_text(encoding="utf-8")):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, anchor = link.partition("#")
        target = Path(os.path.normpath(page.parent / name)) if name else page
        assert target in made or target.exists(), link
        if anchor:
            assert anchor in anchors(made.get(target) or target.read_text(encoding="utf-8")), link


def test_broken_links_are_found() -> None:
    """Links of all kinds are seen, those in code are not, and anchors are what the build makes of headings."""
    text = "# A `b`: c's d?\n## A b\n## A b\n[x](y.md#z) ![p](q.png) `[n](o)`\n```yaml\n# no [k](l)\n```\n\n[r]: s.md\n"
    assert links(text) == ["y.md#z", "q.png", "s.md"]
    assert anchors(text) == {"a-b-cs-d", "a-b", "a-b-1"}
