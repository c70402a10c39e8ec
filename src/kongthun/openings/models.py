"""Lost or contradicting books: what is claimed, on what evidence, and what follows."""

from __future__ import annotations
