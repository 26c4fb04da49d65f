"""Say where cases are more than chance explains, how that came, and where they cluster."""
