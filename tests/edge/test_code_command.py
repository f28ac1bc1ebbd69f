"""``cyclekit code``: the page of a code, in the terminal."""

from tests.edge.running import run


def test_a_code_is_explained() -> None:
    """What it means, an example, what is told of it, and what to write instead; in the language that is asked for."""
    shown = run("code", "anchor-repeats")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("# `anchor-repeats`\n\n*warning*\n")
    assert "warning[anchor-repeats]: Every period of a year gets the same day" in shown.stdout
    assert "every: year" in shown.stdout.partition("Write instead:")[2]
    assert "`ignore: {anchor-repeats: …}`" in shown.stdout
    assert "一年中的某日" in run("code", "anchor-repeats", "--lang", "zh").stdout


def test_an_error_is_not_to_be_ignored() -> None:
    """The page of an error says nothing of ignoring it."""
    assert "ignore" not in run("code", "bad-value").stdout


def test_what_is_no_code_is_answered_with_the_nearest() -> None:
    """A word that is nearly a code is answered with that, any other with all there are; the exit code is 2."""
    near, far = run("code", "anchor-repeat"), run("code", "nothing-like-it")
    assert (near.exit_code, far.exit_code) == (2, 2)
    assert near.stderr == "Error: there is no code “anchor-repeat”: anchor-repeats\n"
    assert "encoding, encoding-ambiguous" in far.stderr
