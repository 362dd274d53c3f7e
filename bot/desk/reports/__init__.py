"""What the desk counts, and how it is shown: `figures` counts, the others draw and write."""
