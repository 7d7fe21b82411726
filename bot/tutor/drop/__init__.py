"""The walk through a drop: exercises put, answered, helped with, and brought back."""
