"""Tables as people have them, read cell by cell."""
