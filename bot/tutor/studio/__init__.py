"""The design studio: a table chosen, a net designed for it, trained, and defended."""
