"""Tokens: who may read which feed."""

import base64
import datetime as dt
import json
import threading
from pathlib import Path

import pytest

from cyclekit.errors import DamagedTokensError, UnknownTokenError
from cyclekit.workspace.tokens import (
    Grant,
    InForce,
    Tokens,
    changing,
    digest_of,
    read_in_force,
    read_tokens,
    write_tokens,
)

DAY, LATER = dt.date(2026, 3, 5), dt.date(2026, 4, 1)


def test_a_token_is_for_one_feed() -> None:
    """A token opens its feed, and no other; no other text opens it."""
    tokens, token = Tokens().added("book/north", "North, desk", DAY)
    assert len(base64.urlsafe_b64decode(token + "=")) == 32
    assert tokens.allows(token, "book/north")
    assert not tokens.allows(token, "book/south")
    assert not tokens.allows(token, "")
    for other in ("", token[:-1], token + "A", token.swapcase(), digest_of(token), "\udcff", "0" * 64):
        assert not tokens.allows(other, "book/north")
        assert not tokens.allows(other, "")


def test_each_reader_has_a_token_of_its_own() -> None:
    """Two readers of one feed have two tokens, and revoking one leaves the other."""
    tokens, one = Tokens().added("book/north", "one", DAY)
    tokens, two = tokens.added("book/north", "two", DAY)
    tokens = tokens.revoked(tokens.grants[0].id, LATER)
    assert not tokens.allows(one, "book/north")
    assert tokens.allows(two, "book/north")
    assert [each.revoked for each in tokens.grants] == [LATER, None]


def test_rotating_replaces_a_token() -> None:
    """After rotating only the new token opens the feed, for the same reader; the old id is known no more."""
    tokens, old = Tokens().added("book/north", "one", DAY)
    id_ = tokens.grants[0].id
    tokens, new = tokens.rotated(id_, LATER)
    assert (tokens.allows(old, "book/north"), tokens.allows(new, "book/north")) == (False, True)
    assert [(each.reader, each.feed) for each in tokens.grants] == [("one", "book/north")] * 2
    with pytest.raises(UnknownTokenError):
        tokens.rotated(id_, LATER)
    with pytest.raises(UnknownTokenError):
        tokens.revoked("", LATER)


def test_the_file_holds_no_token(tmp_path: Path) -> None:
    """A file comes back equal, is its owner's alone, and has the SHA-256 of each token and not the token."""
    path = tmp_path / "tokens.json"
    tokens, token = Tokens().added("book/北", "北区 “a”\\", DAY)
    tokens, _ = tokens.rotated(tokens.grants[0].id, LATER)
    path.write_text("old", encoding="utf-8")
    path.chmod(0o644)
    write_tokens(path, tokens)
    assert read_tokens(path) == tokens
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_text(encoding="utf-8")
    assert token not in text
    assert digest_of(token) in text
    assert [each.name for each in tmp_path.iterdir()] == ["tokens.json"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 2, "tokens": []}',
        '{"format": 1, "tokens": {}}x',
        '{"format": 1, "tokens": [{"sha256": "ab", "feed": "a/b", "reader": "", "created": "2026-01-01"}]}',
        '{"format": 1, "tokens": [{"sha256": "zz"}]}',
        '{"format": 1, "tokens": 1}',
    ],
)
def test_what_is_no_file_of_tokens_is_refused(tmp_path: Path, text: str) -> None:
    """Nothing is read out of what is not such a file: no grant is guessed."""
    path = tmp_path / "tokens.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DamagedTokensError):
        read_tokens(path)


def written(path: Path, count: int) -> tuple[Tokens, list[str]]:
    """A file of so many tokens, the second of which is revoked."""
    tokens, secrets = Tokens(), []
    for number in range(count):
        tokens, token = tokens.added(f"book/u{number}", "reader", DAY)
        secrets.append(token)
    if count > 1:
        tokens = tokens.revoked(tokens.grants[1].id, LATER)
    write_tokens(path, tokens)
    return tokens, secrets


@pytest.mark.parametrize("count", [0, 1, 5])
def test_what_is_in_force_is_read_alone(tmp_path: Path, count: int) -> None:
    """A server has the tokens that are in force: each opens its feed, and a revoked one nothing."""
    path = tmp_path / "tokens.json"
    tokens, secrets = written(path, count)
    found = read_in_force(path)
    assert found == InForce(tokens.grants)
    assert found != tokens
    assert len(found) == count - (count > 1)
    for number, secret in enumerate(secrets):
        assert found.allows(secret, f"book/u{number}") is (number != 1)
        assert not found.allows(secret, "book/other")
    assert not found.allows("unknown", "book/u0")


def test_a_file_may_be_laid_out_otherwise(tmp_path: Path) -> None:
    """What another program wrote, as one line or with more of them, is the same file."""
    path = tmp_path / "tokens.json"
    tokens, _ = written(path, 3)
    value = json.loads(path.read_bytes())
    for indent in (None, 2):
        path.write_text(json.dumps(value, indent=indent), encoding="utf-8")
        assert read_tokens(path) == tokens


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n]}\n", ""),
        ("\n]}\n", "\n]}\n]}\n"),
        ("\n]}\n", ",\n]}\n"),
        ("},\n", "}\n"),
        ('"reader"', '"x"'),
        ("2026", "2O26"),
        ("\n]}\n", "\n{\n]}\n"),
    ],
)
def test_half_a_file_is_none(tmp_path: Path, old: str, new: str) -> None:
    """A file that ends too early or too late, or lacks a comma, is damaged, however much of it could be read."""
    path = tmp_path / "tokens.json"
    written(path, 3)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    for read in (read_tokens, read_in_force):
        with pytest.raises(DamagedTokensError):
            read(path)


def test_digests_that_begin_alike_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of digests with one beginning the last one written is compared whole, and no other opens anything."""
    one, other = (Grant("ab" * 8 + end * 48, f"book/{end}", "reader", DAY) for end in "12")
    found = InForce([one, other])
    answers = {}
    for grant in (one, other):
        monkeypatch.setattr("cyclekit.workspace.tokens.digest_of", lambda _, grant=grant: grant.digest)
        answers[grant.feed] = found.allows("token", grant.feed)
    assert answers == {"book/1": False, "book/2": True}


def test_two_who_change_a_file_lose_nothing(tmp_path: Path) -> None:
    """Tokens that are added at the same time are all there afterwards."""
    path = tmp_path / "tokens.json"

    def add(number: int) -> None:
        with changing(path, make=True) as tokens:
            changed, _ = tokens.added(f"book/u{number}", "reader", DAY)
            write_tokens(path, changed)

    threads = [threading.Thread(target=add, args=[number]) for number in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(each.feed for each in read_tokens(path).grants) == sorted(f"book/u{number}" for number in range(12))
