"""Tell whether a notice was served: on which day and by which proof, or what is missing."""
