"""What a request asks for beside a path, as RFC 9110 has it."""

import datetime as dt

import pytest

from cyclekit.server.cache import Cache, Ready
from cyclekit.server.conditions import http_date, is_unchanged, takes_gzip

TAG = '"abc"'
THEN = dt.datetime(2026, 3, 5, 14, 30, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("field", "unchanged"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ("*", True),
        (' "x" , "abc"', True),
        (', , "x",, "abc" ,', True),
        ('"x", W/"abc"', True),
        ('"x"', False),
        ("", False),
        ("abc", False),
        ('"abc', False),
        ('"x" "abc"', False),
        ('"a,bc"', False),
        ('"abc-gzip"', False),
        ('w/"abc"', False),
    ],
)
def test_a_reader_tells_which_bytes_it_has(field: str, unchanged: bool) -> None:
    """A tag in the list, weak or strong, means that the reader has the bytes; what is no list means nothing."""
    assert is_unchanged(TAG, THEN, none_match=field) is unchanged


@pytest.mark.parametrize(
    ("field", "unchanged"),
    [
        ("Thu, 05 Mar 2026 14:30:00 GMT", True),
        ("Thu, 05 Mar 2026 14:30:01 GMT", True),
        ("Thu, 05 Mar 2026 14:29:59 GMT", False),
        ("Thursday, 05-Mar-26 14:30:00 GMT", True),
        ("Thu Mar  5 14:30:00 2026", True),
        ("yesterday", False),
        ("", False),
        ("Thu, 05 Mar 99999 14:30:00 GMT", False),
        ("Thu, 32 Mar 2026 14:30:00 GMT", False),
    ],
)
def test_a_reader_tells_since_when_it_has_them(field: str, unchanged: bool) -> None:
    """Each of HTTP's three forms of a date is read; what is no date counts as no field."""
    assert is_unchanged(TAG, THEN, modified_since=field) is unchanged


def test_tags_count_before_dates() -> None:
    """Where a request has both fields, the date is not looked at."""
    later = "Fri, 06 Mar 2026 00:00:00 GMT"
    assert not is_unchanged(TAG, THEN, none_match='"x"', modified_since=later)
    assert is_unchanged(TAG, THEN, none_match=TAG, modified_since="Thu, 01 Jan 1970 00:00:00 GMT")


def test_parts_of_a_second_do_not_count() -> None:
    """What was modified within a second is unchanged since that second, since HTTP knows whole ones only."""
    assert is_unchanged(TAG, THEN.replace(microsecond=999_999), modified_since=http_date(THEN))


@pytest.mark.parametrize(
    ("field", "packed"),
    [
        ("gzip", True),
        ("x-gzip", True),
        ("GZIP", True),
        ("deflate, gzip;q=1.0, *;q=0.5", True),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("gzip;q=0, *", False),
        ("br", False),
        ("", False),
        (None, False),
        ("identity", False),
        ("identity;q=1, gzip;q=0.5", False),
        ("identity;q=0.5, gzip;q=0.5", True),
        ("gzip ; q = 0.3", True),
        ("gzip;q=x", False),
        ("gzip;q=", False),
        ("gzip;q=1e9", False),
        (";;;,,,", False),
    ],
)
def test_a_reader_tells_which_coding_it_takes(field: str | None, packed: bool) -> None:
    """Gzip is sent where it is wanted at least as much as plain bytes, by weight."""
    assert takes_gzip(field) is packed


def test_the_two_codings_have_tags_of_their_own() -> None:
    """The same bytes have the same tag, and compressed ones another."""
    one, two = Ready.of(b"abc"), Ready.of(b"abc")
    assert one == two
    assert one.etag(packed=True) != one.etag(packed=False)
    assert Ready.of(b"abd").etag(packed=False) != one.etag(packed=False)


def test_the_cache_keeps_what_was_asked_for_lately() -> None:
    """It holds no more bytes than it has room for, and what was asked for longest ago goes first."""
    each = Ready.of(bytes(range(200)))
    cache = Cache(each.size * 3)
    for key in "abc":
        cache.put(key, each)
    assert cache.get("a")
    cache.put("d", each)
    cache.put("d", each)
    assert [key for key in "abcd" if cache.get(key)] == ["a", "c", "d"]
    assert cache.held == each.size * 3
    cache.put("large", Ready.of(bytes(range(256)) * 4))
    assert cache.get("large") is None
    assert len(cache) == 3
