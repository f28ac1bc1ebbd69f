"""How the documentation is built: `make docs`, and without a warning by `make check`."""

from importlib.metadata import version as installed_version
from pathlib import Path

from cyclekit.reading.reference import reference_page

project = "cyclekit"
author = "cyclekit contributors"
copyright = "2026, cyclekit contributors"
version = release = installed_version("cyclekit")

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
