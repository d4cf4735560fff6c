-- What people correct by hand: goods lost, missing, found, of another quality; and movements that are taken back.

-- A correction is one row of the ledger with a document of its own, which says who made it and why. The ledger's row is never
-- changed: what was wrong is mended by another one.
CREATE TABLE adjustment (
    id uuid PRIMARY KEY,
    reference text UNIQUE
        CHECK (char_length(reference) BETWEEN 1 AND 128 AND reference !~ '[[:cntrl:]]'),
    fingerprint bytea
        CHECK (octet_length(fingerprint) = 32),
    -- No foreign key: it would forbid DETACH CONCURRENTLY. The transaction has read the row.
    reverses uuid UNIQUE,
    movement_id uuid NOT NULL UNIQUE,
    note text NOT NULL
        CHECK (char_length(note) BETWEEN 1 AND 200 AND note !~ '[[:cntrl:]]'),
    actor text NOT NULL
        CHECK (char_length(actor) BETWEEN 1 AND 128 AND actor !~ '[[:cntrl:]]'),
    recorded_at timestamptz NOT NULL,
    -- A correction is known by its reference, a reversal by what it takes back: each is done once.
    CONSTRAINT adjustment_is_known_by_one_thing CHECK (
        (reference IS NULL) = (reverses IS NOT NULL) AND (reference IS NULL) = (fingerprint IS NULL)
    )
);
COMMENT ON COLUMN adjustment.reverses IS 'The movement that is taken back: once, whoever asks';
COMMENT ON COLUMN adjustment.note IS 'Why, in the words of whoever did it';

GRANT SELECT, INSERT ON adjustment TO yuncang_service;
