"use strict";
// The key stands behind the #, which no server and no log sees, and is sent in a field of each request.
const key = new URLSearchParams(location.hash.slice(1)).get("key");
const list = document.getElementById("figures");
const state = document.getElementById("state");
const words = state.dataset;
let [tag, read] = [null, Date.now()];

function show(figures) {
    list.replaceChildren(...figures.skus.map(figure => {
        const item = document.createElement("li");
        item.dataset.sku = figure.sku;
        for (const [name, text] of [
            ["name", figure.name ?? figure.sku], ["figure", figure.available.toLocaleString()],
            ["unit", figure.unit === "gram" ? words.gram : words.piece],
        ]) {
            const part = document.createElement("span");
            part.className = name;
            part.textContent = text;
            item.append(part);
        }
        return item;
    }));
}

function tell(text) {
    state.textContent = text;
    list.classList.toggle("stale", text !== "");
}

async function ask() {
    let pause = 1000;
    try {
        const fields = { Authorization: `Bearer ${key}` };
        if (tag) fields["If-None-Match"] = tag;
        const answer = await fetch("/v1/overlay", { headers: fields, credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(8000) });
        if (answer.status === 401) {
            // It was revoked, or is over: what it showed is nobody's any more.
            [tag, pause] = [null, 15000];
            list.replaceChildren();
            tell(words.refused);
        } else if (answer.status === 200 || answer.status === 304) {
            if (answer.status === 200) {
                const figures = await answer.json();
                show(figures);
                tag = answer.headers.get("ETag");
                tell(figures.stale ? words.stale.replace("0", figures.age_seconds) : "");
            }
            read = Date.now();
            if (tag) tell("");
        } else {
            throw new Error(answer.status);
        }
    } catch {
        const seconds = Math.round((Date.now() - read) / 1000);
        if (seconds >= 3) tell(words.stale.replace("0", seconds));
    }
    setTimeout(ask, pause);
}

if (key) ask(); else tell(words.refused);
