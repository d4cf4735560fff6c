/// Where in a list each SKU stands: of a short list it is looked for, which costs less than an index and allocates nothing.
struct SKUPlaces {
    private let isLong: Bool
    private var places: [ID<SKU>: Int] = [:]

    /// - Parameter lines: How many lines the list is made from.
    init(lines: Int) {
        isLong = lines > 16
    }

    /// A SKU that the list has not had gets this place in it.
    mutating func add(_ sku: ID<SKU>, at place: Int) {
        if isLong { places[sku] = place }
    }

    /// The place of the SKU in the list.
    func place<Element>(of sku: ID<SKU>, among list: [Element], _ id: (Element) -> ID<SKU>) -> Int? {
        isLong ? places[sku] : list.firstIndex { id($0) == sku }
    }
}
