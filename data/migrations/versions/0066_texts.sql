-- A message goes by mail or as a text to a telephone, whose number is written as E.164 has it.
ALTER TABLE lotline.mail ADD COLUMN channel text NOT NULL DEFAULT 'mail'
    CONSTRAINT mail_channel_known CHECK (channel IN ('mail', 'text'));
ALTER TABLE lotline.mail DROP CONSTRAINT mail_address_plain;
-- Texts from before this was taken back once are known by their numbers.
ALTER TABLE lotline.mail DISABLE TRIGGER mail_sent_stays;
UPDATE lotline.mail SET channel = 'text' WHERE to_address ~ '^\+[0-9]+$';
ALTER TABLE lotline.mail ENABLE TRIGGER mail_sent_stays;
ALTER TABLE lotline.mail ADD CONSTRAINT mail_address_plain CHECK
    (CASE channel WHEN 'text' THEN to_address ~ '^\+[1-9][0-9]{6,14}$'
     ELSE to_address ~ '^[A-Za-z0-9.!#$%&''*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$' END);
-- Two parts of a text at the most, of 153 letters each in the smallest alphabet.
ALTER TABLE lotline.mail ADD CONSTRAINT mail_text_short CHECK
    (channel <> 'text' OR html IS NULL AND unsubscribe IS NULL AND length(body) <= 306);

-- Who follows is reached by an address or by a telephone number, and by one of them alone.
ALTER TABLE lotline.follower ALTER COLUMN email DROP NOT NULL;
ALTER TABLE lotline.follower ADD COLUMN phone text
    CONSTRAINT follower_phone_plain CHECK (phone ~ '^\+[1-9][0-9]{6,14}$');
ALTER TABLE lotline.follower ADD CONSTRAINT follower_reached_by_one CHECK
    (num_nonnulls(email, phone) = 1);
CREATE UNIQUE INDEX follower_phone_once ON lotline.follower (phone);
