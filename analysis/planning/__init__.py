"""What a trial can show, before it starts."""
