-- The numbers of committed events. One relay gives them out; consumers resume by them.

-- Who numbers, by the database's clock. The row's lock makes numbering one at a time, whatever the clocks say; the lease
-- keeps all but one from trying.
CREATE TABLE relay_lease (
    name text PRIMARY KEY
        CHECK (name = 'outbox'),
    holder uuid,
    expires_at timestamptz NOT NULL,
    last_number bigint NOT NULL
        CHECK (last_number >= 0),
    settled_before uuid NOT NULL
);
COMMENT ON COLUMN relay_lease.settled_before IS
    'No event below this id can still commit without a number, so nobody looks there again';

INSERT INTO relay_lease (name, holder, expires_at, last_number, settled_before) VALUES
    ('outbox', NULL, '1970-01-01 00:00:00+00', 0, '00000000-0000-0000-0000-000000000000');

-- Not partitioned: of a partitioned table the database could guard only one of the two keys. A row is 24 bytes, 125 with
-- both indexes, and there is one for each batch of orders, not for each order: 50,000 a day make 2.3 GB a year. Whoever
-- detaches a month of the outbox deletes its numbers, a range of ids, before. No foreign key to outbox: it would forbid
-- DETACH CONCURRENTLY; `verify` looks for numbers without an event.
CREATE TABLE outbox_number (
    number bigint PRIMARY KEY
        CHECK (number > 0),
    event_id uuid NOT NULL UNIQUE
);
COMMENT ON TABLE outbox_number IS
    'Numbers become visible in their order and without gaps: whoever has read up to one misses none that follow';

GRANT SELECT, INSERT ON outbox_number TO yuncang_service;
GRANT SELECT ON relay_lease TO yuncang_service;
GRANT UPDATE (holder, expires_at, last_number, settled_before) ON relay_lease TO yuncang_service;
