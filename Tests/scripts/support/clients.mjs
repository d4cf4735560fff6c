// Node's clients against a served base: clients.mjs URL TOKENS SKU.
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { Readable } from "node:stream";

const [url, tokens, sku] = process.argv.slice(2);
const it = (sentence, holds) => console.log(`${holds ? "ok" : "not ok"} - ${sentence}`);
const bearer = (role) => ({ authorization: `Bearer ${readFileSync(`${tokens}/${role}`, "utf8").trim()}` });
const order = (reference) => JSON.stringify({ source: "shop", reference, lines: [{ sku, quantity: 1 }] });
const stock = `${url}/v1/stock/${sku}`;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const ask = (target, options = {}, body) => new Promise((resolve, reject) => {
  const asked = request(target, { agent, headers: bearer("host"), ...options }, (answer) => {
    const parts = [];
    answer.on("data", (part) => parts.push(part)).on("error", reject);
    answer.on("end", () => resolve({
      status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString(), reused: asked.reusedSocket,
    }));
  });
  asked.on("error", reject);
  asked.end(body);
});

const one = await ask(stock);
const two = await ask(stock);
it("node's http asks twice over one connection", one.status === 200 && !one.reused && two.reused);
it("and is told the same", one.text === two.text);
const head = await ask(stock, { method: "HEAD" });
it("HEAD has the length and no body", head.text === "" && Number(head.headers["content-length"]) === Buffer.byteLength(one.text));
const nothing = await ask(`${url}/nothing`);
it("what is not there is a problem", nothing.status === 404 && JSON.parse(nothing.text).status === 404);
const headers = { ...bearer("source"), "content-type": "application/json", expect: "100-continue" };
const placed = await ask(`${url}/v1/orders`, { method: "POST", headers }, order("node"));
it("an order is placed", placed.status === 201);
agent.destroy();

if (typeof fetch === "function") {
  const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(stock, { headers: bearer("host") })));
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  it("fetch asks 50 times at once and is told the same", answers.every((answer) => answer.ok) && new Set(texts).size === 1);
  const kept = await fetch(stock, { headers: { ...bearer("host"), "if-none-match": answers[0].headers.get("etag") } });
  it("what has not changed is 304", kept.status === 304);
  const streamed = await fetch(`${url}/v1/orders`, {
    method: "POST", body: Readable.toWeb(Readable.from([order("fetch").slice(0, 9), order("fetch").slice(9)])), duplex: "half",
    headers: { ...bearer("source"), "content-type": "application/json" },
  });
  it("an order from a stream is placed", streamed.status === 201);
}
