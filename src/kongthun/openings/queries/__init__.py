"""What is known of a fund whose books are lost or contradict each other."""
