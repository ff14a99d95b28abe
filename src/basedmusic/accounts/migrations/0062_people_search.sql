-- Finding a person by a part of their name or address, however it is written.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Without case and accents, and letters that have no accent to lose as their nearest plain ones.
CREATE FUNCTION accounts.fold(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT translate(
        regexp_replace(normalize(lower(words), NFKD), '[\u0300-\u036f]', '', 'g'), 'øłđıħ', 'oldih'
    )
$$;
CREATE INDEX party_people_by_words ON accounts.party USING gin (accounts.fold(name) gin_trgm_ops)
    WHERE kind = 'person';
CREATE INDEX account_by_words ON accounts.account USING gin (accounts.fold(email) gin_trgm_ops);
CREATE INDEX account_suspended ON accounts.account (id) WHERE suspended_at IS NOT NULL;
