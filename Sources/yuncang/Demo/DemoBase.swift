internal import CloudWarehouse
internal import Postgres

/// What a base is filled with to be looked at: places, owners, what they list, and one delivery of each.
struct DemoBase: Sendable {
    /// Whose goods they are, with what they list.
    struct Grower: Sendable {
        let code: String
        let name: String
        let kind: Owner.Kind
        let goods: [Goods]
    }

    /// One SKU and the delivery of it that has come in.
    struct Goods: Sendable {
        let code: String
        let name: String
        let unit: BaseUnit
        let category: (code: String, name: String)
        /// As people write it: `39.9/件`.
        let price: String
        /// As people write it: `400件`.
        let delivered: String
        let location: String
        let grade: String?
        /// How many days ago it was harvested; nil for what is packed.
        let harvestedDaysAgo: Int?
        /// For how many days it keeps, from the day of the delivery.
        let keepsDays: Int?
    }

    let warehouse: (code: String, name: String)
    let locations: [(code: String, storage: StorageClass, purpose: LocationPurpose)]
    let growers: [Grower]
}

extension DemoBase {
    /// The 37-degree cloud warehouse of Tianzhen, its cooperatives and growers.
    static let tianzhen = DemoBase(
        warehouse: ("main", "田镇主仓"),
        locations: [
            ("A-01", .ambient, .storage), ("A-02", .ambient, .storage), ("C-01", .chilled, .storage),
            ("F-01", .frozen, .storage), ("P-01", .ambient, .packing),
        ],
        growers: [
            Grower(
                code: "jintianyuan", name: "金田园合作社", kind: .cooperative,
                goods: [
                    Goods(
                        "lusun-1jin", "鲜芦笋 500克(份)", .piece, vegetables, "19.9/件", "600件", "C-01", grade: "一级",
                        harvested: 0, keeps: 6),
                    Goods(
                        "yutou-5jin", "荔浦芋头 5斤(袋)", .piece, vegetables, "29.9/件", "350件", "A-01", grade: "一级",
                        harvested: 3, keeps: 25),
                ]),
            Grower(
                code: "taisun", name: "台孙金蝉", kind: .cooperative,
                goods: [
                    Goods(
                        "jinchan-500g", "台孙金蝉 速冻500克(盒)", .piece, specialities, "88/件", "240件", "F-01", grade: nil,
                        harvested: nil, keeps: 300)
                ]),
            Grower(
                code: "yimaqiao", name: "伊马乔大棚甜瓜", kind: .cooperative,
                goods: [
                    Goods(
                        "tiangua-5jin", "伊马乔大棚甜瓜 5斤(盒)", .piece, fruit, "39.9/件", "1000件", "C-01", grade: "特级",
                        harvested: 1, keeps: 9),
                    Goods(
                        "tiangua-san", "伊马乔大棚甜瓜 散装", .gram, fruit, "8.8/500g", "800kg", "C-01", grade: "二级",
                        harvested: 1, keeps: 7),
                    Goods(
                        "suli-10jin", "酥梨 10斤(盒)", .piece, fruit, "45/件", "420件", "A-02", grade: "一级", harvested: 12,
                        keeps: 40),
                ]),
            Grower(
                code: "pingan", name: "平安五彩早稻", kind: .cooperative,
                goods: [
                    Goods(
                        "zaodao-5kg", "平安五彩早稻米 5千克(袋)", .piece, grain, "69/件", "500件", "A-01", grade: nil,
                        harvested: 90, keeps: 365),
                    Goods(
                        "zaodao-san", "平安五彩早稻米 散装", .gram, grain, "6.5/500g", "2000kg", "A-01", grade: nil,
                        harvested: 90, keeps: 180),
                ]),
            Grower(
                code: "junye", name: "田镇菌业", kind: .cooperative,
                goods: [
                    Goods(
                        "pinggu-500g", "鲜平菇 500克(袋)", .piece, mushrooms, "9.9/件", "800件", "C-01", grade: "一级",
                        harvested: 0, keeps: 4)
                ]),
            Grower(
                code: "tianyi", name: "田邑上品", kind: .brand,
                goods: [
                    Goods(
                        "lihe-6", "田邑上品 农副产品6件套(盒)", .piece, gifts, "168/件", "200件", "A-02", grade: nil,
                        harvested: nil, keeps: 60)
                ]),
        ])

    private static let vegetables = (code: "vegetables", name: "蔬菜")
    private static let fruit = (code: "fruit", name: "瓜果")
    private static let grain = (code: "grain", name: "粮食")
    private static let mushrooms = (code: "mushrooms", name: "食用菌")
    private static let specialities = (code: "specialities", name: "特产")
    private static let gifts = (code: "gifts", name: "礼盒")
}

extension DemoBase.Goods {
    fileprivate init(
        _ code: String, _ name: String, _ unit: BaseUnit, _ category: (code: String, name: String), _ price: String,
        _ delivered: String, _ location: String, grade: String?, harvested: Int?, keeps: Int?
    ) {
        self.code = code
        self.name = name
        self.unit = unit
        self.category = category
        self.price = price
        self.delivered = delivered
        self.location = location
        self.grade = grade
        harvestedDaysAgo = harvested
        keepsDays = keeps
    }
}
