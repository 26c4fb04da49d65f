-- An address as it was said, for two who say it: neither case nor blanks tell them apart.
CREATE FUNCTION lotline.as_stated(address text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog AS $$
    SELECT lower(btrim(regexp_replace(address, '\s+', ' ', 'g')))
$$;
CREATE INDEX complaint_unplaced_as_stated
    ON lotline.complaint (category, lotline.as_stated(stated_address))
    WHERE parcel_id IS NULL AND point IS NULL;

-- Numbers of papers, found by a part of them or misspelled.
CREATE INDEX citation_number_like ON lotline.citation USING gin (number gin_trgm_ops);
CREATE INDEX order_number_like ON lotline.enforcement_order USING gin (number gin_trgm_ops);
CREATE INDEX lien_instrument_like ON lotline.lien USING gin (instrument_no gin_trgm_ops);
