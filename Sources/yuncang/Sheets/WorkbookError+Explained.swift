internal import Spreadsheet

extension WorkbookError {
    /// Why a workbook cannot be read, and what would be right.
    var text: Text {
        switch self {
        case .unreadable(let code): .system(code)
        case .damaged:
            Text(
                en: "the workbook is damaged or cut short: download or copy it again",
                zh: "工作簿已损坏或不完整：请重新下载或复制")
        case .notAWorkbook:
            Text(
                en:
                    "this is an archive of something else than an Excel workbook: save the sheet as .xlsx and import that",
                zh: "这个压缩文件不是 Excel 工作簿：请把工作表另存为 .xlsx 再导入")
        case .binaryWorkbook:
            Text(
                en: "this is a binary Excel workbook (.xlsb): save it as .xlsx and import that",
                zh: "这是二进制 Excel 工作簿（.xlsb）：请另存为 .xlsx 再导入")
        case .encrypted:
            Text(
                en: "the workbook is encrypted: save it without a password and import that",
                zh: "工作簿已加密：请另存为不带密码的文件再导入")
        case .otherCompression:
            Text(
                en: "the workbook is packed in an unusual way: open it in Excel, save it as .xlsx and import that",
                zh: "工作簿的压缩方式不常见：请用 Excel 打开，另存为 .xlsx 再导入")
        case .documentType:
            Text(
                en: "the workbook declares a document type, which no spreadsheet program does: it is not read",
                zh: "工作簿中含有文档类型声明，表格软件不会写这种内容：拒绝读取")
        case .tooLarge(let bound, let maximum): bound.text(atMost: maximum)
        case .noSheet:
            Text(
                en: "the workbook shows no sheet with cells: name one with --sheet",
                zh: "工作簿中没有显示的工作表：请用 --sheet 指定")
        case .unknownSheet(let name, let names):
            Text(
                en: "there is no sheet '\(Self.neutral(name))'; the sheets are "
                    + names.map { "'\(Self.neutral($0))'" }.joined(separator: ", "),
                zh: "没有工作表“\(Self.neutral(name))”；现有工作表："
                    + names.map { "“\(Self.neutral($0))”" }.joined(separator: "、"))
        case .notASheetOfCells(let name):
            Text(
                en: "'\(Self.neutral(name))' is a chart without cells: name another sheet with --sheet",
                zh: "“\(Self.neutral(name))”是图表，没有单元格：请用 --sheet 指定另一个工作表")
        }
    }

    private static func neutral(_ text: String) -> String { ControlCharacters.neutralised(text) }
}

extension WorkbookError.Bound {
    fileprivate func text(atMost maximum: Int) -> Text {
        switch self {
        case .fileBytes:
            Text(en: "a workbook has at most \(maximum >> 20) MB: divide it", zh: "工作簿最大 \(maximum >> 20) MB：请拆分")
        case .partBytes:
            Text(
                en: "a sheet unpacks to at most \(maximum >> 20) MB: divide the workbook",
                zh: "工作表解压后最大 \(maximum >> 20) MB：请拆分工作簿")
        case .unpackingRatio:
            Text(
                en: "the workbook unpacks to more than \(maximum) times its size: it is made to burst, and is not read",
                zh: "工作簿解压后超过原来的 \(maximum) 倍：疑似恶意文件，拒绝读取")
        case .entries: Text(en: "the workbook holds more than \(maximum) files", zh: "工作簿中的文件超过 \(maximum) 个")
        case .texts:
            Text(en: "the workbook has more than \(maximum) texts: divide it", zh: "工作簿中的文本超过 \(maximum) 条：请拆分")
        case .textBytes:
            Text(
                en: "the workbook's texts have more than \(maximum >> 20) MB: divide it",
                zh: "工作簿中的文本超过 \(maximum >> 20) MB：请拆分")
        case .cellBytes: Text(en: "a cell has more than \(maximum) bytes", zh: "有单元格超过 \(maximum) 字节")
        case .columns: Text(en: "the sheet has more than \(maximum) columns", zh: "工作表超过 \(maximum) 列")
        case .rows: Text(en: "the sheet has more than \(maximum) rows: divide it", zh: "工作表超过 \(maximum) 行：请拆分")
        case .tokenBytes: Text(en: "the workbook has a tag of over \(maximum) bytes", zh: "工作簿中有超过 \(maximum) 字节的标记")
        case .depth: Text(en: "the workbook nests more than \(maximum) levels", zh: "工作簿的嵌套超过 \(maximum) 层")
        case .formats: Text(en: "the workbook has more than \(maximum) formats", zh: "工作簿的格式超过 \(maximum) 种")
        }
    }
}

extension CellFault {
    /// What is wrong with a cell, and what would be right.
    var explained: Text {
        let value = ControlCharacters.neutralised(text)
        return switch kind {
        case .roundedNumber:
            Text(
                en: "cell \(reference): Excel has taken the digits for a number and rounded it after 15 of them: "
                    + "format the column as text, enter it again, or export anew",
                zh: "单元格 \(reference)：Excel 把这串数字当成了数值，只保留了 15 位：请把该列设为文本格式，重新填写或重新导出")
        case .error:
            Text(
                en: "cell \(reference): the formula came to \(value): write the value",
                zh: "单元格 \(reference)：公式结果是 \(value)：请直接填写值")
        case .notComputed:
            Text(
                en: "cell \(reference): the formula has no value yet: open the file in Excel, save it, and import that",
                zh: "单元格 \(reference)：公式还没有计算：请用 Excel 打开并保存后再导入")
        case .noSuchDate:
            Text(
                en: "cell \(reference): \(value) is no date that there is", zh: "单元格 \(reference)：\(value) 不是存在的日期")
        }
    }
}
