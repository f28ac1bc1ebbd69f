"""The engine: rulebooks × horizon × calendars → schedule. Pure; it knows no file, clock or network."""
