"""The store kept in order: what nobody names is swept, what rows name is checked. It never removes what a row names."""
