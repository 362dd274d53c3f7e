"""Rasa actions: thin doors between the dialogue and the knowledge base."""
