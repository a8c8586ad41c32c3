"""Where formulas are typed: with a live picture of what they give, and the sentence that says what is wrong."""
