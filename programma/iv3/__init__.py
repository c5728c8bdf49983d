"""Iv3 (informatie voor derden): what municipalities give to CBS per taakveld, read and laid out as documents."""
