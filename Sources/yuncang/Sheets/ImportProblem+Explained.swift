internal import CloudWarehouse

extension FailureDetail {
    /// A problem of a sheet.
    init(_ problem: ImportProblem) {
        self.init(
            code: problem.code.rawValue, line: problem.line, column: problem.column, text: problem.reason.text)
    }
}

extension ImportProblem.Reason {
    fileprivate var text: Text {
        switch self {
        case .wrongEncoding(let encoding):
            Text(
                en: "the text is not \(encoding.rawValue): save the file as \"CSV UTF-8\"",
                zh: "文字不是 \(encoding.rawValue) 编码：请另存为“CSV UTF-8”")
        case .unsupportedEncoding(let encoding):
            Text(
                en: "this system cannot read \(encoding.rawValue): save the file as \"CSV UTF-8\"",
                zh: "本机无法读取 \(encoding.rawValue)：请另存为“CSV UTF-8”")
        case .otherFormat(let format): format.text
        case .otherSeparator(let separator): separator.text
        case .unterminatedQuote:
            Text(
                en: "a quote is opened and never closed: the file is cut short, or the quote is a stray one",
                zh: "引号没有结束：文件不完整，或多了一个引号")
        case .strayQuote:
            Text(
                en: "a quote stands within a field: put the field in quotes and double the quotes in it",
                zh: "字段中间出现引号：请给整个字段加引号，并把其中的引号写成两个")
        case .bareCarriageReturn:
            Text(
                en: "a carriage return without a line feed: save the file with CRLF or LF line ends",
                zh: "回车后没有换行：请以 CRLF 或 LF 换行保存文件")
        case .rowTooLarge: Text(en: "the row is too large", zh: "这一行太大")
        case .tooManyRows(let maximum):
            Text(en: "a sheet has at most \(maximum) rows: divide it", zh: "表格最多 \(maximum) 行：请拆分")
        case .fileTooLarge(let maximum):
            Text(en: "a file has at most \(maximum >> 20) MB: divide it", zh: "文件最大 \(maximum >> 20) MB：请拆分")
        case .unreadableWorkbook(let error): error.text
        case .unreadableCell(let fault): fault.explained
        case .emptyFile: Text(en: "the file has no rows", zh: "文件中没有数据")
        case .missingColumn(let option, let headings): Self.missing(option, headings)
        case .repeatedColumn: Text(en: "there are two such columns", zh: "有两个这样的列")
        case .wrongFieldCount(let count, let due):
            Text(en: "the row has \(count) fields, the header \(due)", zh: "这一行有 \(count) 个字段，标题行有 \(due) 个")
        case .cutShort(let count, let due):
            Text(
                en: "the row has \(count) fields, the header \(due): the file is cut short",
                zh: "这一行有 \(count) 个字段，标题行有 \(due) 个：文件不完整")
        case .cutWithinCharacter:
            Text(
                en: "the file ends in the middle of a character: it is cut short, copy or export it again",
                zh: "文件在一个字的中间结束：文件不完整，请重新复制或导出")
        case .emptyField: Text(en: "the cell is empty", zh: "单元格为空")
        case .mangledCode:
            Text(
                en: "a spreadsheet has turned the code into a number and lost its digits: "
                    + "format the column as text, enter the code again, and export anew",
                zh: "表格软件把编码变成了数字，丢失了位数：请把该列设为文本格式，重新填写编码，再导出")
        case .repeatedCode(let line): Text(en: "line \(line) has the same code", zh: "与第 \(line) 行编码相同")
        case .unknownCode(let code):
            Text(en: "the catalog has no SKU of the code \(code)", zh: "商品目录中没有编码为 \(code) 的单品")
        case .differs(let line):
            Text(en: "line \(line) of the same order says something else", zh: "与同一订单的第 \(line) 行不一致")
        case .spoilt(let line):
            Text(
                en: "line \(line) of the same order is wrong: an order is placed whole or not at all",
                zh: "同一订单的第 \(line) 行有误：订单要么全部下单，要么不下单")
        case .invalid(let value): value.text
        }
    }

    private static func missing(_ option: String, _ headings: [String]) -> Text {
        let present = headings.map(ControlCharacters.neutralised)
        return Text(
            en: "the column is missing; map another with \(option)=HEADING, one of "
                + present.map { "'\($0)'" }.joined(separator: ", "),
            zh: "缺少这一列；可用 \(option)=标题 指定另一列，现有标题：" + present.map { "“\($0)”" }.joined(separator: "、"))
    }
}

extension ForeignFormat {
    fileprivate var text: Text {
        switch self {
        case .workbook:
            Text(
                en:
                    "this is an Excel workbook (.xlsx), not a CSV file: save the sheet as \"CSV UTF-8\" and import that",
                zh: "这是 Excel 工作簿（.xlsx），不是 CSV 文件：请把工作表另存为“CSV UTF-8”再导入")
        case .oldWorkbook:
            Text(
                en:
                    "this is an old Excel workbook (.xls), or one with a password: save it as .xlsx without a password and import that",
                zh: "这是旧版 Excel 工作簿（.xls），或者设了密码：请另存为不带密码的 .xlsx 再导入")
        case .utf16:
            Text(
                en: "the text is UTF-16 (Excel's \"Unicode text\"): save the sheet as \"CSV UTF-8\" and import that",
                zh: "文字是 UTF-16 编码（Excel 的“Unicode 文本”）：请把工作表另存为“CSV UTF-8”再导入")
        case .html:
            Text(
                en:
                    "this is a page of HTML or XML under another ending: open it in Excel, save it as .xlsx and import that",
                zh: "这其实是 HTML 或 XML 网页文件，只是改了扩展名：请用 Excel 打开，另存为 .xlsx 再导入")
        }
    }
}

extension FieldSeparator {
    fileprivate var text: Text {
        let name =
            switch self {
            case .semicolon: Text(en: "semicolons (;)", zh: "分号（;）")
            case .tab: Text(en: "tabs", zh: "制表符（Tab）")
            case .wideComma: Text(en: "Chinese commas (，)", zh: "中文逗号（，）")
            }
        return Text(
            en: "the fields are separated by \(name.en): save the file with commas, as \"CSV UTF-8\"",
            zh: "字段之间用的是\(name.zh)：请另存为以英文逗号分隔的“CSV UTF-8”")
    }
}
