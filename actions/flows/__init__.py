"""The calculated and guided answers as conversations."""
