"""Finding the books of a fund anew: what is claimed, and what of it comes into the books."""
