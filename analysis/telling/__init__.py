"""What is said about a result, in codes and in words."""
