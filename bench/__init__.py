"""Measured figures of this machine. Never part of the tests: timings are not facts of the code."""
