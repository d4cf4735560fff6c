"""Orders in the midst of faults: orders.py place|check PORT TOKENS SKU FILE [STOP].

place   eight clients place orders until STOP is there; an order that is not answered 201 is sent again, the same, until it
        is. Each that was answered is a line of FILE: reference and id
check   sends each order of FILE once more, and looks it up: it must be the same, and there once
"""

import http.client
import json
import os
import sys
import threading
import time

what, port, tokens, sku, file, *rest = sys.argv[1:]


def token(role):
    with open(f"{tokens}/{role}", encoding="utf-8") as source:
        return source.read().strip()


def exchange(method, path, role, body=None):
    """The status and JSON of an answer; status 0 where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=15)
    try:
        headers = {"Authorization": "Bearer " + token(role), "Content-Type": "application/json"}
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")
    except (OSError, http.client.HTTPException, ValueError):
        return 0, None
    finally:
        connection.close()


def order(reference):
    return exchange(
        "POST", "/v1/orders", "source",
        json.dumps({"source": "shop", "reference": reference, "lines": [{"sku": sku, "quantity": 1}]}))


def place(stop):
    lock = threading.Lock()
    answered, refusals = [], {}

    def client(name):
        number = 0
        while not os.path.exists(stop):
            number += 1
            reference = f"{os.getpid()}-{name}-{number}"
            deadline = time.monotonic() + 25
            while time.monotonic() < deadline:
                status, body = order(reference)
                if status == 201:
                    with lock:
                        answered.append(f"{reference} {body['id']}\n")
                    break
                with lock:
                    refusals[status] = refusals.get(status, 0) + 1
                time.sleep(0.1)
            else:
                print(f"never answered: {reference}", flush=True)
            time.sleep(0.15)

    clients = [threading.Thread(target=client, args=(name,)) for name in range(8)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    with open(file, "a", encoding="utf-8") as target:
        target.writelines(answered)
    print(f"placed {len(answered)}, refused meanwhile {refusals}", flush=True)
    unexpected = set(refusals) - {0, 503}
    if unexpected:
        print(f"unexpected: {unexpected}", flush=True)


def check():
    with open(file, encoding="utf-8") as source:
        lines = [line.split() for line in source]
    wrong = []
    for reference, identity in lines:
        status, body = order(reference)
        _, listed = exchange("GET", f"/v1/orders?source=shop&reference={reference}", "source")
        text = json.dumps(listed)
        if status != 201 or body["id"] != identity or text.count(f'"{reference}"') != 1 or identity not in text:
            wrong.append(reference)
    print(f"{len(lines)} orders are there once" if lines and not wrong else f"wrong: {wrong}", flush=True)


place(*rest) if what == "place" else check()
