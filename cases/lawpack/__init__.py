"""Read a town's law from one TOML file, and refuse one that contradicts itself.

Code holds the steps; a pack says which of them a town takes, how long it gives, what it may
charge, and by which provision. It carries vectors of its own, each expected value taken from the
provision and not from this program.
"""
