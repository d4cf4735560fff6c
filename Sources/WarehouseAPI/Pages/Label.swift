internal import CloudWarehouse
internal import QRCode

/// A label: a code for scanners, and the same for people. The stylesheet lays it out for each paper.
struct Label: Sendable {
    /// What a scanner reads.
    let code: String
    /// What people read from afar.
    let title: String
    let lines: [String]
    /// What is only looked at up close.
    let small: String

    /// The label on that paper.
    func markup(on paper: LabelPaper) -> HTML {
        // Codes are bounded, so that each fits into a QR code.
        guard let drawing = QRCode(code) else { return .empty }
        let side = drawing.size + 2 * QRCode.margin
        return """
            <section class="label \(paper.look)"><svg role="img" aria-label="\(code)" viewBox="0 0 \(side) \(side)" \
            shape-rendering="crispEdges"><path d="\(drawing.path)"/></svg>\
            <div><strong class="\(look)">\(title)</strong>\(lines.map { line -> HTML in "<p>\(line)</p>" })\
            <p><small>\(small)</small></p></div></section>

            """
    }

    /// How large the title is: each size is as wide as the paper at most, but for the last ones, which take several lines.
    private var look: String {
        // A Chinese character is twice as wide as a letter.
        let width = title.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) }
        return switch width {
        case ...5: "brief"
        case ...7: "short"
        case ...10: "medium"
        case ...48: "long"
        default: "longest"
        }
    }

    /// The label of a location. `LOC`, its warehouse and its code stand in the code, with spaces between, which no code has.
    init(of location: Location, in warehouse: Warehouse, _ language: PageLanguage) {
        let terms = location.terms
        code = "LOC \(warehouse.code) \(location.code)"
        title = location.code.rawValue
        let zone = terms.zone.map { PageText(en: "Zone \($0)", zh: "库区 \($0)")[language] }
        let kinds = "\(terms.purpose.title[language]) · \(terms.storageClass.title[language])"
        lines = [warehouse.name.rawValue, zone, kinds].compactMap { $0 }
        small = warehouse.code.rawValue
    }

    /// The label of a lot. `LOT` and its id stand in the code.
    init(of line: InboundLine, _ reference: ReceiptReference, _ language: PageLanguage) {
        code = "LOT \(line.lot)"
        title = line.name.rawValue
        let harvested = line.harvestedOn.map { PageText(en: "Harvested \($0)", zh: "采收 \($0)")[language] }
        let expires = line.expiresOn.map { PageText(en: "Good until \($0)", zh: "保质期到 \($0)")[language] }
        let grade = line.grade.map { PageText(en: "Grade \($0.rawValue)", zh: "等级 \($0.rawValue)")[language] }
        lines = ["\(line.sku) · \(line.owner)", harvested, expires, grade].compactMap { $0 }
        small = "\(reference.rawValue) · \(line.lot)"
    }
}

extension LocationPurpose {
    /// What people call it.
    fileprivate var title: PageText {
        switch self {
        case .storage: PageText(en: "storage", zh: "存储")
        case .receiving: PageText(en: "receiving", zh: "收货")
        case .packing: PageText(en: "packing", zh: "打包")
        }
    }
}

extension StorageClass {
    /// What people call it.
    fileprivate var title: PageText {
        switch self {
        case .ambient: PageText(en: "ambient", zh: "常温")
        case .chilled: PageText(en: "chilled", zh: "冷藏")
        case .frozen: PageText(en: "frozen", zh: "冷冻")
        }
    }
}
