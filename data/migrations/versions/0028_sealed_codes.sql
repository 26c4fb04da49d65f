-- What a telephone shares is kept sealed. The key is the server's and unknown here: what lies open
-- in totp_secret stays until the server, which has the key, starts or next asks for a code.
ALTER TABLE lotline.staff ADD COLUMN totp_sealed text;
ALTER TABLE lotline.staff ADD CONSTRAINT staff_totp_sealed CHECK (totp_sealed LIKE 'gAAAA%');
ALTER TABLE lotline.staff DROP CONSTRAINT staff_totp_confirmed;
ALTER TABLE lotline.staff ADD CONSTRAINT staff_totp_confirmed CHECK
    (num_nonnulls(totp_secret, totp_sealed) = (totp_since IS NOT NULL)::integer
     AND (totp_since IS NULL) = (totp_last_step IS NULL));
