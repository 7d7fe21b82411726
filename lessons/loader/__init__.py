"""Files -> Course: a lesson file taken apart, read, checked; every fault with its file and line."""
