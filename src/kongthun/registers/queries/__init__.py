"""What the pages of the registers show, always within the reach of who reads."""
