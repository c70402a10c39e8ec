"""Pages of bringing the paper books in: batches, receipts, rows."""
