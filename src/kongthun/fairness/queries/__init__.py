"""Whether debtors who are alike were treated alike, from the registers of an area."""
