"use strict";
/* Every page: sound for screen readers in light and dark, whole at 320 pixels and
 * at 200 %, of use without script, and fit to print. */
const fs = require("node:fs");
const path = require("node:path");
const { Desk, axeFaults, samples, signIn, watch } = require("./kit");
const tap = require("./tap");

const shots = process.env.DEAR_SHOTS;

/* What there is to look at: the store has something of everything. */
function work(desk) {
	const now = (time) => { desk.env.DEAR_NOW = time; };
	now("2026-03-24T08:00:00Z");
	desk.dear(["import", "--also-answered", "--topic", "ex-letter", path.join(samples, "letter-thread.html")]);
	const drafted = desk.items("--status", "drafted").filter((item) => item.flags.length === 0)
		.map((item) => String(item.id));
	now("2026-03-24T08:20:00Z");
	desk.dear(["approve", drafted[0], "--as", "ana"]);
	now("2026-03-25T11:00:00Z");
	desk.dear(["reject", drafted[1], "--reason", "tone", "--note", "too brisk", "--as", "bo"]);
	now("2026-03-30T11:00:00Z");
	desk.dear(["edit", drafted[2], "--text", "-", "--approve", "--as", "ana"],
		"Hello,\n\nkeep it in the drawer until Sunday, then read it once more.\n\nWarmly,\nthe Dear desk\n");
	now("2026-03-31T09:00:00Z");
	desk.dear(["dismiss", drafted[3], "--as", "bo"]);
	desk.dear(["edit", drafted[4], "--text", "-", "--as", "bo"],
		"You should write to her, she will come back to you.\n");
	desk.dear(["list", "--json", "--situation", "shared_child", "--save", "children"]);
	return { approved: drafted[0], rejected: drafted[1], edited: drafted[4], plain: drafted[5],
		safety: String(desk.items("--reason", "safety")[0].id) };
}

async function conflict(page, desk, item) {
	await page.goto(`${desk.base}/item/${item}`);
	desk.dear(["edit", item, "--text", "-", "--as", "bo"],
		`Hello,\n\nwritten meanwhile, ${Math.random()}.\n\nWarmly,\nthe Dear desk\n`);
	page.expected.push(409);
	await page.locator("#edit summary").click();
	await page.fill("#text", "Hello,\n\nmine.\n\nWarmly,\nthe Dear desk");
	await Promise.all([page.waitForNavigation(), page.click("button[name=approve]")]);
}

async function openAll(page) {
	for (const details of await page.locator("details").all())
		await details.evaluate((element) => { element.open = true; });
}

async function look(page, name, theme) {
	const faults = await axeFaults(page);
	tap.is(faults.join("\n"), "", `axe has nothing to say of ${name}, ${theme}`);
	await openAll(page);
	const more = await axeFaults(page);
	tap.is(more.join("\n"), "", `nor with all of it open`);
	if (shots)
		await page.screenshot({ path: path.join(shots, `${name}-${theme}.png`), fullPage: true });
}

async function theme(browser, desk, state, ids, colorScheme) {
	const context = await browser.newContext({ storageState: state, colorScheme,
		viewport: { width: 1280, height: 900 } });
	const page = await watch(context, desk.base);
	const pages = { queue: "/", filtered: "/?status=all&situation=shared_child", item: `/item/${ids.plain}`,
		approved: `/item/${ids.approved}?status=all`, rejected: `/item/${ids.rejected}?status=all`,
		edited: `/item/${ids.edited}`, safety: `/item/${ids.safety}`, thread: "/thread/1",
		statistics: "/stats", bulk: "/bulk", many: "/bulk?response=shared/opening-named",
		keys: "/keys" };
	for (const [name, where] of Object.entries(pages)) {
		await page.goto(desk.base + where);
		await look(page, name, colorScheme);
	}
	page.expected.push(404);
	await page.goto(desk.base + "/nowhere");
	await look(page, "nowhere", colorScheme);
	await conflict(page, desk, ids.plain);
	await look(page, "conflict", colorScheme);
	await page.goto(desk.base + "/item/" + ids.plain);
	await page.keyboard.press("?");
	tap.ok(await page.locator("dialog[open]").count(), `? shows the keys, ${colorScheme}`);
	await look(page, "dialog", colorScheme);
	const back = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
	const light = back.match(/\d+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0) > 380;
	tap.is(light, colorScheme === "light", `the page is ${colorScheme}`);
	tap.is(page.faults.join("\n"), "", `${colorScheme}: nothing went wrong`);
	await context.close();
}

async function sizes(browser, desk, state, ids) {
	for (const [name, viewport, scale] of [["at 320 pixels", { width: 320, height: 640 }, 1],
		["at 200 %", { width: 640, height: 450 }, 2]]) {
		const context = await browser.newContext({ storageState: state, viewport, deviceScaleFactor: scale });
		const page = await watch(context, desk.base);
		for (const where of ["/", `/item/${ids.plain}`, `/item/${ids.safety}`, "/stats", "/thread/1", "/keys",
			"/bulk?response=shared/opening-named"]) {
			await page.goto(desk.base + where);
			await openAll(page);
			const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			tap.ok(over <= 0, `${name} ${where} needs no scrolling sideways`, `${over} pixels too wide`);
			if (shots)
				await page.screenshot({ fullPage: true, path: path.join(shots,
					`${where.replace(/\W+/g, "-")}${viewport.width}.png`) });
		}
		await context.close();
	}
}

async function scriptless(browser, desk, state, ids) {
	const context = await browser.newContext({ storageState: state, javaScriptEnabled: false });
	const page = await watch(context, desk.base);
	const go = (act) => Promise.all([page.waitForNavigation(), act()]);
	await page.goto(desk.base + "/");
	await go(() => page.getByRole("link", { name: "Begin with the first" }).click());
	tap.is(await page.locator("kbd:visible").count(), 0, "without script no key is promised");
	const item = ids.edited;
	await page.goto(`${desk.base}/item/${item}`);
	await page.locator("#edit summary").click();
	await page.fill("#text", "Hello,\n\nwritten without a script.\n\nWarmly,\nthe Dear desk");
	await go(() => page.getByRole("button", { name: "Save and approve" }).click());
	tap.is(desk.item(Number(item)).status, "approved", "an edit is approved without script");
	tap.has(await page.textContent(".note"), "Undo", "and can be taken back");
	await go(() => page.locator(".note button").click());
	tap.is(desk.item(Number(item)).status, "drafted", "which a button does");
	await page.goto(desk.base + "/");
	await page.goto(desk.base + "/?status=all");
	await page.fill("#search", "rucksack");
	await go(() => page.getByRole("button", { name: "Search" }).click());
	tap.is(await page.locator("ol.queue > li").count(), 1, "the search is a form");
	await context.close();
}

async function print(browser, desk, state, ids) {
	const context = await browser.newContext({ storageState: state });
	const page = await watch(context, desk.base);
	await page.goto(`${desk.base}/item/${ids.plain}`);
	await page.emulateMedia({ media: "print" });
	tap.is(await page.locator("button:visible, nav:visible, dialog:visible").count(), 0,
		"on paper there are no buttons");
	tap.ok(await page.locator(".letter.reply").isVisible(), "but the reply");
	if (shots)
		await page.pdf({ path: path.join(shots, "item.pdf"), format: "A4" });
	await context.close();
}

async function file(browser, desk) {
	const where = path.join(desk.folder, "stats.html");
	desk.dear(["stats", "--html", where]);
	const context = await browser.newContext({ colorScheme: "dark" });
	const page = await context.newPage();
	const asked = [];
	page.on("request", (request) => asked.push(request.url()));
	await page.goto("file://" + where);
	tap.is(asked.length, 1, "the statistics file needs no other");
	tap.is((await axeFaults(page)).join("\n"), "", "and axe has nothing to say of it");
	tap.ok(await page.locator("svg rect").count() > 8, "its plots are in it");
	tap.is((fs.statSync(where).mode & 0o777).toString(8), "600", "and it is its owner's");
	await context.close();
}

module.exports = async (browser) => {
	const desk = new Desk();
	try {
		const ids = work(desk);
		await desk.open("--as", "ana");
		const stranger = await (await browser.newContext()).newPage();
		await stranger.goto(desk.base + "/");
		tap.is((await axeFaults(stranger)).join("\n"), "", "axe has nothing to say of the door");
		await stranger.context().close();
		const state = await signIn(browser, desk);
		await tap.part("light", () => theme(browser, desk, state, ids, "light"));
		await tap.part("dark", () => theme(browser, desk, state, ids, "dark"));
		await tap.part("sizes", () => sizes(browser, desk, state, ids));
		await tap.part("without script", () => scriptless(browser, desk, state, ids));
		await tap.part("print", () => print(browser, desk, state, ids));
		await tap.part("the statistics file", () => file(browser, desk));
	} finally {
		await desk.close();
	}
};
