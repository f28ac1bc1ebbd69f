"""What holds for every file of the repository, and for the rule files that are shipped."""

import re
from pathlib import Path

import pytest

from tests.repo.tree import REPO, named, tracked

# Put together here, as no file may hold them: not even this one.
REGISTRIES = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("anaconda", "org"),
    ]
]
#: Files that are faulty on purpose, or made by chance.
INPUTS = ("tests/corpus/", "tests/fuzz/corpus/", "tests/fuzz/found/")
TEXTS = [path for path in tracked() if path.suffix not in {".ics", ".png"} and not named(path).startswith(INPUTS)]
# Written so that this file does not hold them either.
OUTSIDE = [re.compile(r"\.\./shared\b"), re.compile(r"(?<![\w.])/work/")]


def text_of(path: Path) -> str:
    """A text file's text, its line ends as they are."""
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_registry_host(host: str) -> None:
    """No file names the host of a package registry: where packages come from is for each machine to say."""
    holding = [named(path) for path in tracked() if host in path.read_bytes().decode("utf-8", "replace").lower()]
    assert holding == []


def test_pins_name_no_place() -> None:
    """The pinned requirements hold no address and no option: only names, versions and hashes."""
    lines = [line for path in sorted((REPO / "requirements").glob("*.txt")) for line in text_of(path).splitlines()]
    pin = re.compile(r"[a-z0-9-]+==[0-9][\w.]*( ; [^/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|    # (?!.*://).*")
    assert lines
    assert [line for line in lines if not pin.fullmatch(line)] == []


def test_line_ends() -> None:
    """Every text is UTF-8 with LF line ends and ends with one, so that a checkout is the same everywhere."""
    odd = [named(path) for path in TEXTS if "\r" in (text := text_of(path)) or (text and not text.endswith("\n"))]
    assert odd == []


def test_nothing_from_outside() -> None:
    """Neither the package nor its documentation leans on a folder beside the repository."""
    inside = [path for path in TEXTS if named(path).startswith(("src/", "docs/", "rules/", "README", "Makefile"))]
    assert [named(path) for path in inside if any(each.search(text_of(path)) for each in OUTSIDE)] == []


def test_licence_is_mit() -> None:
    """The licence is MIT, held by the contributors."""
    licence = text_of(REPO / "LICENSE")
    assert licence.startswith("MIT License\n")
    assert "cyclekit contributors" in licence
    assert "without restriction" in licence


@pytest.mark.parametrize("path", sorted((REPO / "rules").rglob("*.yaml")), ids=named)
def test_rule_files_name_no_person(path: Path) -> None:
    """A shipped rule file holds duties and offices, and neither mail addresses nor telephone numbers."""
    without_links = re.sub(r"https?://\S+", "", text_of(path))
    mail = re.findall(r"[\w.+-]+[@＠][\w-]+\.\w+", without_links)
    telephone = re.findall(r"(?<![\w.-])(?:\+?86[- ]?)?(?:1[3-9]\d{9}|0\d{2,3}[-－ ]?\d{7,8})(?![\w-])", without_links)
    assert (mail, telephone) == ([], [])
