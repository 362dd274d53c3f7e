"""Turkish text: folding, lemmas, noise, masking. Knows nothing of the rest."""
