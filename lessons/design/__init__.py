"""The last drop's studio: tables, architectures, training in public view, and the defence."""
