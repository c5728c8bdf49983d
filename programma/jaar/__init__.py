"""From one year to the next: a new budget made out of the old one, and what is still empty in it."""
