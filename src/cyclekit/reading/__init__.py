"""Reading: the text of a rule file in, a rulebook or diagnostics out. It touches no disk."""
