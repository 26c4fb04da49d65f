-- A parcel number that is typed with other signs than its own is found without reading every one.
CREATE FUNCTION lotline.plain_number(parcel_no text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(regexp_replace(parcel_no, '[^A-Za-z0-9]', '', 'g') COLLATE "C");
CREATE INDEX parcel_no_plain ON lotline.parcel (lotline.plain_number(parcel_no));
