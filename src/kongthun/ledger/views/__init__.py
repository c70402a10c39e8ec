"""Pages of money in hand and in the bank."""
