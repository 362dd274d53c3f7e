"""A Turkish help assistant for eTwinning teachers."""
