"""Cohorts that memory does not hold."""
