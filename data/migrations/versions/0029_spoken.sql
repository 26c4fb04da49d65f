-- Whoever never said a language reads as their browser asks: until now everybody counted as having said English.
ALTER TABLE lotline.staff ALTER COLUMN language DROP DEFAULT;
ALTER TABLE lotline.staff ALTER COLUMN language DROP NOT NULL;
UPDATE lotline.staff SET language = NULL WHERE language = 'en';
