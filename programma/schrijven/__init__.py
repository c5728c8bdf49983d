"""What a schrijver writes in: the forms of one pakket, and the sheet that holds them together."""
