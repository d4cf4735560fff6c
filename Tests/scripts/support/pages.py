"""Goes through the pages by taps, as people do, and asks the database after each what has come of it."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

address = os.environ["YUNCANG_PAGES_ADDRESS"]
command = os.environ["YUNCANG_PAGES_COMMAND"]
tokens = pathlib.Path(os.environ["YUNCANG_PAGES_TOKENS"])
pictures = os.environ.get("YUNCANG_TEST_PICTURES")
sku = "tiangua-5jin"


def it(sentence, holds, words=""):
    print(("ok - " if holds else "not ok - ") + sentence, flush=True)
    if not holds:
        print("    " + str(words)[:1000].replace("\n", "\n    "), flush=True)


def yuncang(*arguments):
    environment = dict(os.environ, YUNCANG_DATABASE_URL=os.environ["YUNCANG_PAGES_SERVICE"], YUNCANG_BASE="tianzhen")
    done = subprocess.run([command, *arguments, "--json"], env=environment, capture_output=True, text=True, timeout=30)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def ask(sql):
    """What the base's schema says, as the owner."""
    schema = database("SELECT schema_name FROM yuncang.base LIMIT 1") if not ask.schema else ask.schema
    ask.schema = schema
    return database(f"SET search_path = {schema}; {sql}").splitlines()[-1]


ask.schema = None


def database(sql):
    done = subprocess.run(
        [os.environ["YUNCANG_PAGES_PSQL"], "-XAtqc", sql, os.environ["YUNCANG_PAGES_DATABASE"]],
        capture_output=True, text=True, timeout=30)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return done.stdout.strip()


def code(role="host", *more):
    return yuncang("signin", "code", "--role", role, "--for", "王师傅", "--url", address, *more)


def order(reference, quantity):
    body = json.dumps({"source": "shop", "reference": reference, "lines": [{"sku": sku, "quantity": quantity}]})
    request = urllib.request.Request(
        address + "/v1/orders", data=body.encode(), method="POST",
        headers={"Content-Type": "application/json", "Authorization": "Bearer " + (tokens / "operator").read_text().strip()})
    urllib.request.urlopen(request, timeout=10).read()


def available():
    return int(ask(f"SELECT sum(sellable - held - committed - allotted) FROM pool JOIN sku ON sku.id = sku_id WHERE code = '{sku}'"))


def live_sessions():
    return int(ask("SELECT count(*) FROM token WHERE kind = 'session' AND revoked_at IS NULL"))


def browser(width, height, folder, language="zh-CN"):
    options = webdriver.ChromeOptions()
    options.binary_location = subprocess.run(["which", "chromium"], capture_output=True, text=True).stdout.strip()
    for argument in [
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", f"--user-data-dir={folder}", f"--lang={language}",
    ]:
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"intl.accept_languages": language})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = Service(subprocess.run(["which", "chromedriver"], capture_output=True, text=True).stdout.strip())
    driver = webdriver.Chrome(options=options, service=service)
    # A headless window is never as narrow as a phone: the page is told that it is.
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
    driver.set_page_load_timeout(20)
    return driver


def picture(driver, name):
    if pictures:
        driver.save_screenshot(os.path.join(pictures, name + ".png"))


def until(driver, condition, seconds=10):
    try:
        # A page that is taking itself anew loses elements while they are looked at.
        return WebDriverWait(
            driver, seconds, poll_frequency=0.1,
            ignored_exceptions=[NoSuchElementException, StaleElementReferenceException]).until(condition)
    except TimeoutException:
        return None


def element(driver, name):
    return until(driver, lambda d: d.find_elements(By.ID, name)) and driver.find_element(By.ID, name)


def text(driver):
    return driver.find_element(By.TAG_NAME, "body").text


def submit(driver, value):
    """Types a code at the sign-in page by the keyboard alone and sends it."""
    driver.get(address + "/")
    field = element(driver, "code")
    # It has the focus already: nobody has to tap it.
    focused = driver.switch_to.active_element == field
    driver.switch_to.active_element.send_keys(value, Keys.ENTER)
    return focused


def signing_in(phone):
    first = code()
    focused = submit(phone, " " + first["code"].lower().replace("-", " ") + " ")
    it("a code is typed without a tap, with spaces and small letters, and the role page comes", bool(element(phone, "role")), text(phone))
    it("the field had the focus", focused)
    it("the page says who is signed in and as what", "王师傅" in text(phone) and "主播" in text(phone), text(phone))
    it("the database has one session, and the code is used", live_sessions() == 1 and ask(
        f"SELECT used_at IS NOT NULL FROM sign_in_code WHERE handle = '{first['handle']}'") == "t")
    cookie = phone.get_cookies()[0]
    it("no script can read the cookie, and no other site can send it", cookie["httpOnly"] and cookie["sameSite"] == "Strict"
        and phone.execute_script("return document.cookie") == "", cookie)
    it("nothing is wider than the phone", phone.execute_script("return document.documentElement.scrollWidth") <= 390)
    picture(phone, "role-phone")
    return first


def stock(phone):
    element(phone, "stock-link").click()
    row = until(phone, lambda d: d.find_elements(By.CSS_SELECTOR, f"tr[data-sku='{sku}'] td.left"))
    figure = lambda d: int(d.find_element(By.CSS_SELECTOR, f"tr[data-sku='{sku}'] td.left").text.split()[0])
    it("a tap leads to the stock, and it is the database's", bool(row) and figure(phone) == available(), text(phone))
    picture(phone, "stock-phone")
    it("nothing is wider than the phone there", phone.execute_script("return document.documentElement.scrollWidth") <= 390)
    order("pages-1", 2)
    expected = available()
    it("an order is seen there without a tap", bool(until(phone, lambda d: figure(d) == expected)), text(phone))


def signing_out(phone):
    phone.back()
    element(phone, "sign-out").click()
    it("signing out leads to where one signs in", bool(until(phone, lambda d: d.find_elements(By.ID, "code"))), text(phone))
    it("the database has no session left, and the browser no cookie", live_sessions() == 0 and phone.get_cookies() == [])
    for _ in range(2):
        phone.back()
        until(phone, lambda d: d.find_elements(By.ID, "code"), 5)
        it("going back shows nothing of what there was", "王师傅" not in text(phone) and sku not in text(phone), text(phone))


def wrong_codes(phone, used):
    submit(phone, used["code"])
    it("a used code is refused in words", bool(element(phone, "wrong")) and "登录码不对" in text(phone), text(phone))
    picture(phone, "wrong-phone")
    expired = code()
    ask(f"UPDATE sign_in_code SET created_at = created_at - interval '1 hour', expires_at = expires_at - interval '1 hour' "
        f"WHERE handle = '{expired['handle']}'; SELECT 1")
    submit(phone, expired["code"])
    it("so is an expired one", bool(element(phone, "wrong")), text(phone))
    guessed = code()
    for _ in range(5):
        submit(phone, guessed["code"][:-1] + ("0" if guessed["code"][-1] != "0" else "1"))
        element(phone, "wrong")
    it("five guesses are counted", ask(f"SELECT wrong_tries FROM sign_in_code WHERE handle = '{guessed['handle']}'") == "5")
    submit(phone, guessed["code"])
    it("and then the right one is refused too", bool(element(phone, "wrong")) and live_sessions() == 0, text(phone))


def photographed(phone, desktop):
    desktop.get(address + "/#" + code("operator")["page"].split("#")[1])
    it("a photographed code is filled in and taken out of the address", bool(until(
        desktop, lambda d: d.find_element(By.ID, "code").get_attribute("value"))) and "#" not in desktop.current_url)
    it("but nobody is signed in without a tap", live_sessions() == 0)
    desktop.find_element(By.CSS_SELECTOR, "#sign-in button").click()
    it("a tap signs in", bool(element(desktop, "role")) and live_sessions() == 1, text(desktop))
    picture(desktop, "role-desktop")
    desktop.find_element(By.CSS_SELECTOR, "form[action^='/devices'] button").click()
    shown = element(desktop, "device-code")
    it("another device is let in by a code and its picture", bool(shown) and bool(desktop.find_elements(By.CSS_SELECTOR, "svg.qr")))
    picture(desktop, "device-desktop")
    if shown:
        submit(phone, shown.text)
        it("which signs the phone in as the same person", bool(element(phone, "role")) and live_sessions() == 2, text(phone))
        element(phone, "everywhere").click()
        until(phone, lambda d: d.find_elements(By.ID, "code"))
        desktop.get(address + "/stock")
        it("signing out everywhere ends both", live_sessions() == 0 and bool(until(
            desktop, lambda d: d.find_elements(By.ID, "code"))), text(desktop))


def overlay(desktop):
    key = yuncang("overlay", "create", sku, "--name", "一号直播间", "--url", address)
    desktop.get(key["page"])
    figure = lambda d: d.find_element(By.CSS_SELECTOR, f"li[data-sku='{sku}'] .figure").text.replace(",", "")
    shown = until(desktop, lambda d: d.find_elements(By.CSS_SELECTOR, "#figures li"))
    it("an overlay shows what is left", bool(shown) and int(figure(desktop)) == available(), text(desktop))
    picture(desktop, "overlay-desktop")
    ground = desktop.execute_script("return getComputedStyle(document.body).backgroundColor")
    it("on a transparent ground", ground == "rgba(0, 0, 0, 0)", ground)
    order("pages-2", 3)
    expected = str(available())
    it("an order is seen in it", bool(until(desktop, lambda d: figure(d) == expected)), text(desktop))
    yuncang("overlay", "revoke", key["prefix"])
    it("revoked, it shows nothing within some seconds, and says why", bool(until(
        desktop, lambda d: not d.find_elements(By.CSS_SELECTOR, "#figures li") and "密钥无效" in text(d), 12)), text(desktop))


def main():
    with tempfile.TemporaryDirectory() as folder:
        phone = browser(390, 844, folder + "/phone")
        desktop = browser(1280, 800, folder + "/desktop")
        try:
            phone.get(address + "/")
            picture(phone, "entrance-phone")
            desktop.get(address + "/?lang=en")
            picture(desktop, "entrance-desktop")
            it("the other language is a tap away", "Sign-in code" in text(desktop) and "登录码" in text(phone), text(desktop))
            used = signing_in(phone)
            stock(phone)
            signing_out(phone)
            wrong_codes(phone, used)
            photographed(phone, desktop)
            overlay(desktop)
            complaints = [entry["message"] for driver in [phone, desktop] for entry in driver.get_log("browser")
                          if "Content Security Policy" in entry["message"] or "Uncaught" in entry["message"]]
            it("no browser complained of a page", not complaints, complaints)
        finally:
            phone.quit()
            desktop.quit()


sys.exit(main())
