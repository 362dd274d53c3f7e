"""The assistant under load, beside stock Rasa: `make load`."""
