"""An exercise with a learner's own numbers: drawn, asked, told line by line, followed through."""
