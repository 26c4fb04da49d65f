"""Tell a law pack in plain words, how another differs, and what each makes of a sample case.

For whoever has to agree to a law: the command line tells it in English, a page in the reader's
language. Nothing is reckoned here but by the rules that the cases themselves are reckoned by.
"""
