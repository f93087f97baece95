"""What platforms send by themselves, each transaction once, and the months it makes. It trusts nothing unsigned."""
