"""From the events Rasa stores to cases and figures.

`conversation` is the pure step (state and event to state and facts), `cursor` knows what
has been read, `tracker` is Rasa's table, `writing` stores the facts, `process` runs them.
"""
