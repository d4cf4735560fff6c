-- When holds end, in the order of their ends: each unpaid order is met once, when its time has come, and no other order at all.

ALTER TABLE customer_order ADD COLUMN hold_ends_at timestamptz;
COMMENT ON COLUMN customer_order.hold_ends_at IS 'When the hold ended or ends with which it was placed; it stays as it is when the order is paid, so the index costs no update anything';

UPDATE customer_order AS placed
SET hold_ends_at = (SELECT max(line.expires_at) FROM order_line AS line WHERE line.order_id = placed.id)
WHERE placed.state = 'held';

CREATE INDEX customer_order_by_hold_end ON customer_order (hold_ends_at, id) WHERE hold_ends_at IS NOT NULL;
