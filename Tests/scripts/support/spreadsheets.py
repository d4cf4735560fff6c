"""Workbooks as openpyxl and XlsxWriter write and read them.

Usage: spreadsheets.py write FOLDER     files of orders of the demo base, good ones and one with faults
       spreadsheets.py read FILE        expects what spreadsheets.sh has exported
       spreadsheets.py orders ADDRESS   expects the orders of openpyxl.xlsx there, with the token in TOKEN
       spreadsheets.py many FILE ROWS   so many orders, to measure with
"""

import datetime
import json
import os
import sys
import urllib.request

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

HEADINGS = ["订单编号", "商家编码", "商品数量", "商品金额", "支付时间", "订单状态", "备注一"]
SKU = "tiangua-5jin"
PAID = datetime.datetime(2026, 11, 23, 16, 9, 10)


def openpyxl_book(path):
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active["A1"] = "订单编号"
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("订单")
    sheet.append(HEADINGS)
    sheet.append(["6921234567890123456", SKU, 2, 79.8, PAID, "待发货", True])
    sheet.append([102900005115168, SKU, "1件", 19.9, PAID.date(), "备货中", None])
    sheet.append(["6921234567890123457", CellRichText(TextBlock(InlineFont(b=True), SKU[:3]), SKU[3:]), 1, 0.1 + 0.2])
    sheet.cell(4, 4).value = 0.3
    sheet.cell(9, 9).number_format = "yyyy"
    book.save(path)


def write_only_book(path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("订单 & 明细")
    sheet.append(HEADINGS)
    sheet.append(["='x'!A1"[1:], SKU, 2])
    sheet.append(["6921234567890123458", SKU, 1, None, PAID, "待发货"])
    book.save(path)


def xlsxwriter_book(path, **options):
    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet("订单")
    bold = book.add_format({"bold": True})
    date = book.add_format({"num_format": "yyyy年m月d日 hh:mm"})
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_string(1, 0, "6921234567890123459")
    if options:
        sheet.write_string(1, 1, SKU)
    else:
        sheet.write_rich_string(1, 1, bold, SKU[:4], SKU[4:])
    sheet.write_number(1, 2, 3)
    sheet.write_formula(1, 3, "=19.9*3", None, 59.7)
    sheet.write_datetime(1, 4, PAID, date)
    sheet.write_row(2, 0, ["6921234567890123460", SKU, "2"])
    book.close()


def faulty_book(path):
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, [6921234567890123456, SKU, 1])
    sheet.write_row(2, 0, ["1", "", 1])
    sheet.write_formula(2, 1, "=NA()", None, "#N/A")
    sheet.write_row(3, 0, ["2", SKU])
    sheet.write_formula(3, 2, "=1+1", None, "")
    sheet.write_row(4, 0, ["3", SKU, 1])
    book.close()


def write(folder):
    openpyxl_book(f"{folder}/openpyxl.xlsx")
    write_only_book(f"{folder}/write-only.xlsx")
    xlsxwriter_book(f"{folder}/xlsxwriter.xlsx")
    xlsxwriter_book(f"{folder}/constant-memory.xlsx", constant_memory=True)
    faulty_book(f"{folder}/faults.xlsx")
    for name, encoding in [("gb18030", "gb18030"), ("marked", "utf-8-sig"), ("named.xlsx", "utf-8")]:
        ending = "" if name.endswith(".xlsx") else ".csv"
        with open(f"{folder}/{name}{ending}", "w", encoding=encoding, newline="\r\n") as file:
            print(*HEADINGS, sep=",", file=file)
            print('="6921234567890123456"', SKU, 2, "¥79.80", "2026-11-23 16:09:10", "待发货", "𠮷", sep=",", file=file)


def read(path):
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    print(rows)
    assert rows == [
        ["订单编号", "快递公司", "快递单号"],
        ["6921234567890123456", "圆通速递", "75123456789012345"],
        ["6921234567890123456", "=1+1", "YT22"],
    ]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.number_format == "@" for cell in cells)
    assert all(cell.data_type == "s" for cell in cells if cell.value != "=1+1")


def orders(address):
    request = urllib.request.Request(f"{address}/v1/orders", headers={"Authorization": f"Bearer {os.environ['TOKEN']}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        text = answer.read().decode()
    print(text)
    found = json.dumps(json.loads(text))
    for reference in ["6921234567890123456", "102900005115168", "6921234567890123457"]:
        assert f'"{reference}"' in found, reference


def many(path, rows):
    book = xlsxwriter.Workbook(path, {"constant_memory": False})
    sheet = book.add_worksheet()
    extra = [f"列{number}" for number in range(20)]
    sheet.write_row(0, 0, HEADINGS[:6] + ["收件人", "收件人手机号", "省", "市", "区", "详细地址"] + extra)
    for row in range(1, rows + 1):
        number = 6921234567890000000 + row
        place = ["王小明", f"138{row:08}", "山东省", "淄博市", "高青县", f"某村 {row} 号"]
        values = [str(number), SKU, "1", "39.90", "2026-11-23 16:09:10", "待发货"] + place
        for column, value in enumerate(values + [f"{row % 97} 值 {index}" for index in range(20)]):
            sheet.write_string(row, column, value)
    book.close()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", folder]:
            write(folder)
        case ["read", path]:
            read(path)
        case ["orders", address]:
            orders(address)
        case ["many", path, rows]:
            many(path, int(rows))
        case _:
            sys.exit(__doc__)
