-- What the audit log's rows were when they were sealed, each seal chained with the one before it.

-- Rows are inserted into audit unchained, so that nobody waits for anybody; one sealer at a time appends here what is to be
-- found there ever after. The digest makes a changed seal known by the next one, and the last one by a copy kept elsewhere.
CREATE TABLE audit_seal (
    number bigint PRIMARY KEY
        CHECK (number > 0),
    from_id uuid NOT NULL,
    through_id uuid NOT NULL,
    row_count integer NOT NULL
        CHECK (row_count BETWEEN 1 AND 10000),
    contents bytea NOT NULL,
    digest bytea NOT NULL
        CHECK (octet_length(digest) = 32),
    sealed_at timestamptz NOT NULL,
    CONSTRAINT audit_seal_range_in_order CHECK (from_id <= through_id),
    CONSTRAINT audit_seal_contents_complete CHECK (octet_length(contents) = 48 * row_count)
);
COMMENT ON COLUMN audit_seal.contents IS 'For each row in the order of ids: its id, and the SHA-256 of what stands in it';
COMMENT ON COLUMN audit_seal.digest IS 'SHA-256 of the seal before this one''s digest, the number, the time and the contents';

GRANT SELECT, INSERT ON audit_seal TO yuncang_service;
