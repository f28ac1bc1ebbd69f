"""The words: what diagnostics and occurrences say, in English and Chinese."""
