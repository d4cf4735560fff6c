extension JSONReader {
    /// A member could not be read; why has been recorded.
    @usableFromInline
    struct Refused: Error {
        @inlinable init() {}
    }

    /// An object whose members are being read.
    @usableFromInline
    struct Opened: Sendable {
        let node: Node
        let firstSlot: Int
    }

    /// Finds the declared members of an object, and records unknown, read-only and repeated ones.
    ///
    /// Nil, with the problem recorded, if the value is no object. Every opened object is closed, the innermost first.
    @usableFromInline
    mutating func open(_ node: Node, _ names: JSONNames) -> Opened? {
        let token = tokens[node.index]
        guard token.kind == .object else {
            refuse(node, .wrongType, expected: "an object", found: describe(node))
            return nil
        }
        let firstSlot = slots.count
        slots.append(contentsOf: repeatElement(-1, count: names.count))
        var key = node.index + 1
        var hint = 0
        for _ in 0..<token.count {
            let member = index(of: tokens[key], in: names, hint: hint)
            if let member, slots[firstSlot + member] < 0 {
                slots[firstSlot + member] = Int32(key + 1)
                hint = member + 1
            } else {
                refuseMember(key, names, isRepeated: member != nil)
            }
            key = Int(tokens[key + 1].next)
        }
        return Opened(node: node, firstSlot: firstSlot)
    }

    /// Forgets the object that was opened last.
    @usableFromInline
    mutating func close(_ object: Opened) {
        slots.removeLast(slots.count - object.firstSlot)
    }

    /// The value of a declared member; nil if it is missing.
    @usableFromInline
    func member(_ index: Int, of object: Opened) -> Node? {
        let value = slots[object.firstSlot + index]
        return value < 0 ? nil : Node(index: Int(value))
    }

    private func index(of key: JSONToken, in names: JSONNames, hint: Int) -> Int? {
        if key.kind == .plainText { return names.index(of: source(of: key), hint: hint) }
        return JSONEscape.unescaped(source(of: key)).withUnsafeBufferPointer { names.index(of: $0, hint: hint) }
    }

    private mutating func refuseMember(_ key: Int, _ names: JSONNames, isRepeated: Bool) {
        let node = Node(index: key)
        if isRepeated {
            refuse(node, .duplicateKey, expected: JSONProblem.Code.duplicateKey.expected, found: "")
        } else if names.readOnly.contains(string(node)) {
            refuse(node, .readOnlyField, expected: JSONProblem.Code.readOnlyField.expected, found: "")
        } else {
            refuse(
                node, .unknownField, expected: "one of the fields \(names.names.joined(separator: ", "))",
                found: "an unknown one")
        }
    }
}
