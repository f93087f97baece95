"""The dated rows of the register, their one counter and the calendar day in China. It decides nothing."""
