-- The installation's register of bases. The runner creates the schema "yuncang", makes it the search_path, and then runs
-- this folder in order; every base has a schema of its own, migrated from the folder "base".

DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO yuncang_service', current_schema());
END
$$;

CREATE TABLE base (
    key text PRIMARY KEY
        CHECK (key ~ '^[a-z][a-z0-9-]{0,31}$'),
    name text NOT NULL
        CHECK (char_length(name) BETWEEN 1 AND 200 AND name !~ '[[:cntrl:]]'),
    schema_name text NOT NULL UNIQUE
        CHECK (schema_name ~ '^[a-z][a-z0-9_]{0,62}$'
            AND schema_name !~ '^pg_'
            AND schema_name NOT IN ('public', 'information_schema', 'yuncang')),
    -- timezone() raises 22023 for a name that PostgreSQL does not know, so no base can have one.
    time_zone text NOT NULL DEFAULT 'Asia/Shanghai'
        CHECK (timezone(time_zone, created_at) IS NOT NULL),
    created_at timestamptz NOT NULL
);
COMMENT ON TABLE base IS 'One livestream base (基地): the tenant, in a schema of its own';

GRANT SELECT ON base TO yuncang_service;
