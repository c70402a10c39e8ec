"""What is owed, by whom, since when; who must act next."""
