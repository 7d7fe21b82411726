"""The small experiments behind drops 10 to 13: every figure that they show is measured here."""
