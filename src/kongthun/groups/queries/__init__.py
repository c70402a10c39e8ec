"""What a group's lists, committees and rules say on a day."""
