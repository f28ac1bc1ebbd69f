"""Calendars of other servers: what occurrences are there, and how they get there (CalDAV, RFC 4791)."""
