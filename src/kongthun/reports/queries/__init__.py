"""Reading for pages and reports: every question is a constant number of statements."""
