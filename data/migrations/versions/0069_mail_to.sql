-- What went to an address is found without reading all that was ever sent.
CREATE INDEX mail_to ON lotline.mail (to_address);
