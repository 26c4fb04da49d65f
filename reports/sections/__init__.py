"""Tell which code sections are violated most, how often they come back, and how they go."""
