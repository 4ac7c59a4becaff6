"use strict";
/* The day of an editor: in by the link, through the queue by keyboard, edits, a
 * conflict between two windows, search, filters, many at once, statistics. */
const path = require("node:path");
const { Desk, samples, signIn, watch } = require("./kit");
const tap = require("./tap");

const id = (page) => Number(new URL(page.url()).pathname.split("/")[2]);
const loaded = (page, act) => Promise.all([page.waitForNavigation(), act()]);
const press = (page, key) => loaded(page, () => page.keyboard.press(key));

async function byKeyboard(page, desk) {
	await page.goto(desk.base + "/");
	await tap.is(await page.locator("ol.queue > li").count(), desk.items("--status", "open").length,
		"the queue shows what is open");
	tap.ok(await page.locator("ol.queue > li").first().evaluate((li) => li.classList.contains("safety")),
		"safety first");
	await press(page, "n");
	const first = id(page);
	tap.is(desk.item(first).reason, "safety", "n opens the first");
	tap.is(await page.locator("form[action*='/approve']").count(), 0,
		"what is about safety has no draft to approve");
	tap.has(await page.inputValue("#text"), "emergency", "and begins from the column's safety text");
	await press(page, "s");
	tap.ok(id(page) !== first, "s skips to the next");
	await press(page, "p");
	tap.is(id(page), first, "p goes back");
	await press(page, "n");
	while (!(await page.locator("form[action*='/approve']").count()))
		await press(page, "n");
	const approved = id(page);
	const reply = desk.item(approved).reply;
	await press(page, "a");
	tap.is(desk.item(approved).status, "approved", "a approves");
	tap.is(desk.item(approved).reply, reply, "what was shown");
	tap.is(desk.item(approved).decided_by, "ana", "by who is signed in");
	tap.ok(id(page) !== approved, "the next item opens itself");
	tap.has(await page.textContent(".note"), `Item ${approved}`, "and the page says what was done");
	await press(page, "u");
	tap.is(desk.item(approved).status, "drafted", "u takes it back");
	await page.goto(`${desk.base}/item/${approved}`);
	await press(page, "a");
	tap.is(desk.item(approved).status, "approved", "and a gives it again");
	await page.goto(`${desk.base}/item/${first}`);
	await press(page, "u");
	tap.is(id(page), approved, "where nothing was just done, u takes the last step back");
	tap.is(desk.item(approved).status, "drafted", "wherever it was");
	await press(page, "a");
	return approved;
}

async function reasons(page, desk) {
	const open = desk.items("--status", "drafted").map((item) => item.id);
	await page.goto(`${desk.base}/item/${open[0]}`);
	await page.keyboard.press("r");
	tap.is(await page.evaluate(() => document.activeElement.id), "why", "r asks why");
	await page.selectOption("#why", "tone");
	await page.fill("#note", "too brisk for her");
	await loaded(page, () => page.click("#reject button"));
	tap.is(desk.item(open[0]).status, "rejected", "and rejects");
	await page.goto(`${desk.base}/item/${open[0]}`);
	await page.click(".history > summary");
	tap.has(await page.textContent(".history"), "too brisk for her", "the history keeps the words");
	await page.goto(`${desk.base}/item/${open[1]}`);
	await press(page, "d");
	tap.is(desk.item(open[1]).status, "dismissed", "d dismisses");
	await page.goto(`${desk.base}/item/${open[1]}`);
	await press(page, "u");
	tap.is(desk.item(open[1]).status, "drafted", "u opens it again");
	const before = desk.item(open[1]).situations.map((s) => s.situation);
	await page.keyboard.press("l");
	await page.selectOption("#label", before.includes("shared_child") ? "own_fault" : "shared_child");
	await loaded(page, () => page.click("#relabel button[value='+']"));
	tap.ok(desk.item(open[1]).situations.length > before.length, "l gives a situation, drafted anew");
	const words = desk.item(open[1]).reply;
	await loaded(page, () => page.getByRole("button", { name: "Other words" }).click());
	tap.ok(desk.item(open[1]).reply !== words, "other words are other words");
}

async function edits(page, desk) {
	const item = desk.items("--status", "drafted").map((one) => one.id)[0];
	await page.goto(`${desk.base}/item/${item}`);
	await page.keyboard.press("e");
	tap.is(await page.evaluate(() => document.activeElement.id), "text", "e edits");
	await page.fill("#text", "Hello,\n\nwrite to him, he will come back. {{name}}\n\nWarmly,\nthe Dear desk");
	await page.waitForSelector("#style .blocks");
	tap.has(await page.textContent("#style"), "unfilled", "house style is told while typing");
	await loaded(page, () => page.keyboard.press("Control+Enter"));
	tap.is(id(page), item, "what may not go out stays open");
	tap.is(desk.item(item).status, "drafted", "unapproved");
	tap.has(desk.item(item).reply, "{{name}}", "and is not lost");
	await press(page, "u");
	tap.lacks(desk.item(item).reply, "{{name}}", "u takes an edit back");
	await page.keyboard.press("e");
	await page.fill("#text", "Hello,\n\nkeep the letter in the drawer until Sunday, then read it once more.\n\n" +
		"Warmly,\nthe Dear desk");
	await page.keyboard.press("Escape");
	await page.keyboard.press("x");
	tap.has(await page.inputValue("#text"), "drawer", "Escape leaves the field, and keys are keys again");
	await loaded(page, () => page.click("button[name=approve]"));
	tap.is(desk.item(item).status, "approved", "saved and approved");
	tap.has(desk.item(item).reply, "until Sunday", "in the editor's words");
	return item;
}

async function twoWindows(browser, state, desk) {
	const context = await browser.newContext({ storageState: state });
	const one = await watch(context, desk.base), two = await watch(context, desk.base);
	const item = desk.items("--status", "drafted").map((each) => each.id)[0];
	await one.goto(`${desk.base}/item/${item}`);
	await two.goto(`${desk.base}/item/${item}`);
	const shown = desk.item(item).reply;
	await one.keyboard.press("e");
	await one.fill("#text", "Hello,\n\nthe first window was quicker with these words today.\n\nWarmly,\nthe Dear desk");
	await loaded(one, () => one.click("button[name=approve]"));
	two.expected.push(409);
	await two.keyboard.press("e");
	await two.fill("#text", "Hello,\n\nthe second window had this on its mind.\n\nWarmly,\nthe Dear desk");
	await loaded(two, () => two.click("button[name=approve]"));
	const text = await two.textContent("main");
	tap.has(text, "first window was quicker", "a conflict shows the reply that stands");
	tap.has(text, shown.split("\n")[2].slice(0, 40), "beside the one that was seen");
	tap.has(await two.inputValue("#text"), "second window had this", "and keeps what was typed");
	tap.has(desk.item(item).reply, "first window", "nothing was overwritten");
	await loaded(two, () => two.getByRole("button", { name: "Save mine and approve" }).click());
	tap.has(desk.item(item).reply, "second window", "until the editor says so");
	tap.is([...one.faults, ...two.faults].join("\n"), "", "two windows: nothing went wrong");
	await context.close();
}

async function queue(page, desk) {
	await page.goto(desk.base + "/item/11");
	await press(page, "/");
	tap.is(await page.evaluate(() => document.activeElement.id), "search", "/ searches");
	const word = desk.items("--status", "open").at(-1).comment.match(/[a-z]+/g)
		.reduce((one, other) => (other.length > one.length ? other : one));
	await page.keyboard.type(word);
	await press(page, "Enter");
	tap.is(await page.locator("ol.queue > li").count(), desk.items("--status", "open", "--search", word).length,
		"and finds what the list finds");
	tap.ok(await page.locator("ol.queue > li").count() > 0, "of which there is some");
	await page.goto(desk.base + "/?status=all");
	await page.click(".filter summary");
	await page.selectOption("#situation", "shared_child");
	await page.selectOption("#band", "high");
	await loaded(page, () => page.getByRole("button", { name: "Filter", exact: true }).click());
	tap.is(await page.locator("ol.queue > li").count(),
		desk.items("--situation", "shared_child", "--band", "high").length, "a filter is the list's filter");
	await page.click(".kept summary");
	await page.fill("#keep", "children");
	await loaded(page, () => page.getByRole("button", { name: "Keep" }).click());
	await page.goto(desk.base + "/");
	await loaded(page, () => page.getByRole("link", { name: "children" }).click());
	tap.is(await page.inputValue("#situation"), "shared_child", "a filter with a name comes back");
	tap.has(desk.dear(["filters"]), "children", "and the terminal has it too");
	await loaded(page, () => page.getByRole("button", { name: "Forget children" }).click());
	tap.is(await page.getByRole("link", { name: "children" }).count(), 0, "until it is forgotten");
}

async function many(page, desk) {
	await page.goto(desk.base + "/bulk");
	const links = page.locator(".choices a");
	tap.ok(await links.count() > 0, "many: the responses to choose from");
	let boxes = 0;
	for (let i = 0; i < await links.count() && boxes === 0; i++) {
		await page.goto(desk.base + "/bulk");
		await loaded(page, () => links.nth(i).click());
		boxes = await page.locator("input[name=one]").count();
	}
	const approved = desk.items("--status", "approved").length;
	await loaded(page, () => page.getByRole("button", { name: "Approve those ticked" }).click());
	tap.is(desk.items("--status", "approved").length, approved + boxes, "all that were shown and ticked");
}

async function statistics(page, desk) {
	await page.goto(desk.base + "/stats");
	const told = JSON.parse(desk.dear(["stats", "--json"]));
	const text = await page.textContent("main");
	tap.has(text, String(told.came), "statistics: the comments that came");
	tap.ok(await page.locator("svg rect").count() > 8, "with plots");
	tap.ok(await page.locator("svg rect.edited").count() > 0, "in which the edit is");
	await page.getByText("Wear, and what was changed").click();
	tap.has(await page.textContent(".wear"), "taken out", "which sentences were taken out");
	tap.has(await page.textContent("main"), "tone", "and why a draft was rejected");
	await page.goto(desk.base + "/thread/1");
	tap.is(await page.locator(".tree > li").count(), 37, "a thread is shown whole");
}

module.exports = async (browser) => {
	const desk = new Desk();
	try {
		desk.dear(["import", "--topic", "ex-letter", path.join(samples, "letter-thread.html")]);
		await desk.open("--as", "ana");
		const state = await signIn(browser, desk);
		const context = await browser.newContext({ storageState: state });
		const page = await watch(context, desk.base);
		await tap.part("review by keyboard", () => byKeyboard(page, desk));
		await tap.part("reject, dismiss, relabel", () => reasons(page, desk));
		await tap.part("edit", () => edits(page, desk));
		await tap.part("two windows", () => twoWindows(browser, state, desk));
		await tap.part("search and filters", () => queue(page, desk));
		await tap.part("many at once", () => many(page, desk));
		await tap.part("statistics", () => statistics(page, desk));
		tap.is(page.faults.join("\n"), "", "in all that no dialog, no error, no request elsewhere");
		await context.close();
	} finally {
		await desk.close();
	}
};
