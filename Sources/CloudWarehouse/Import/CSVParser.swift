/// Splits text into rows and fields by RFC 4180: quotes, doubled quotes, line breaks in quotes; CRLF or LF.
///
/// A pure state machine over chunks of UTF-8, cut anywhere, that holds one row at a time.
struct CSVParser {
    /// What a row turned out to be.
    enum Event: Hashable {
        case record(CSVRecord)
        /// The row cannot be split; parsing goes on after it.
        case malformed(line: Int, ImportProblem.Reason)
    }

    private enum State {
        case fieldStart, plain, quoted
        /// After a quote within quotes: the end of the field, or one half of a doubled quote.
        case quoteInQuotes
        /// After an = at the start of a field.
        case leadingEquals
        /// In `="123`: text that a back office writes as a formula, so that a spreadsheet keeps its digits.
        case formulaText
        /// After the quote that ends it.
        case formulaEnd
        /// After a CR outside of quotes: only LF may follow.
        case carriageReturn
        /// In a row that cannot be split, up to the next line break.
        case skipping
    }

    private let limits: ImportLimits
    private var state = State.fieldStart
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// The line that is being read.
    private(set) var line = 1
    private var recordLine = 1
    /// The row grew beyond the limits: the file cannot be split any further.
    private(set) var isExhausted = false

    init(limits: ImportLimits) {
        self.limits = limits
    }

    /// Takes the next text and gives the rows that it completes.
    mutating func parse(_ text: [UInt8]) -> [Event] {
        var events: [Event] = []
        for byte in text where !isExhausted {
            if byte == UInt8(ascii: "\n") { line += 1 }
            if let event = step(byte) { events.append(event) }
        }
        return events
    }

    /// Takes the end of the file and gives the last row, if it has no line break after it.
    mutating func finish() -> Event? {
        switch state {
        case .fieldStart where ends.isEmpty, .skipping: nil
        case .quoted: malformed(.unterminatedQuote)
        case .carriageReturn: malformed(.bareCarriageReturn)
        case .formulaText: malformed(.strayQuote)
        case .fieldStart, .plain, .quoteInQuotes, .leadingEquals, .formulaEnd: endRecord()
        }
    }

    private mutating func step(_ byte: UInt8) -> Event? {
        switch state {
        case .fieldStart:
            if byte == UInt8(ascii: "\"") {
                state = .quoted
                return nil
            }
            if byte == UInt8(ascii: "=") {
                state = .leadingEquals
                return append(byte)
            }
            return plain(byte)
        case .leadingEquals:
            guard byte == UInt8(ascii: "\"") else { return plain(byte) }
            state = .formulaText
            return append(byte)
        case .formulaText:
            switch byte {
            case UInt8(ascii: "\""): state = .formulaEnd
            // Spreadsheets end the field here: its quotes are none to them.
            case UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return strayQuote(at: byte)
            default: break
            }
            return append(byte)
        case .formulaEnd:
            return byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
                ? plain(byte) : strayQuote(at: byte)
        case .plain:
            return byte == UInt8(ascii: "\"") ? malformed(.strayQuote) : plain(byte)
        case .quoted:
            if byte == UInt8(ascii: "\"") {
                state = .quoteInQuotes
                return nil
            }
            return append(byte)
        case .quoteInQuotes:
            if byte == UInt8(ascii: "\"") {
                state = .quoted
                return append(byte)
            }
            return afterQuotes(byte)
        case .carriageReturn:
            return byte == UInt8(ascii: "\n") ? endRecord() : malformed(.bareCarriageReturn)
        case .skipping:
            if byte == UInt8(ascii: "\n") { startRecord() }
            return nil
        }
    }

    private mutating func plain(_ byte: UInt8) -> Event? {
        switch byte {
        case UInt8(ascii: ","): return endField()
        case UInt8(ascii: "\n"): return endRecord()
        case UInt8(ascii: "\r"): state = .carriageReturn
        default:
            state = .plain
            return append(byte)
        }
        return nil
    }

    private mutating func afterQuotes(_ byte: UInt8) -> Event? {
        switch byte {
        case UInt8(ascii: ","): return endField()
        case UInt8(ascii: "\n"): return endRecord()
        case UInt8(ascii: "\r"): state = .carriageReturn
        case UInt8(ascii: ";") where ends.isEmpty: return malformed(.otherSeparator(.semicolon))
        case UInt8(ascii: "\t") where ends.isEmpty: return malformed(.otherSeparator(.tab))
        default: return malformed(.strayQuote)
        }
        return nil
    }

    private mutating func append(_ byte: UInt8) -> Event? {
        guard bytes.count < limits.rowBytes else { return exhausted() }
        bytes.append(byte)
        return nil
    }

    private mutating func endField() -> Event? {
        guard ends.count < limits.fields else { return exhausted() }
        ends.append(bytes.count)
        state = .fieldStart
        return nil
    }

    private mutating func endRecord() -> Event? {
        guard ends.count < limits.fields else { return exhausted() }
        ends.append(bytes.count)
        let record = CSVRecord(line: recordLine, bytes: bytes, ends: ends)
        startRecord()
        return .record(record)
    }

    private mutating func startRecord() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        recordLine = line
        state = .fieldStart
    }

    /// Refuses the row, which ends here when `byte` is a line break.
    private mutating func strayQuote(at byte: UInt8) -> Event {
        let event = malformed(.strayQuote)
        if byte == UInt8(ascii: "\n") { startRecord() }
        return event
    }

    private mutating func malformed(_ reason: ImportProblem.Reason) -> Event {
        state = .skipping
        return .malformed(line: recordLine, reason)
    }

    private mutating func exhausted() -> Event {
        // Within quotes, the likeliest cause is a quote that nothing closes.
        let reason: ImportProblem.Reason = state == .quoted ? .unterminatedQuote : .rowTooLarge
        isExhausted = true
        return malformed(reason)
    }
}
