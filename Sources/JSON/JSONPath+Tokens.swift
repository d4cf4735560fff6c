extension JSONPath {
    /// The path to a token, found by walking down to it: only refusals pay for paths.
    init(to target: Int, in tokens: [JSONToken], of bytes: UnsafeBufferPointer<UInt8>) {
        self.init()
        var container = 0
        while container < target {
            guard let child = Self.child(of: container, around: target, in: tokens) else { return }
            steps.append(Self.step(to: child, in: container, tokens, bytes))
            // A key stands for its value.
            if tokens[container].kind == .object, child.token == target { return }
            container = tokens[container].kind == .object ? child.token + 1 : child.token
        }
    }

    /// The path to the place where scanning broke off, right after the last token.
    init(toBreakAfter tokens: [JSONToken], in bytes: UnsafeBufferPointer<UInt8>) {
        self.init()
        var container = 0
        while container < tokens.count, tokens[container].isOpen {
            guard let child = Self.child(of: container, around: tokens.count, in: tokens) else {
                // The break is in an element that has no token yet, or between two elements.
                let elements = Self.completeChildren(of: container, in: tokens)
                if tokens[container].kind == .array, Int(tokens[container].count) > elements {
                    steps.append(.element(elements))
                }
                return
            }
            steps.append(Self.step(to: child, in: container, tokens, bytes))
            container = tokens[container].kind == .object ? child.token + 1 : child.token
        }
    }

    private typealias Child = (token: Int, position: Int)

    /// The child that is or holds the token; of an object the key of that child.
    private static func child(of container: Int, around target: Int, in tokens: [JSONToken]) -> Child? {
        let isObject = tokens[container].kind == .object
        var child: Child = (container + 1, 0)
        while child.token < tokens.count {
            let value = isObject ? child.token + 1 : child.token
            let after = value < tokens.count && !tokens[value].isOpen ? Int(tokens[value].next) : Int.max
            if target < after { return child }
            child = (after, child.position + 1)
        }
        return nil
    }

    private static func completeChildren(of container: Int, in tokens: [JSONToken]) -> Int {
        var count = 0
        var child = container + 1
        while child < tokens.count {
            child = Int(tokens[child].next)
            count += 1
        }
        return count
    }

    private static func step(
        to child: Child, in container: Int, _ tokens: [JSONToken], _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Step {
        guard tokens[container].kind == .object else { return .element(child.position) }
        let key = tokens[child.token]
        let source = UnsafeBufferPointer(rebasing: bytes[Int(key.start)..<Int(key.end)])
        let text = key.kind == .escapedText ? JSONEscape.unescaped(source) : Array(source)
        return .member(readable(String(decoding: text, as: UTF8.self)))
    }

    /// A name from outside, fit for messages: bounded, and without characters that move the cursor or start a line.
    private static func readable(_ name: String) -> String {
        var text = String.UnicodeScalarView()
        for character in name.unicodeScalars.prefix(64) {
            switch character.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: text.append("\u{FFFD}")
            default: text.append(character)
            }
        }
        return String(text)
    }
}

extension JSONToken {
    /// A container whose closing bracket has not been reached.
    fileprivate var isOpen: Bool { (kind == .array || kind == .object) && end == start }
}
