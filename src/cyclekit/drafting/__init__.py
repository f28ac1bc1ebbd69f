"""From dates to the rules that may be behind them: values in, proposals out, and the text of a rule file."""
