-- Who gets the parcels, apart from the orders: encrypted, erasable, and named nowhere else. And what orders may become.

-- No foreign key to customer_order: both rows are written by the same batch, as with order_line; `verify` looks for strays.
CREATE TABLE recipient (
    order_id uuid PRIMARY KEY,
    -- AES-256-GCM: 12 bytes of nonce, the text in steps of 64 bytes, 16 of tag. The order's id is authenticated with it.
    ciphertext bytea
        CHECK (octet_length(ciphertext) BETWEEN 92 AND 4096),
    key_id text NOT NULL
        CHECK (key_id ~ '^[a-z0-9_-]{1,32}$'),
    mask text
        CHECK (char_length(mask) BETWEEN 1 AND 200 AND mask !~ '[[:cntrl:]]'),
    merge_key bytea
        CHECK (octet_length(merge_key) = 32),
    region text NOT NULL
        CHECK (char_length(region) BETWEEN 1 AND 100 AND region !~ '[[:cntrl:]]'),
    erased_at timestamptz,
    CONSTRAINT recipient_is_whole_or_erased CHECK (
        (ciphertext IS NULL) = (erased_at IS NOT NULL) AND (mask IS NULL) = (erased_at IS NOT NULL)
        AND (merge_key IS NULL) = (erased_at IS NOT NULL)
    )
);
COMMENT ON TABLE recipient IS
    'In clear only for those who pack, one at a time, with a row in the audit log. Erased when its time is over';
COMMENT ON COLUMN recipient.key_id IS 'Under which key it is encrypted, so that keys can be rotated';
COMMENT ON COLUMN recipient.mask IS 'What everybody may see: 王** 138****5678 and the region';
COMMENT ON COLUMN recipient.merge_key IS
    'HMAC-SHA-256 of the person and the place: orders with the same one can share a parcel. Comparable under one key_id only';

GRANT SELECT, INSERT ON recipient TO yuncang_service;
GRANT UPDATE (ciphertext, mask, merge_key, erased_at) ON recipient TO yuncang_service;

-- Neither column is in an index, so these updates are HOT.
GRANT UPDATE (state) ON customer_order TO yuncang_service;
GRANT UPDATE (claim, expires_at) ON order_line TO yuncang_service;
