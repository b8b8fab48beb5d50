"""Measurements of speed and memory, printed as figures and ratios of one run; nothing here asserts."""
