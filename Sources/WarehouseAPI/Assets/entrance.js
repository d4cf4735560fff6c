"use strict";
// A photographed code comes behind the #, which no server sees. It is taken out of the address, and only filled in: a tap has to
// follow, or a link of somebody's could sign a browser in under another's name.
const given = new URLSearchParams(location.hash.slice(1)).get("code");
if (location.hash) history.replaceState(null, "", location.pathname + location.search);
const field = document.getElementById("code");
const form = document.getElementById("sign-in");
if (given && field) {
    field.value = given.slice(0, 40);
    form.querySelector("button").focus();
}
// Two taps are one sign-in: the second would say that the code is used.
if (form) form.addEventListener("submit", () => { form.querySelector("button").disabled = true; });
// What a browser kept of a page is asked for anew: whoever has signed out does not see it by going back.
addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
