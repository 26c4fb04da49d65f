"""Hold the cellar: reference files opened by path, and the demo town that stands beside reports."""
