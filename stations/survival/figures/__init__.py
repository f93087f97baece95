"""The figures of survival (domain model F3) over plain records: no database, no clock."""
