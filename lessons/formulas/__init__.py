"""The small language of lesson files: formulas, ranges, and words with numbers in them."""
