"""Prints the label pages with a real browser, and reads what came out as a scanner and as a person would."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

address = os.environ["YUNCANG_LABELS_ADDRESS"]
command = os.environ["YUNCANG_LABELS_COMMAND"]
folder = pathlib.Path(os.environ["YUNCANG_LABELS_FOLDER"])
pictures = os.environ.get("YUNCANG_TEST_PICTURES")
# Millimetres of each paper that labels are printed on.
papers = {"100x60": (100, 60), "100x150": (100, 150), "76x130": (76, 130)}


def it(sentence, holds, words=""):
    print(("ok - " if holds else "not ok - ") + sentence, flush=True)
    if not holds:
        print("    " + str(words)[:1500].replace("\n", "\n    "), flush=True)


def run(*arguments, **more):
    done = subprocess.run(arguments, capture_output=True, timeout=120, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{arguments[0]}: {done.stderr.decode(errors='replace')[-1000:]}")
    return done.stdout.decode()


def yuncang(*arguments):
    environment = dict(os.environ, YUNCANG_DATABASE_URL=os.environ["YUNCANG_LABELS_SERVICE"], YUNCANG_BASE="tianzhen")
    return json.loads(run(command, *arguments, "--json", env=environment))


def ask(sql):
    """Rows of the base's schema, as the owner."""
    schema = run("psql", "-XAtqc", "SELECT schema_name FROM yuncang.base LIMIT 1", os.environ["YUNCANG_LABELS_DATABASE"])
    rows = run("psql", "-XAtqc", f"SET search_path = {schema.strip()}; {sql}", os.environ["YUNCANG_LABELS_DATABASE"])
    return rows.splitlines()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def signed_in():
    """The cookie of somebody of the warehouse."""
    code = yuncang("signin", "code", "--role", "warehouse", "--for", "王师傅")["code"]
    request = urllib.request.Request(
        address + "/sign-in", data=urllib.parse.urlencode({"code": code}).encode(), headers={"Origin": address})
    try:
        answer = urllib.request.build_opener(NoRedirect).open(request, timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    return answer.headers["Set-Cookie"].split(";")[0]


def door(cookie):
    """A server through which a browser comes as somebody who is signed in: it passes pages on as they are."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self):
            request = urllib.request.Request(address + self.path, headers={"Cookie": cookie, "Accept-Language": "zh-CN"})
            try:
                answer = urllib.request.urlopen(request, timeout=20)
            except urllib.error.HTTPError as error:
                answer = error
            body = answer.read()
            self.send_response(answer.status)
            for name in ["Content-Type", "Content-Security-Policy", "X-Content-Type-Options"]:
                if answer.headers[name]:
                    self.send_header(name, answer.headers[name])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def printed(door, path, name):
    """The PDF that the browser makes of a page, at the size that the page asks for."""
    pdf = folder / (name + ".pdf")
    run("chromium", "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", f"--user-data-dir={folder}/browser", "--no-pdf-header-footer",
        f"--print-to-pdf={pdf}", door + path)
    return pdf


def sizes(pdf):
    """Width and height of each page in whole millimetres."""
    info = run("pdfinfo", "-f", "1", "-l", "100000", str(pdf))
    return [tuple(round(float(points) * 25.4 / 72) for points in match)
            for match in re.findall(r"^Page +\d+ size: +([\d.]+) x ([\d.]+) pts", info, re.MULTILINE)]


def pages(pdf):
    """A picture of each page, as coarse as a label printer's: 203 dots to the inch."""
    run("pdftoppm", "-r", "203", "-gray", "-png", str(pdf), str(pdf.with_suffix("")))
    found = sorted(pdf.parent.glob(pdf.stem + "-*.png"))
    if pictures:
        for path in [pdf, *found[:2]]:
            shutil.copy(path, pictures)
    return found


def scanned(picture):
    done = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(picture)],
                          capture_output=True, timeout=60)
    return done.stdout.decode().splitlines()


def words(pdf):
    """What stands on each page, without spaces: lines break where there is no more room."""
    return ["".join(page.split()) for page in run("pdftotext", "-raw", str(pdf), "-").split("\f")][:-1]


def outside(pdf):
    """Words that leave the four millimetres free at an edge of their page which a label keeps: they would be cut.

    Of a word's height only the middle is looked at: a font's own box may be twice as high as its letters."""
    edge, found = 4 * 72 / 25.4, []
    number = r'"([\d.-]+)"'
    box = re.compile(f"<word xMin={number} yMin={number} xMax={number} yMax={number}>(.*?)</word>")
    for page in run("pdftotext", "-bbox", str(pdf), "-").split("<page ")[1:]:
        width, height = [float(size) for size in re.search(f"width={number} height={number}", page).groups()]
        for word in box.findall(page):
            left, top, right, bottom = [float(place) for place in word[:4]]
            if left < edge - 1 or right > width - edge + 1 or not edge + 1 < (top + bottom) / 2 < height - edge - 1:
                found.append(word)
    return found


def sheet(door, path, name, paper, codes, texts):
    """One PDF: a page of that size for each code, and on each its texts."""
    pdf = printed(door, path, name)
    found = sizes(pdf)
    it(f"{name}: there is one page to each label, of {paper} mm", found == [papers[paper]] * len(codes), found)
    read = [scanned(picture) for picture in pages(pdf)]
    it(f"{name}: every code is read, and is the database's", read == [[code] for code in codes], [read, codes])
    on = words(pdf)
    missing = [text for page, each in zip(on, texts) for text in each if "".join(text.split()) not in page]
    it(f"{name}: its words are text, Chinese too", len(on) == len(codes) and not missing, [missing, on[:3]])
    it(f"{name}: nothing is cut at an edge", not outside(pdf), outside(pdf))


def locations():
    codes = ask("SELECT location.code FROM location JOIN warehouse ON warehouse.id = warehouse_id "
                "WHERE warehouse.code = 'main' AND closed_at IS NULL ORDER BY location.code COLLATE \"C\"")
    name = ask("SELECT name FROM warehouse WHERE code = 'main'")[0]
    return [f"LOC main {code}" for code in codes], [[code, name] for code in codes]


def lots(reference):
    rows = ask("SELECT lot.id, sku.name, COALESCE(lot.expires_on::text, ''), COALESCE(lot.grade, '') FROM lot "
               "JOIN sku ON sku.id = lot.sku_id JOIN inbound_receipt ON lot_id = lot.id "
               f"JOIN inbound ON inbound.id = inbound_id WHERE inbound.reference = '{reference}' ORDER BY movement_id")
    rows = [row.split("|") for row in rows]
    return [f"LOT {row[0]}" for row in rows], [
        [row[0], row[1][:24], row[2], row[3], reference] for row in rows]


def main():
    longest = "Z" * 55 + "<>&\"'#%/-"
    for code, more in [("R-01", ["--purpose", "receiving"]), (longest, []), ("F-88", ["--capacity", "300件"])]:
        yuncang("location", "add", code, "--warehouse", "main", "--storage", "frozen", *more)
    product = "伊马乔大棚甜瓜超长名称特选礼盒装" * 12
    yuncang("product", "add", "long-name", "--name", product[:200], "--owner", "yimaqiao", "--unit", "piece")
    place = ["--owner", "yimaqiao", "--warehouse", "main", "--location", "R-01", "--harvested", "2026-11-20",
             "--expires", "2099-12-01", "--grade", "特级"]
    yuncang("inbound", "receive", "--reference", "入库 1/甲", *place, "tiangua-5jin:40", "long-name:3")
    through = door(signed_in())
    for paper in papers:
        more = "" if paper == "100x60" else f"&paper={paper}"
        sheet(through, "/labels/locations?warehouse=main" + more, f"locations-{paper}", paper, *locations())
        query = urllib.parse.urlencode({"inbound": "入库 1/甲"})
        sheet(through, f"/labels/lots?{query}{more}", f"lots-{paper}", paper, *lots("入库 1/甲"))


sys.exit(main())
