import Testing

@testable import CloudWarehouse
@testable import EventLoop
@testable import HTTPServer
@testable import Postgres
@testable import yuncang

/// Every error that a command can meet, in Chinese: an English sentence in it is somebody's forgotten one.
///
/// Each walk is a switch over all cases that leads from one to the next, so that a new case does not compile until it has
/// its place in a walk.
@Suite("Every error in both languages")
struct EveryErrorTests {
    /// All values of a walk from the first to the last.
    private static func walk<Value>(_ next: (Value?) -> Value?) -> [Value] {
        var values: [Value] = []
        while let value = next(values.last), values.count < 100 { values.append(value) }
        return values
    }

    /// What is left of a Chinese text without what is not yuncang's own wording: quoted words of others, commands, SQL.
    private static func ownWords(_ text: String) -> String {
        var text = text
        for pattern in [
            try! Regex("原文：[^，。]*"), try! Regex("yuncang( [a-z-]+)*"), try! Regex("(CREATE|GRANT) [^。，；）]*"),
            try! Regex(#"echo [^。]*"#),
        ] {
            text = text.replacing(pattern, with: "")
        }
        return text
    }

    private static func expectChinese(_ text: Text, _ about: String, isSentence: Bool = true) {
        #expect(!text.en.isEmpty && !text.zh.isEmpty, "\(about)")
        let own = ownWords(text.zh)
        let english = own.firstMatch(of: try! Regex("[A-Za-z']+ [a-z']+ [a-z']+"))
        #expect(english == nil, "\(about): \(text.zh)")
        if isSentence {
            #expect(text.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(about): \(text.zh)")
        }
    }

    private static func expectChinese(_ failure: CommandFailure) {
        let about = failure.what.en
        expectChinese(failure.what, about)
        if let why = failure.why ?? failure.detailLines { expectChinese(why, about, isSentence: false) }
        if let remedy = failure.remedy { expectChinese(remedy, about) }
        for step in failure.next { expectChinese(step.purpose, about) }
        for detail in failure.details { expectChinese(detail.located, about) }
    }

    @Test("every broken rule")
    func invalidValues() {
        let values = Self.walk(InvalidValue.after)
        #expect(values.count > 40 && Set(values).count == values.count)
        for value in values { Self.expectChinese(value.text, "\(value)") }
        #expect(InvalidValue.inLine(3, .code).text.zh == "第 3 行：编码是 1 到 64 个可打印的 ASCII 字符，不含空格")
    }

    @Test("every problem of a sheet, with and without a column")
    func importProblems() {
        let reasons = Self.walk(ImportProblem.Reason.after)
        let codes = Set(reasons.map { ImportProblem($0, line: 1, column: nil).code })
        #expect(codes == Set(ImportProblem.Code.allCases))
        for reason in reasons {
            for column in [nil, "销量(千克)"] {
                Self.expectChinese(FailureDetail(ImportProblem(reason, line: 812, column: column)).located, "\(reason)")
            }
        }
        let located = FailureDetail(ImportProblem(.emptyField, line: 812, column: "销量")).located
        #expect(located.zh == "第 812 行，列 销量：单元格为空" && located.en == "line 812, column 销量: the cell is empty")
    }

    @Test("every refusal of the catalog, the stock and the orders")
    func domain() {
        var failures = Self.walk(CatalogError.after).map(\.commandFailure)
        failures += Self.walk(StockError.after).map(\.commandFailure)
        failures += Self.walk(IntakeError.after).map(\.commandFailure)
        failures += Self.walk(OrdersError.after).map(\.commandFailure)
        failures += Self.walk(TokenError.after).map(\.commandFailure)
        failures += Self.walk(SignInError.after).map(\.commandFailure)
        failures += Self.walk(MappingError.after).map(\.commandFailure)
        failures += Self.walk(ShipmentError.after).map(\.commandFailure)
        failures += Self.walk(AdjustmentRefusal.after).map(\.commandFailure)
        failures += Self.walk(InboundRefusal.after).map(\.commandFailure)
        failures += Self.walk(LoadingRefusal.after).map(\.commandFailure)
        for state in LoadingState.allCases { Self.expectChinese(state.word, "\(state)") }
        for event in LoadingEvent.allCases { Self.expectChinese(event.word, "\(event)") }
        for kind in LoadingKind.allCases { Self.expectChinese(kind.word, "\(kind)") }
        for employment in LoadingWorker.Employment.allCases { Self.expectChinese(employment.word, "\(employment)") }
        failures += Self.walk(TransferRefusal.after).map(\.commandFailure)
        failures += Self.walk(StockCountRefusal.after).map(\.commandFailure)
        failures += Self.fulfilment()
        for state in InboundState.allCases { Self.expectChinese(state.word, "\(state)") }
        for reason in RejectionReason.allCases { Self.expectChinese(reason.word, "\(reason)") }
        failures += Self.walk(SetRefusal.after).map(\.commandFailure)
        failures += Self.walk(SourcingError.after).map(\.commandFailure)
        failures += Self.walk(OrderRefusal.after).map { $0.commandFailure() }
        for state in OrderState.allCases {
            let refusals = Self.walk { OrderChangeRefusal.after($0, in: state) }
            failures += refusals.map { OrderRefusal.stays($0).commandFailure() }
            Self.expectChinese(state.words, "\(state)")
        }
        for criterion in SourcingCriterion.allCases { Self.expectChinese(criterion.words, "\(criterion)") }
        for claim in ClaimState.allCases { Self.expectChinese(claim.words, "\(claim)") }
        #expect(failures.count > 90)
        for failure in failures { Self.expectChinese(failure) }
        for refusal in Self.walk(OrderRefusal.after) {
            Self.expectChinese(refusal.detail(of: .sample, line: 3, in: [:]).located, "\(refusal)")
        }
        let key = OrderKey(source: .sample, reference: .sample)
        for outcome in [ShipmentOutcome.unknownOrder, .refundLocked]
            + OrderState.allCases.map(ShipmentOutcome.notToBeSent)
        {
            if let detail = outcome.refusal(of: key) { Self.expectChinese(detail.located, "\(outcome)") }
        }
        for problem in Self.walk(CatalogProblem.after) { Self.expectChinese(problem.text, "\(problem)") }
        for failure in Self.walk(ColumnMapping<CatalogSheet.Column>.Failure.after) {
            Self.expectChinese(failure.text, "\(failure)")
        }
    }

    private static func fulfilment() -> [CommandFailure] {
        for state in WaveState.allCases { expectChinese(state.word, "\(state)") }
        for state in ParcelState.allCases { expectChinese(state.word, "\(state)") }
        for kind in Wave.Kind.allCases { expectChinese(kind.word, "\(kind)") }
        for refusal in walk(ParcelRefusal.after) { expectChinese(refusal.words, "\(refusal)") }
        return walk(FulfilmentError.after).map(\.commandFailure) + walk(WaveRefusal.after).map(\.commandFailure)
            + walk(PickRefusal.after).map(\.commandFailure)
    }

    @Test("every failure of the installation, the database, files and the service")
    func underneath() {
        var failures = Self.walk(InstallationError.after).map(\.commandFailure)
        failures += Self.walk(MigrationFailure.after).map { $0.commandFailure(in: "base_x") }
        failures += Self.walk(PostgresError.after).map(\.commandFailure)
        failures += Self.walk(ConnectFailure.Kind.after).map {
            ConnectFailure(kind: $0, message: "no such host is known")
        }
        .map(\.commandFailure)
        failures += Self.walk(BaseChoice.Refusal.after).map(\.commandFailure)
        failures += Self.walk(HTTPServerError.after).map(\.commandFailure)
        failures += Self.walk(ServiceConnection.Failure.after).map(\.commandFailure)
        failures += [2, 13, 21, 28, 71].map { SheetFile.Failure(path: "/x", code: $0).commandFailure }
        failures += [CommandFailure(CancellationError()), CommandFailure(Unforeseen())]
        #expect(failures.count > 35)
        for failure in failures { Self.expectChinese(failure) }
        for failure in Self.walk(SmallFile.Failure.after) { Self.expectChinese(failure.text, "\(failure)") }
    }

    private struct Unforeseen: Error {}
}
