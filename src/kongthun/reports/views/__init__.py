"""Pages that only read: areas, funds, figures, entries."""
