"""Say whether one case is followed by others near it, how near, and how soon."""
