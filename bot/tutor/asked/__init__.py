"""What a learner asks for beside the drop: their progress, words, the library."""
