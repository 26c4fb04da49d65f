"""Compute what the reports rest on: numbers in, numbers out.

No database, no HTTP and no words for pages: who calls says what the numbers are of, and how to tell
them. Nothing to work on raises `NothingToReportError`; what is too little or too much alike for a
statistic raises `TooLittleToSayError`; both say so in one sentence. What a simulation answers
follows from its seed alone.
"""
