"""The page like a phone: what it draws, what its reader may do, what it is told."""
