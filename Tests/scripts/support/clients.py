"""Python's clients against a served base: clients.py http|requests URL TOKENS SKU."""

import http.client
import json
import socket
import sys
import urllib.parse

client, url, tokens, sku = sys.argv[1:]
place = urllib.parse.urlsplit(url)


def it(sentence, holds):
    print(("ok - " if holds else "not ok - ") + sentence, flush=True)


def bearer(role):
    with open(f"{tokens}/{role}", encoding="utf-8") as file:
        return {"Authorization": "Bearer " + file.read().strip()}


def order(reference):
    return {"source": "shop", "reference": reference, "lines": [{"sku": sku, "quantity": 1}]}


def pieces(document):
    data = json.dumps(document).encode()
    for start in range(0, len(data), 7):
        yield data[start : start + 7]


def try_http():
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
    bodies, sockets = [], set()
    for _ in range(50):
        connection.request("GET", f"/v1/stock/{sku}", headers=bearer("host"))
        answer = connection.getresponse()
        bodies.append((answer.status, answer.read()))
        sockets.add(connection.sock.getsockname() if connection.sock else None)
    it("http.client asks 50 times over one connection", len(sockets) == 1 and None not in sockets)
    it("and is told the same each time", len(set(bodies)) == 1 and bodies[0][0] == 200)

    connection.request("HEAD", f"/v1/stock/{sku}", headers=bearer("host"))
    answer = connection.getresponse()
    it("HEAD has the length and no body", answer.length == 0 and answer.headers["Content-Length"] == str(len(bodies[0][1])))
    answer.read()

    headers = bearer("source") | {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
    connection.request("POST", "/v1/orders", body=pieces(order("http-client")), headers=headers, encode_chunked=True)
    answer = connection.getresponse()
    it("an order in chunks of seven bytes is placed", answer.status == 201 and json.load(answer)["reference"] == "http-client")

    connection.request("DELETE", f"/v1/stock/{sku}", headers=bearer("operator"))
    answer = connection.getresponse()
    it("a method that is not served is 405 with Allow", answer.status == 405 and "GET" in answer.headers["Allow"])
    answer.read()
    connection.close()
    try_pipelining()


def try_pipelining():
    """http.client cannot; by hand, cut in the midst of a line."""
    token = bearer("host")["Authorization"]
    head = f"Host: {place.netloc}\r\nAuthorization: {token}\r\n"
    lines = [f"GET /v1/stock/{sku} HTTP/1.1\r\n{head}\r\n", f"GET /nothing HTTP/1.1\r\n{head}\r\n"] * 20
    lines.append(f"GET /livez HTTP/1.1\r\n{head}Connection: close\r\n\r\n")
    wire = "".join(lines).encode()
    with socket.create_connection((place.hostname, place.port), timeout=20) as peer:
        peer.sendall(wire[: len(wire) // 2 + 3])
        peer.sendall(wire[len(wire) // 2 + 3 :])
        received = bytearray()
        while part := peer.recv(65536):
            received += part
    statuses = [int(part[:3]) for part in bytes(received).split(b"HTTP/1.1 ")[1:]]
    it("41 requests sent at once are answered in order", statuses == [200, 404] * 20 + [200])
    it("and the last answer says that it is the last", received.count(b"Connection: close") == 1)


def try_requests():
    import requests

    with requests.Session() as session:
        session.headers.update(bearer("host"))
        stock = f"{url}/v1/stock/{sku}"
        first = session.get(stock, timeout=20)
        it("requests reads a stock check", first.status_code == 200 and "available" in first.text)
        again = [session.get(stock, timeout=20) for _ in range(20)]
        it("and reads the same again", all(answer.content == first.content for answer in again))
        kept = session.get(stock, headers={"If-None-Match": first.headers["ETag"]}, timeout=20)
        it("an unchanged one is 304 and nothing", kept.status_code == 304 and not kept.content)
        it("HEAD has no content", session.head(stock, timeout=20).content == b"")
        packed = session.get(stock, headers={"Accept-Encoding": "gzip, deflate"}, timeout=20)
        plain = session.get(stock, headers={"Accept-Encoding": "identity"}, timeout=20)
        it("what may be packed says the same as what may not", packed.content == plain.content)

        headers = bearer("source") | {"Content-Type": "application/json"}
        placed = session.post(f"{url}/v1/orders", data=pieces(order("requests")), headers=headers, timeout=20)
        it("an order from a generator is placed", placed.status_code == 201)
        known = session.post(f"{url}/v1/orders", json=order("requests"), headers=bearer("source"), timeout=20)
        it("and known again when it comes as JSON", known.content == placed.content)
        odd = session.post(f"{url}/v1/orders", data={"a": "b"}, headers=bearer("source"), timeout=20)
        it("a form is 415 with a problem", odd.status_code == 415 and odd.json()["code"] == "unsupported_media_type")
        it("a problem has its type", odd.headers["Content-Type"].startswith("application/problem+json"))


try_http() if client == "http" else try_requests()
