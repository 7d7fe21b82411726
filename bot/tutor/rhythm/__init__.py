"""When and where: the hour, the place, the days of a learner, and how they are set."""
