extension JSONProblem {
    /// The kinds of problems; the raw values are part of the API and never change.
    public enum Code: String, Error, Sendable, Hashable, CaseIterable {
        // The document is no well-formed JSON.
        case tooLarge = "json_too_large"
        case tooDeep = "json_too_deep"
        case byteOrderMark = "json_byte_order_mark"
        case invalidUTF8 = "json_invalid_utf8"
        case invalidSyntax = "json_invalid_syntax"
        case unexpectedEnd = "json_unexpected_end"
        case trailingBytes = "json_trailing_bytes"
        case invalidNumber = "json_invalid_number"
        case numberOutOfRange = "json_number_out_of_range"
        case invalidEscape = "json_invalid_escape"
        case loneSurrogate = "json_lone_surrogate"
        case nulCharacter = "json_nul_character"
        case controlCharacter = "json_control_character"
        case duplicateKey = "json_duplicate_key"
        // It is, but not what was declared.
        case missingField = "missing_field"
        case unknownField = "unknown_field"
        case readOnlyField = "read_only_field"
        case wrongType = "wrong_type"
        case notAnInteger = "not_an_integer"
        case outOfRange = "out_of_range"
        case wrongLength = "wrong_length"
        case wrongFormat = "wrong_format"
        case notAChoice = "not_a_choice"
        case wrongCount = "wrong_count"

        /// Whether the document is no well-formed JSON at all.
        public var isMalformed: Bool { rawValue.hasPrefix("json_") }

        /// The problem in a few words.
        public var summary: String { text.summary }

        /// What would be right, when that does not depend on the declaration.
        var expected: String { text.expected }

        private var text: (summary: String, expected: String) {
            switch self {
            case .tooLarge: ("document too large", "a smaller document")
            case .tooDeep: ("nested too deeply", "fewer arrays and objects inside each other")
            case .byteOrderMark: ("byte order mark", "UTF-8 that starts with the value")
            case .invalidUTF8: ("invalid UTF-8", "text in UTF-8")
            case .invalidSyntax: ("invalid JSON", "JSON by RFC 8259")
            case .unexpectedEnd: ("document cut short", "the rest of the document")
            case .trailingBytes: ("more after the value", "the end of the document")
            case .invalidNumber: ("invalid number", "digits without leading zeros, sign plus or NaN")
            case .numberOutOfRange: ("number out of range", "a shorter or smaller number")
            case .invalidEscape: ("invalid escape", #"one of \" \\ \/ \b \f \n \r \t \uXXXX"#)
            case .loneSurrogate: ("lone surrogate", "a whole character, as two \\u escapes if need be")
            case .nulCharacter: ("NUL character", "text without U+0000")
            case .controlCharacter: ("control character in a string", "an escape such as \\n")
            case .duplicateKey: ("name given twice", "each name once")
            case .missingField: ("field missing", "present")
            case .unknownField: ("unknown field", "a known field")
            case .readOnlyField: ("read-only field", "left out: the server sets this field")
            case .wrongType: ("wrong type", "another type")
            case .notAnInteger: ("not an integer", "an integer without fraction or exponent")
            case .outOfRange: ("out of range", "within range")
            case .wrongLength: ("wrong length", "of another length")
            case .wrongFormat: ("wrong format", "in another format")
            case .notAChoice: ("not one of the choices", "one of the choices")
            case .wrongCount: ("wrong number of elements", "another number of elements")
            }
        }
    }
}
