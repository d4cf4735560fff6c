/// One cell as the sheet writes it, before it is known what it means.
struct CellContent {
    /// How its value is written.
    enum Kind: String {
        case number = "n"
        case sharedText = "s"
        case inlineText = "inlineStr"
        case formulaText = "str"
        case boolean = "b"
        case error = "e"
        /// ISO 8601, in the strict form.
        case day = "d"
    }

    let reference: CellReference
    let kind: Kind
    let style: Int
    let hasFormula: Bool
    /// Its value, or its inline text.
    let text: String

    /// What it means; nil for what no workbook holds.
    func cell(texts: SharedTexts, moments: [MomentFormat?], epoch: SerialMoment.Epoch) -> SpreadsheetCell? {
        switch kind {
        case .inlineText: return text.isEmpty ? .empty : .text(text)
        case .formulaText: return hasFormula && text.isEmpty ? .empty : .text(text)
        case _ where text.isEmpty: return hasFormula ? fault(.notComputed) : .empty
        case .sharedText:
            guard let shared = Int(text).flatMap({ texts[$0] }) else { return nil }
            return shared.isEmpty ? .empty : .text(shared)
        case .boolean:
            switch text {
            case "1", "true": return .boolean(true)
            case "0", "false": return .boolean(false)
            default: return nil
            }
        case .error: return fault(.error)
        case .day: return .moment(Self.spaced(text))
        case .number:
            guard let number = NumberText(text) else { return nil }
            return cell(number, format: moments.indices.contains(style) ? moments[style] : nil, epoch: epoch)
        }
    }

    private func cell(_ number: NumberText, format: MomentFormat?, epoch: SerialMoment.Epoch) -> SpreadsheetCell {
        if let format {
            guard let moment = SerialMoment(number, from: epoch)?.text(format) else { return fault(.noSuchDate) }
            return .moment(moment)
        }
        return number.isBeyondDigits ? fault(.roundedNumber) : .number(number.text)
    }

    private func fault(_ kind: CellFault.Kind) -> SpreadsheetCell {
        .fault(CellFault(reference: reference.text, kind: kind, text: text))
    }

    /// `2026-11-23T16:09:10` with a space; midnight is the day alone.
    private static func spaced(_ text: String) -> String {
        let text = text.replacing("T00:00:00", with: "")
        return (text.hasSuffix("Z") ? String(text.dropLast()) : text).replacing("T", with: " ")
    }
}
