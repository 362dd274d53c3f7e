"""Understanding: Rasa graph components over pure models."""
