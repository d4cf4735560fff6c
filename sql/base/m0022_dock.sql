-- What else is done at the dock: counts that are taken back, deliveries whose state follows corrections of their goods.

ALTER TABLE inbound_event
    DROP CONSTRAINT inbound_event_event_check,
    ADD CONSTRAINT inbound_event_event_check CHECK (
        event IN ('announce', 'arrive', 'count', 'finish', 'release', 'put_away', 'cancel', 'retract', 'correct')
    ),
    DROP CONSTRAINT inbound_event_is_known,
    ADD CONSTRAINT inbound_event_is_known CHECK (
        (event IN ('count', 'put_away', 'retract')) = (reference IS NOT NULL)
        AND (reference IS NULL) = (fingerprint IS NULL)
    );
