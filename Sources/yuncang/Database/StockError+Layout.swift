internal import CloudWarehouse

extension StockError {
    /// Why a warehouse's layout stays as it is, or takes nothing.
    var layoutFailure: CommandFailure {
        switch self {
        case .unknownZone(let warehouse, let zone):
            CommandFailure(
                .failure,
                what: Text(en: "warehouse '\(warehouse)' has no zone '\(zone)'", zh: "仓库“\(warehouse)”没有库区“\(zone)”"),
                next: [Self.zones(of: warehouse)])
        case .closedLocation(let warehouse, let location):
            CommandFailure(
                .failure,
                what: Text(
                    en: "location '\(location)' is closed: nothing is put there", zh: "库位“\(location)”已停用：不能再放货"),
                next: [
                    NextStep(
                        command:
                            "yuncang location open \(ShellWord.quoted(location.rawValue)) --warehouse \(ShellWord.quoted(warehouse.rawValue))",
                        purpose: Text(en: "use it again", zh: "重新启用"))
                ])
        case .closedZone(let warehouse, let zone):
            CommandFailure(
                .failure,
                what: Text(en: "zone '\(zone)' is closed: no location comes into it", zh: "库区“\(zone)”已停用：不能再放入库位"),
                next: [Self.zones(of: warehouse)])
        case .locationInUse(_, let location, let lots):
            CommandFailure(
                .failure,
                what: Text(
                    en:
                        "location '\(location)' is not empty: something of \(Text.count(Int(lots), "lot")) stands there",
                    zh: "库位“\(location)”不是空的：还有 \(lots) 个批次的货"),
                remedy: Text(en: "move the goods away first", zh: "请先把货移走"),
                next: [
                    NextStep(command: "yuncang stock lots", purpose: Text(en: "what stands where", zh: "查看货在哪里"))
                ])
        case .zoneInUse(let warehouse, let zone, let locations):
            CommandFailure(
                .failure,
                what: Text(
                    en: "zone '\(zone)' is not empty; open locations in it: \(locations)",
                    zh: "库区“\(zone)”里还有 \(locations) 个在用的库位"),
                remedy: Text(en: "close or move its locations first", zh: "请先停用或移走这些库位"),
                next: [
                    NextStep(
                        command: "yuncang location list --warehouse \(ShellWord.quoted(warehouse.rawValue))",
                        purpose: Text(en: "the locations that there are", zh: "查看现有的库位"))
                ])
        default: preconditionFailure("no matter of the layout: \(self)")
        }
    }

    private static func zones(of warehouse: WarehouseCode) -> NextStep {
        NextStep(
            command: "yuncang zone list --warehouse \(ShellWord.quoted(warehouse.rawValue))",
            purpose: Text(en: "the zones that there are", zh: "查看现有的库区"))
    }
}
