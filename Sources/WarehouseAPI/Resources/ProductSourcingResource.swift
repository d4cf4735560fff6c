internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/products/{sku}/sourcing`: whose goods an order of a SKU gets, where several have them.
struct ProductSourcingResource: Sendable {
    let catalog: Catalog

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/products/{sku}/sourcing", operation: "showSourcing",
                summary: "By what rules an order of a SKU gets its goods, where several pools have them.",
                audience: .roles([.warehouse, .controller, .operator]), parameters: [RouteParameter.product], body: nil,
                answer: Self.json.schema, problems: [.notFound, .invalidParameter, .unavailable], handle: show)
        ]
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let sku = try await catalog.product(of: request).code
        let sourcing = Sourcing(of: catalog)
        do throws(SourcingError) {
            let rules = try await sourcing.rules(for: sku)
            let shares = try await sourcing.shares(for: sku)
            return Response(
                Document(
                    criteria: rules.first?.criteria.all ?? [],
                    shares: shares.prefix(Sourcing.maximumTerms).map {
                        Share(
                            warehouse: $0.share.warehouse, owner: $0.share.owner, weight: Int64($0.share.weight),
                            taken: $0.taken)
                    }), as: Self.json)
        } catch .database(let cause) {
            throw Problem(database: cause)
        } catch {
            preconditionFailure("reading the rules was refused: \(error)")
        }
    }

    // MARK: Answers

    private struct Document: Sendable {
        var criteria: [SourcingCriterion]
        var shares: [Share]
    }

    private struct Share: Sendable {
        var warehouse: WarehouseCode
        var owner: OwnerCode
        var weight: Int64
        var taken: Int64?
    }

    private static let share = JSONType<Share>.object(
        "SourcingShare", about: "how much of what is sold the goods of one owner in one warehouse are to be",
        .required("warehouse", \.warehouse, .code(), about: "where the goods stand"),
        .required("owner", \.owner, .code(), about: "whose goods they are"),
        .required("weight", \.weight, .integer(1...10_000), about: "beside the weights of the others"),
        .optional(
            "taken", \.taken, .integer(0...Int.max),
            about: "what orders were given since the shares were last changed; absent: the shares are every SKU's"),
        make: Share.init)

    private static let json = JSONType<Document>.object(
        "Sourcing", about: "by what rules an order of a SKU gets its goods; one parcel comes before all of them",
        .required(
            "criteria", \.criteria, .array(of: .choice(of: SourcingCriterion.self), count: 0...4),
            about: "the first that tells two pools apart decides; empty: there is no rule"),
        .required(
            "shares", \.shares, .array(of: share, count: 0...Sourcing.maximumTerms),
            about: "what quotas go by: the SKU's own, else every SKU's"),
        make: Document.init)
}
