-- Where one press in a mail program ends mails of this kind (RFC 8058).
ALTER TABLE platform.mail ADD COLUMN unsubscribe_url text CHECK (char_length(unsubscribe_url) <= 500);
