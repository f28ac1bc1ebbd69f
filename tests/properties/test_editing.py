"""Rule files edited as text, loaded, published and read back: what readers of the feeds can rely on.

By `make steps` ten thousand steps of it are taken, and counted.
"""

from hypothesis import settings

from tests.properties.editing import Editing

Editing.TestCase.settings = settings(max_examples=8, stateful_step_count=25, deadline=None)
TestEditing = Editing.TestCase
