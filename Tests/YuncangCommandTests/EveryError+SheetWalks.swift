import Postgres
import Spreadsheet

@testable import CloudWarehouse
@testable import yuncang

// The walks of what is wrong with files, and with what comes of them.

extension ImportProblem.Reason {
    static func after(_ reason: Self?) -> Self? {
        switch reason {
        case nil: .wrongEncoding(.utf8)
        case .wrongEncoding: .unsupportedEncoding(.gb18030)
        case .unsupportedEncoding: .otherFormat(.workbook)
        case .otherFormat(.workbook): .otherFormat(.oldWorkbook)
        case .otherFormat(.oldWorkbook): .otherFormat(.utf16)
        case .otherFormat(.utf16): .otherFormat(.html)
        case .otherFormat(.html): .otherSeparator(.semicolon)
        case .otherSeparator(.semicolon): .otherSeparator(.tab)
        case .otherSeparator(.tab): .otherSeparator(.wideComma)
        case .otherSeparator(.wideComma): .unterminatedQuote
        case .unterminatedQuote: .strayQuote
        case .strayQuote: .bareCarriageReturn
        case .bareCarriageReturn: .rowTooLarge
        case .rowTooLarge: .tooManyRows(atMost: 9)
        case .tooManyRows: .fileTooLarge(bytesAtMost: 9)
        case .fileTooLarge: .emptyFile
        case .emptyFile: .unreadableWorkbook(.damaged)
        case .unreadableWorkbook(let error):
            WorkbookError.after(error).map { .unreadableWorkbook($0) }
                ?? .unreadableCell(CellFault(reference: "C7", kind: .roundedNumber, text: "1E+17"))
        case .unreadableCell(let fault):
            CellFault.Kind.after(fault.kind).map { .unreadableCell(CellFault(reference: "C7", kind: $0, text: "#N/A")) }
                ?? .missingColumn(option: "name", headings: ["编号", "b"])
        case .missingColumn: .repeatedColumn
        case .repeatedColumn: .wrongFieldCount(3, due: 4)
        case .wrongFieldCount: .cutShort(fields: 3, due: 4)
        case .cutShort: .cutWithinCharacter
        case .cutWithinCharacter: .emptyField
        case .emptyField: .mangledCode
        case .mangledCode: .repeatedCode(firstLine: 2)
        case .repeatedCode: .unknownCode(.sample)
        case .unknownCode: .differs(firstLine: 2)
        case .differs: .spoilt(byLine: 3)
        case .spoilt: .invalid(.price)
        case .invalid: nil
        }
    }
}

extension WorkbookError {
    static func after(_ error: Self) -> Self? {
        switch error {
        case .damaged: .unreadable(code: 13)
        case .unreadable: .notAWorkbook
        case .notAWorkbook: .binaryWorkbook
        case .binaryWorkbook: .encrypted
        case .encrypted: .otherCompression
        case .otherCompression: .documentType
        case .documentType: .tooLarge(Bound.allCases[0], atMost: 9)
        case .tooLarge(let bound, _):
            Bound.allCases.dropFirst(Bound.allCases.firstIndex(of: bound)! + 1).first.map { .tooLarge($0, atMost: 9) }
                ?? .noSheet
        case .noSheet: .unknownSheet("x", names: ["表一", "表二"])
        case .unknownSheet: .notASheetOfCells("图")
        case .notASheetOfCells: nil
        }
    }
}

extension CellFault.Kind {
    static func after(_ kind: Self) -> Self? {
        switch kind {
        case .roundedNumber: .error
        case .error: .notComputed
        case .notComputed: .noSuchDate
        case .noSuchDate: nil
        }
    }
}

extension MappingError {
    static func after(_ error: Self?) -> Self? {
        switch error {
        case nil: .unknownMapping(SheetMapping.Key(source: .sample, kind: .orders))
        case .unknownMapping: .database(.deadlineExceeded)
        case .database: nil
        }
    }
}

extension ShipmentError {
    static func after(_ error: Self?) -> Self? {
        switch error {
        case nil: .unknownOrder
        case .unknownOrder: .unknownShipment
        case .unknownShipment: .notWritten
        case .notWritten: .database(.deadlineExceeded)
        case .database: nil
        }
    }
}
