"""The calculators: facts and today in, verdict out. Pure, no Rasa, figures from data."""
