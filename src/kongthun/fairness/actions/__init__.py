"""Explaining why somebody was treated otherwise. No right of a household changes by it."""
