"""The track that every change leaves: the history and its chain, the file of it, and the proof that it holds."""
