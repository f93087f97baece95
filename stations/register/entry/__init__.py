"""How stations enter the register and change their facts: checked, coded, placed, compared with their neighbours."""
