"use strict";
// Takes the list anew while somebody looks at it. Whoever is signed out meanwhile is sent to where one signs in.
const pause = 2000;
const state = document.getElementById("state");
let since = Date.now();

async function refresh() {
    if (!document.hidden) {
        try {
            const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
            if (answer.redirected) return location.assign("/");
            if (!answer.ok) throw new Error(answer.status);
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            const list = page.getElementById("stock");
            if (!list) throw new Error("no list");
            document.getElementById("stock").replaceWith(list);
            since = Date.now();
            // What was read may be old itself.
            state.textContent = page.getElementById("state")?.textContent ?? "";
        } catch {
            const seconds = Math.round((Date.now() - since) / 1000);
            state.textContent = state.dataset.stale.replace("0", seconds);
        }
    }
    setTimeout(refresh, pause);
}

setTimeout(refresh, pause);
addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
