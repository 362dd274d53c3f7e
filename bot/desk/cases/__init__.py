"""What the staff do with a case. Each step is whole or not at all, and is in the log."""
