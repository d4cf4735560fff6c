/// Which parts belong to a part, and by what names it calls them.
final class Relationships: XMLHandler {
    /// One of them.
    struct Relationship: Hashable {
        let id: String
        /// The last word of what it is, such as `worksheet`: the address before it has a usual and a strict form.
        let kind: String
        /// The name of the part.
        let part: String
    }

    private let folder: [Substring]
    private let limits: WorkbookLimits
    private(set) var all: [Relationship] = []

    /// Those of the part of that name; empty for the archive's own.
    init(of part: String, limits: WorkbookLimits) {
        folder = part.split(separator: "/").dropLast()
        self.limits = limits
    }

    /// Where the relationships of a part stand.
    static func part(of part: String) -> String {
        let names = part.split(separator: "/")
        return (names.dropLast() + ["_rels", (names.last ?? "") + ".rels"]).joined(separator: "/")
    }

    /// The first of that kind.
    func first(_ kind: String) -> Relationship? { all.first { $0.kind == kind } }

    func begin(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        guard name.vocabulary == .relationships, name.local == "Relationship",
            attributes["TargetMode"] != "External", let id = attributes["Id"], let type = attributes["Type"],
            let target = attributes["Target"]
        else { return }
        guard all.count < limits.entries else { throw .tooLarge(.entries, atMost: limits.entries) }
        all.append(
            Relationship(id: id, kind: String(type.split(separator: "/").last ?? ""), part: resolved(target)))
    }

    /// The part that a relative or absolute target names.
    private func resolved(_ target: String) -> String {
        var names = target.hasPrefix("/") ? [] : folder
        for name in target.split(separator: "/") {
            switch name {
            case ".": continue
            case "..": _ = names.popLast()
            default: names.append(name)
            }
        }
        return names.joined(separator: "/")
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end(_ name: XMLName) {}
}
