"""Tell a town's council what a month brought: what came in, what was settled, and where."""
