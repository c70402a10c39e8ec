"""Kongthun (กองทุน): the books of village funds, believable to the satang."""

__version__ = "0.1.0"
