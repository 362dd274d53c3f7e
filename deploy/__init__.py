"""How the assistant is put to work beyond `make run`."""
