"""Data from elsewhere, loaded where it is used: public holidays."""
