/// Where in a document a value stands: the steps from the outermost value to it.
public struct JSONPath: Sendable, Hashable {
    /// One step down.
    public enum Step: Sendable, Hashable {
        /// Into the member of an object, by its name.
        case member(String)
        /// Into the element of an array, counted from 0.
        case element(Int)
    }

    /// From the outside in; empty for the whole document.
    public var steps: [Step]

    /// A path from its steps.
    public init(_ steps: [Step] = []) {
        self.steps = steps
    }

    /// The path as a JSON Pointer (RFC 6901): `/lines/3/quantity`.
    public var pointer: String {
        steps.reduce(into: "") { text, step in
            text += "/"
            switch step {
            case .element(let index):
                text += String(index)
            case .member(let name):
                for character in name.unicodeScalars {
                    switch character {
                    case "~": text += "~0"
                    case "/": text += "~1"
                    default: text.unicodeScalars.append(character)
                    }
                }
            }
        }
    }
}

extension JSONPath: CustomStringConvertible {
    /// The path as people read it: `lines[3].quantity`; empty for the whole document.
    public var description: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .element(let index): text += "[\(index)]"
            case .member(let name): text += text.isEmpty ? name : ".\(name)"
            }
        }
    }
}
