"use strict";
/* The desk's keys, the live style check, and a word before unsaved text is left.
 * Everything here is a comfort: each page works without it. */
const store = {
	get on() {
		try { return localStorage.getItem("dear-keys") !== "off"; } catch { return true; }
	},
	set on(value) {
		try { localStorage.setItem("dear-keys", value ? "on" : "off"); } catch { /* private mode */ }
	},
};
const root = document.documentElement;
const find = (what) => document.querySelector(what);

root.classList.add("script");
root.classList.toggle("keys", store.on);

/* ---- keys ---- */

function openForm(id, field) {
	const details = document.getElementById(id);
	if (!details)
		return false;
	details.open = true;
	const into = details.querySelector(field);
	into.focus();
	if (into.tagName === "TEXTAREA")
		into.setSelectionRange(into.value.length, into.value.length);
	return true;
}
function press(what) {
	const target = find(what);
	if (!target)
		return false;
	target.click();
	return true;
}
function showKeys() {
	const dialog = document.getElementById("keys");
	if (!dialog || !dialog.showModal)
		return false;
	dialog.showModal();
	dialog.querySelector("button").focus();
	return true;
}
const keys = {
	a: () => press("[data-key=a]"),
	d: () => press("[data-key=d]"),
	e: () => openForm("edit", "textarea"),
	l: () => openForm("relabel", "select"),
	n: () => press("[data-key=n]") || press("a[rel=next]"),
	p: () => press("[data-key=p]") || press("a[rel=prev]"),
	r: () => openForm("reject", "select"),
	s: () => press("[data-key=s]"),
	u: () => press("[data-undo] button") || press("[data-undo-last] button"),
	"/": () => {
		const field = document.getElementById("search");
		if (field)
			field.focus();
		else
			location.href = "/?" + location.search.slice(1) + "#search";
		return true;
	},
	"?": showKeys,
};
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

let leaving = false;
document.addEventListener("keydown", (event) => {
	if (event.defaultPrevented || event.isComposing)
		return;
	if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "text") {
		event.preventDefault();
		event.target.form.querySelector("[name=approve]").click();
		return;
	}
	if (event.key === "Escape" && event.target.id === "text") {
		event.target.blur();
		return;
	}
	if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !store.on)
		return;
	if (event.repeat || leaving || find("dialog[open]"))
		return;
	if (keys[event.key] && keys[event.key]())
		event.preventDefault();
});
for (const link of document.querySelectorAll("[data-keys]"))
	link.addEventListener("click", (event) => {
		if (showKeys())
			event.preventDefault();
	});
for (const box of document.querySelectorAll("[data-keys-on]")) {
	box.checked = store.on;
	box.addEventListener("change", () => {
		store.on = box.checked;
		root.classList.toggle("keys", store.on);
	});
}
if (location.hash === "#search" && document.getElementById("search"))
	document.getElementById("search").focus();

/* ---- text that is not saved ---- */

const text = document.getElementById("text");
const began = text ? text.value : "";
for (const form of document.forms)
	form.addEventListener("submit", (event) => {
		if (leaving && form.method === "post") {
			event.preventDefault();
			return;
		}
		if (form.method === "post") {
			const unsaved = text && text.value !== began && !form.contains(text);
			if (unsaved && !confirm("What you wrote in the reply is not saved. Go on without it?")) {
				event.preventDefault();
				return;
			}
			leaving = true;
		}
	});
window.addEventListener("pageshow", () => { leaving = false; });
window.addEventListener("beforeunload", (event) => {
	if (text && text.value !== began && !leaving)
		event.preventDefault();
});

/* ---- house style while typing ---- */

function show(list, breaches) {
	list.replaceChildren();
	list.classList.toggle("fine", breaches.length === 0);
	if (breaches.length === 0) {
		list.textContent = "House style has nothing to say.";
		return;
	}
	const lines = document.createElement("ul");
	for (const breach of breaches) {
		const line = document.createElement("li");
		const rule = document.createElement("strong");
		rule.textContent = breach.rule;
		line.append(rule, " " + breach.text);
		if (breach.quote) {
			const quote = document.createElement("q");
			quote.textContent = breach.quote;
			line.append(" ", quote);
		}
		line.classList.toggle("blocks", breach.blocks);
		lines.append(line);
	}
	list.append(lines);
}
async function check(list, item) {
	const asked = text.value;
	try {
		const answer = await fetch("/style", {
			method: "POST",
			headers: { "Content-Type": "application/json", "X-Dear-Token": document.body.dataset.token },
			body: JSON.stringify({ item, text: asked }),
		});
		if (answer.ok && text.value === asked)
			show(list, (await answer.json()).breaches);
	} catch { /* the page still saves; the desk checks again then */ }
}
const style = document.getElementById("style");
const item = find("[data-item]");
if (text && style && item) {
	let timer = 0;
	text.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(() => check(style, Number(item.dataset.item)), 350);
	});
}

/* ---- a situation and its words light up together ---- */

for (const line of document.querySelectorAll("[data-label]")) {
	const marks = [...document.querySelectorAll("mark")].filter((mark) =>
		mark.dataset.means.split("; ").some((means) => means.replace(/^against /, "") === line.dataset.label));
	const light = (on) => marks.forEach((mark) => mark.classList.toggle("lit", on));
	line.addEventListener("pointerenter", () => light(true));
	line.addEventListener("pointerleave", () => light(false));
}

/* ---- times by the editor's own clock ---- */

for (const time of document.querySelectorAll("time[datetime]")) {
	const at = new Date(time.dateTime);
	if (!Number.isNaN(at.getTime()))
		time.textContent = at.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}

/* ---- after signing in ---- */

const go = find("[data-go]");
if (go)
	location.replace(go.getAttribute("href"));
