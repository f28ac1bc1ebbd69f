"""How the documentation is built: `make docs`, and without a warning by `make check`."""

from importlib.metadata import version as installed_version
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.highlighting import lexers

from cyclekit.cli.code_pages import index, page
from cyclekit.diagnostics import CODES
from cyclekit.reading.reference import reference_page

project = "cyclekit"
author = "cyclekit contributors"
copyright = "2026, cyclekit contributors"
version = release = installed_version("cyclekit")

# Sheets have no colours, and are no mistake.
lexers["csv"] = TextLexer()

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "cyclekit"
html_copy_source = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
# The build needs no network, so only names of our own are looked up; those of others stay plain text.
nitpick_ignore_regex = [(r"py:.*", r"(?!cyclekit\b).*")]

# The field table is the only list of fields, so the page is made from it at each build.
(Path(__file__).parent / "fields.md").write_text(reference_page(), encoding="utf-8")

# A page for each code, in both languages; its example is checked while it is made.
_pages = Path(__file__).parent / "diagnostics"
_pages.mkdir(exist_ok=True)
for _code in CODES:
    _both = page(_code) + "\n---\n\n" + page(_code, "zh").partition("\n\n")[2]
    (_pages / f"{_code}.md").write_text(_both, encoding="utf-8")
(Path(__file__).parent / "diagnostics.md").write_text(index(), encoding="utf-8")
