-- How the files of each order source are to be read and written: which heading stands for which column, and what its words mean.

CREATE TABLE sheet_mapping (
    source text NOT NULL
        CHECK (octet_length(source) BETWEEN 1 AND 64),
    kind text NOT NULL
        CHECK (kind IN ('orders', 'shipments')),
    name text NOT NULL
        CHECK (name ~ '^[!-~]{1,64}$'),
    definition text NOT NULL
        CHECK (octet_length(definition) BETWEEN 1 AND 16384),
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (source, kind, name)
);
COMMENT ON COLUMN sheet_mapping.definition IS 'Lines column = heading, status:word = ship, carrier:name = word, as they were saved';

GRANT SELECT, INSERT, DELETE ON sheet_mapping TO yuncang_service;
GRANT UPDATE (definition, saved_at) ON sheet_mapping TO yuncang_service;
