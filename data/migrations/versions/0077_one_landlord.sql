-- Two companies of one landlord are two owners in law, so that neither repeats what was found of
-- the other; in the plain sense they are one web. That is a word of its own beside same and different.
ALTER TABLE lotline.owner_confirmation
    DROP CONSTRAINT owner_confirmation_verdict_known,
    ADD CONSTRAINT owner_confirmation_verdict_known CHECK
        (verdict IN ('same', 'different', 'one_landlord', 'withdrawn'));
