"""The pages of a schrijver: the opdrachten given to them, and the texts, goals and explanations of one pakket."""
