"""Pages of a group's list, committee and rules."""
