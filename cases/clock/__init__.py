"""Notice what falls due, each thing once for its day, however often or late the clock runs.

The clock only tells: every step of the law stays a person's. Who runs it, and mails what it
noticed in the same transaction, is `webmap.worker.clock`.
"""
