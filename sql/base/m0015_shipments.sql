-- Under which numbers carriers have taken the parcels of orders, to be told to the platforms that the orders came from.

-- It records what people did; the order's own state is not changed by it.
CREATE TABLE shipment (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES customer_order,
    carrier text NOT NULL
        CHECK (char_length(carrier) BETWEEN 1 AND 64 AND carrier !~ '[[:cntrl:]]'),
    tracking text NOT NULL
        CHECK (tracking ~ '^[0-9A-Za-z-]{4,64}$'),
    recorded_at timestamptz NOT NULL,
    -- When it was last written into a file for the platform.
    exported_at timestamptz,
    -- When somebody took it back, as a mistake: then it is told to nobody.
    withdrawn_at timestamptz,
    -- An order may go in several parcels, and a parcel hold several orders.
    CONSTRAINT shipment_once UNIQUE (order_id, carrier, tracking)
);
COMMENT ON TABLE shipment IS 'A parcel of an order, as its number shows; which goods are in which parcel is not known here';

CREATE INDEX shipment_to_export ON shipment (id) WHERE exported_at IS NULL AND withdrawn_at IS NULL;

GRANT SELECT, INSERT ON shipment TO yuncang_service;
GRANT UPDATE (exported_at, withdrawn_at) ON shipment TO yuncang_service;
