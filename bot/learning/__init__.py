"""What the staff teaches and corrects: checked like the files, live at once, kept as a patch.

Pages and the command line call it; nothing else does. `facts` and `entries` change
knowledge, `teaching` trains a candidate, `patch` writes both back, `health` says what is due
for a look.
"""


class LearningError(Exception):
    """Something cannot be done; the Turkish message says why and how to mend it."""
