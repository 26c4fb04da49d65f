"""Keep what is owed on a case, paid, waived and given back: a double-entry ledger in whole cents.

What may be posted is decided by `limits`, `lines` and `allocation`, which know no database.
`charging`, `paying` and `returning` hold a command for each deed; `queries` ask for balances,
statements and the books of a day. Nothing here commits, reads a clock, or changes what was posted:
a mistake is undone by another posting. Source of the rules: PROCESS.md section 3, Money.

Every command posts in the caller's transaction and tells the case's history once. The same key
again with the same content answers with the first posting and writes nothing. They share these
parameters:

key
    Names the deed, whoever asks for it again; see `cases.ledger.slips.Slip`.
actor
    Who does it.
on
    The town's date of the deed: not before the case's last posting, nor after today.
now
    The moment of posting, with its time zone.

and these errors, besides their own: `NoCaseError`, `KeyFormError`, `KeyReusedError`, `DateError`,
`TextMissingError`, `AmountError`. Whatever is refused has changed nothing.
"""
