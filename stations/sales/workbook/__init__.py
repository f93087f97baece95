"""A county's month as a workbook that goes out and comes back whole or not at all. It repeats no formula."""
