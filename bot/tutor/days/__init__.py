"""What the days bring: a drop announced, a pause, a return, a goodbye."""
