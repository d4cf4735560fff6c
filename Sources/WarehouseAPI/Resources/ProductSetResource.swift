internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/products/{sku}/components`: what a gift set is made of.
struct ProductSetResource: Sendable {
    let catalog: Catalog

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/products/{sku}/components", operation: "showComponents",
                summary: "What a gift set is made of; of a SKU that is none, nothing.",
                audience: .roles(Set(Role.allCases)), parameters: [RouteParameter.product], body: nil,
                answer: Self.listing.schema, problems: [.notFound, .invalidParameter, .unavailable], handle: show),
            Route(
                method: .put, path: "/v1/products/{sku}/components", operation: "putComponents",
                summary: "Say what a gift set is made of, instead of what it was made of before.",
                audience: .roles([.operator]), parameters: [RouteParameter.product], body: Self.recipe.schema,
                answer: Self.listing.schema,
                problems: [
                    .notFound, .invalidParameter, .unknownSKU, .nestedSet, .ownStock, .outcomeUnknown, .unavailable,
                ],
                handle: put),
        ]
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let sku = try await catalog.product(of: request).code
        return Response(try await components(of: sku), as: Self.listing)
    }

    private func put(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let body = try request.body(Self.recipe)
        let principal = try request.principal
        let sku = try await catalog.product(of: request).code
        do throws(CatalogError) {
            try await catalog.makeSet(sku, of: body, by: principal)
        } catch .notASet(let refusal) {
            throw Problem(refusal, of: body)
        } catch {
            throw Problem(error)
        }
        return Response(try await components(of: sku), as: Self.listing)
    }

    private func components(of sku: SKUCode) async throws(Problem) -> [ListedComponent] {
        try await Problem.asking { () throws(CatalogError) in try await catalog.components(of: sku) }
    }

    // MARK: Bodies

    private static let component = JSONType<SetComponent>.object(
        "SetComponent", about: "so much of a SKU makes one set",
        .required("sku", \.sku, .code(), about: "the SKU's code"),
        .required("quantity", \.quantity, .setQuantity, about: "in the SKU's base unit: pieces or grams"),
        make: SetComponent.init)

    private static let recipe = JSONType<[SetComponent]>.object(
        "SetRecipe", about: "what a gift set is made of",
        .required(
            "components", { @Sendable components in components },
            .array(of: component, count: 0...Catalog.maximumComponents),
            about: "each SKU once, none of them a set; empty: it is no set any more"),
        make: { $0 })

    private static let listed = JSONType<ListedComponent>.object(
        "ListedComponent", about: "so much of a SKU makes one set",
        .required("sku", \.sku, .code(), about: "the SKU's code"),
        .required("name", \.name, .name, about: "what people call it"),
        .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
        .required("quantity", \.quantity, .setQuantity, about: "in the SKU's base unit: pieces or grams"),
        make: { ListedComponent(sku: $0, name: $1, unit: $2, quantity: $3) })

    private static let listing = JSONType<[ListedComponent]>.object(
        "ComponentList", about: "what a gift set is made of, in the order of the codes",
        .required(
            "components", { @Sendable components in components },
            .array(of: listed, count: 0...Catalog.maximumComponents), about: "empty: it is no set"),
        make: { $0 })
}

extension JSONType where Value == Quantity {
    /// How much of a component makes a set.
    fileprivate static var setQuantity: Self {
        let bounds = SetComponent.quantities
        return JSONType<Int64>.integer(Int(bounds.lowerBound)...Int(bounds.upperBound)).converted(
            "a quantity in base units", to: { Quantity(rawValue: $0) }, from: \.rawValue)
    }
}

extension Problem {
    /// Why a SKU is not made a set; `components` tell which fields it is about.
    init(_ refusal: SetRefusal, of components: [SetComponent] = []) {
        let text = "\(refusal)"
        let detail = "\(text.prefix(1).uppercased())\(text.dropFirst())."
        func pointer(_ sku: SKUCode) -> String {
            components.firstIndex { $0.sku == sku }.map { "/components/\($0)/sku" } ?? "/components"
        }
        switch refusal {
        case .unknownSet: self.init(.notFound, detail)
        case .unknownComponents(let codes):
            self.init(.unknownSKU, detail)
            faults = codes.map {
                FieldFault(pointer: pointer($0), code: Code.unknownSKU.rawValue, detail: "There is no SKU \($0).")
            }
        case .itself, .tooMany: self.init(.invalidBody, detail, at: "/components")
        case .repeated(let code), .quantity(let code): self.init(.invalidBody, detail, at: pointer(code))
        case .nested(let codes):
            self.init(.nestedSet, detail)
            faults = codes.map {
                FieldFault(pointer: pointer($0), code: Code.nestedSet.rawValue, detail: "\($0) is a set itself.")
            }
        case .componentOf: self.init(.nestedSet, detail)
        case .hasGoods: self.init(.ownStock, detail)
        }
    }
}
