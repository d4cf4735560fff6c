import Postgres

extension Stock {
    /// Keeps a picture of what was counted; the same picture of the same count is kept once.
    ///
    /// - Returns: The picture, and whether it was there already.
    public func keep(
        _ picture: Picture, of count: ReceiptReference, in reference: ReceiptReference, by principal: Principal
    ) async throws(StockError) -> (picture: InboundPicture, isRepeated: Bool) {
        let kept = InboundPicture(
            digest: picture.digest, kind: picture.kind, size: Int32(picture.bytes.count), count: count)
        func write(looksUp: Bool) async throws(StockError) -> Bool {
            try await pool.transaction(throwing: StockError.self) { transaction in
                let now = try await transaction.now()
                guard let delivery = try await transaction.query(LockInbound(reference: reference)).first else {
                    throw StockError.inboundStays(.unknown)
                }
                let counted = CountToPicture(inbound: delivery.id, count: count)
                guard let standing = try await transaction.query(counted).first else {
                    throw StockError.inboundStays(.unknownCount(count))
                }
                var ids = IDGenerator(at: now)
                let row = InsertPicture(
                    id: ids.next(), event: standing.event, picture: picture, principal: principal, at: now)
                guard try await transaction.execute(row) == 1 else { return !looksUp }
                guard standing.pictures < Picture.mostOfCount else {
                    throw StockError.inboundStays(.tooManyPictures(atMost: Picture.mostOfCount))
                }
                try await transaction.record(
                    "inbound.picture", of: reference.rawValue, by: principal, at: now,
                    detail: #"{"digest": "\#(picture.digest)"}"#)
                return false
            }
        }
        return (kept, try await settled(write))
    }

    /// The pictures of a delivery, in the order in which they came; those of counts of nothing but this owner's goods, if one is
    /// named: what else was in the picture is another's.
    public func pictures(
        of inbound: ID<Inbound>, ownedBy owner: OwnerCode? = nil
    ) async throws(StockError) -> [InboundPicture] {
        try await pool.rows(of: PicturesOfInbound(inbound: inbound, owner: owner), throwing: StockError.self)
    }

    /// A picture with its bytes; nil when the delivery has none of this digest, or none of nothing but this owner's goods.
    public func picture(
        _ digest: PictureDigest, of reference: ReceiptReference, ownedBy owner: OwnerCode? = nil
    ) async throws(StockError) -> Picture? {
        try await pool.rows(
            of: PictureByDigest(digest: digest, reference: reference, owner: owner), throwing: StockError.self
        ).first
    }
}

/// Finds a count of a delivery by its reference, with how many pictures it has.
struct CountToPicture: Statement {
    let inbound: ID<Inbound>
    let count: ReceiptReference

    static let sql = """
        SELECT event.id, (SELECT count(*) FROM inbound_picture WHERE inbound_picture.event_id = event.id)
        FROM inbound_event AS event
        WHERE event.inbound_id = $1 AND event.event = 'count' AND event.reference = $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
        parameters.append(count)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (event: ID<InboundStep>, pictures: Int64) {
        (try row.next(), try row.next())
    }
}

/// Writes a picture; no row is written when the count has it already.
struct InsertPicture: Command {
    let id: ID<Picture>
    let event: ID<InboundStep>
    let picture: Picture
    let principal: Principal
    let at: Timestamp

    static let sql = """
        INSERT INTO inbound_picture (id, event_id, digest, media_type, content, actor, recorded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (event_id, digest) DO NOTHING
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(event)
        parameters.append(picture.digest)
        parameters.append(picture.kind)
        parameters.append(Bytea(picture.bytes))
        parameters.append(principal.name)
        parameters.append(at)
    }
}

/// Lists the pictures of a delivery without their bytes.
struct PicturesOfInbound: Statement {
    let inbound: ID<Inbound>
    let owner: OwnerCode?

    static let sql = """
        SELECT picture.digest, picture.media_type, octet_length(picture.content), event.reference
        FROM inbound_event AS event
        JOIN inbound_picture AS picture ON picture.event_id = event.id
        WHERE event.inbound_id = $1 AND ($2::text IS NULL OR (
            SELECT bool_and(owner.code = $2) FROM inbound_receipt AS receipt
            JOIN owner ON owner.id = receipt.owner_id
            WHERE receipt.event_id = event.id AND receipt.inbound_id = $1
        ))
        ORDER BY picture.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
        parameters.append(owner)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> InboundPicture {
        InboundPicture(digest: try row.next(), kind: try row.next(), size: try row.next(), count: try row.next())
    }
}

/// Reads a picture of a delivery.
struct PictureByDigest: Statement {
    let digest: PictureDigest
    let reference: ReceiptReference
    let owner: OwnerCode?

    static let sql = """
        SELECT picture.content, picture.media_type, picture.digest
        FROM inbound
        JOIN inbound_event AS event ON event.inbound_id = inbound.id
        JOIN inbound_picture AS picture ON picture.event_id = event.id
        WHERE picture.digest = $1 AND inbound.reference = $2 AND ($3::text IS NULL OR (
            SELECT bool_and(owner.code = $3) FROM inbound_receipt AS receipt
            JOIN owner ON owner.id = receipt.owner_id
            WHERE receipt.event_id = event.id AND receipt.inbound_id = inbound.id
        ))
        LIMIT 1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(digest)
        parameters.append(reference)
        parameters.append(owner)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Picture {
        let content: Bytea = try row.next()
        return Picture(bytes: content.bytes, kind: try row.next(), digest: try row.next())
    }
}
