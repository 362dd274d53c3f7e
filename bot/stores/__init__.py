"""Where conversations and their locks are kept, without the faults of Rasa's own stores."""
