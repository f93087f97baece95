"""The report channels of units, three levels, as offices publish them. It never holds a private number."""
