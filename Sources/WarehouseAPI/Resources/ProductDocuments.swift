internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// A SKU as it is answered.
struct ProductDocument: Sendable {
    var sku: SKUCode
    var name: Name
    var owner: OwnerCode
    var unit: BaseUnit
    var category: Category?
    var price: Price?

    static let json = JSONType<ProductDocument>.object(
        "Product", about: "what is sold and counted: one product in one packing or weight",
        .required("sku", \.sku, .code(), about: "the SKU's code"),
        .required("name", \.name, .name, about: "what people call it"),
        .required("owner", \.owner, .code(), about: "who lists it"),
        .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
        .optional("category", \.category, .category, about: "the group that it is listed in"),
        .optional("price", \.price, .price, about: "the list price"),
        make: ProductDocument.init)
}

extension ProductDocument {
    /// The SKU, without what only the database knows it by.
    init(_ sku: SKU) {
        self.init(
            sku: sku.code, name: sku.name, owner: sku.owner, unit: sku.unit, category: sku.category, price: sku.price)
    }
}

extension ProductDocument {
    /// The answer that shows it, and the tag by which a later request can mean this state of it.
    func tagged(status: HTTPResponse.Status = .ok) -> (answer: Response, tag: EntityTag) {
        let body = Self.json.bytes(of: self)
        let tag = EntityTag(hashing: body)
        let fields: ResponseFields = [.contentType: "application/json", .eTag: tag.description]
        return (Response(status: status, fields: fields, body: body), tag)
    }
}

/// Some SKUs in the order of their codes.
struct ProductPage: Sendable {
    var products: [ProductDocument]
    /// The last code, where there are more.
    var next: SKUCode?

    /// The most products of one page.
    static let maximum = 500

    static let json = JSONType<ProductPage>.object(
        "ProductPage", about: "SKUs in the order of their codes",
        .required("products", \.products, .array(of: ProductDocument.json, count: 0...maximum)),
        .optional(
            "next", \.next, .code(), about: "pass it as `after` to get the next page; absent: this is the last"),
        make: ProductPage.init)
}

/// What a SKU is to be; its code stands in the path.
struct ProductChange: Sendable {
    var name: Name
    var owner: OwnerCode
    var unit: BaseUnit
    var category: Category?
    var price: Price?

    /// The same as the catalog takes it.
    func entry(_ code: SKUCode) -> CatalogEntry {
        CatalogEntry(code: code, name: name, unit: unit, category: category, price: price)
    }

    static let json = JSONType<ProductChange>.object(
        "ProductChange", about: "what a SKU is to be",
        .required("name", \.name, .name, about: "what people call it"),
        .required("owner", \.owner, .code(), about: "who lists it, for ever"),
        .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count, for ever"),
        .optional(
            "category", \.category, .category,
            about: "absent: as it is. A new code makes a category; an operator's name for a known one renames it"),
        .optional("price", \.price, .price, about: "the list price; absent: as it is"),
        make: ProductChange.init)
}

extension JSONType where Value == Category {
    /// A group of products.
    static var category: Self {
        .object(
            "Category", about: "a group of products",
            .required("code", \.code, .code(), about: "its short name, for ever"),
            .required("name", \.name, .name, about: "what people call it"),
            make: Category.init(code:name:))
    }
}
