"use strict";
/* A desk of its own for each part of the test: a store in an empty folder, `dear
 * serve` on loopback, and browser windows that note whatever should not happen. */
const { execFileSync, spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { chromium } = require("playwright-core");
const tap = require("./tap");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const root = path.join(__dirname, "..", "..");
const dear = process.env.DEAR;
const chrome = process.env.DEAR_CHROMIUM || "/usr/bin/chromium";
const samples = path.join(root, "data", "samples");

/* As root Chromium has no sandbox to offer. */
const launch = () =>
	chromium.launch({
		executablePath: chrome,
		args: process.getuid() === 0 ? ["--no-sandbox"] : [],
	});

class Desk {
	constructor() {
		this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "dear-browser."));
		this.env = { ...process.env, DEAR_DB: path.join(this.folder, "desk.db"), HOME: this.folder };
		delete this.env.DEAR_EDITOR;
	}
	/* Runs dear; its output. Status 1 is fine: something for an editor to see. */
	dear(args, input) {
		try {
			return execFileSync(dear, args, { env: this.env, input: input || "", encoding: "utf8",
				stdio: ["pipe", "pipe", "ignore"] });
		} catch (error) {
			if (error.status !== 1)
				throw error;
			return error.stdout;
		}
	}
	items(...filter) {
		return JSON.parse(this.dear(["list", "--json", ...filter]));
	}
	item(id) {
		return this.items("--status", "all").find((item) => item.id === id);
	}
	file(name, value) {
		const where = path.join(this.folder, name);
		fs.writeFileSync(where, typeof value === "string" ? value : JSON.stringify(value));
		return where;
	}
	/* Opens the desk; the one-time link. */
	open(...args) {
		return new Promise((resolve, reject) => {
			this.serve = spawn(dear, ["serve", "--any-port", ...args], { env: this.env,
				stdio: ["ignore", "pipe", "pipe"] });
			let said = "";
			this.serve.stdout.on("data", (bytes) => {
				said += bytes;
				if (!said.includes("\n"))
					return;
				this.link = said.trim();
				this.base = this.link.replace(/\/in\/.*/, "");
				resolve(this.link);
			});
			this.serve.stderr.resume();
			this.serve.on("exit", () => reject(new Error("the desk did not open")));
		});
	}
	async close() {
		if (this.serve && this.serve.exitCode === null) {
			const gone = new Promise((resolve) => this.serve.once("exit", resolve));
			this.serve.kill("SIGTERM");
			tap.is(await gone, 0, "the desk closes in order");
		}
		fs.rmSync(this.folder, { recursive: true, force: true });
	}
}

/* A window on the desk. faults: dialogs, errors, words on the console, and
 * requests to anywhere else. */
async function watch(context, base) {
	const page = await context.newPage();
	page.faults = [];
	page.expected = [];
	page.on("dialog", async (dialog) => {
		if (dialog.type() !== "beforeunload")
			page.faults.push(`dialog: ${dialog.message()}`);
		await dialog.accept();
	});
	page.on("pageerror", (error) => page.faults.push(`error: ${error.message}`));
	page.on("console", (message) => {
		/* A page that says 409 or 404 is logged by the browser itself. */
		if (message.text().startsWith("Failed to load resource") && page.expected.length)
			page.expected.pop();
		else
			page.faults.push(`console: ${message.text()}`);
	});
	page.on("request", (request) => {
		if (!request.url().startsWith(base + "/") && request.url() !== "about:blank")
			page.faults.push(`request: ${request.url()}`);
	});
	return page;
}

/* The cookie of a session, begun by the link. */
async function signIn(browser, desk) {
	const context = await browser.newContext();
	const page = await watch(context, desk.base);
	await page.goto(desk.link);
	await page.waitForURL(desk.base + "/");
	const state = await context.storageState();
	await context.close();
	return state;
}

/* Nothing for axe to say against a page, WCAG 2.2 AA and its best practices. */
async function axeFaults(page) {
	/* The page's policy allows no script but its own; this one is no part of it. */
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Page.enable");
	const { frameTree } = await cdp.send("Page.getFrameTree");
	const { executionContextId } = await cdp.send("Page.createIsolatedWorld",
		{ frameId: frameTree.frame.id, worldName: "axe" });
	const run = (expression, awaitPromise) =>
		cdp.send("Runtime.evaluate", { expression, contextId: executionContextId, awaitPromise,
			returnByValue: true });
	await run(axe, false);
	const { result } = await run(`axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a",
		"wcag21aa", "wcag22aa", "best-practice"] }).then((r) => JSON.stringify(r.violations.map((v) =>
		v.id + ": " + v.help + "\\n" + v.nodes.map((n) => "  " + n.html.slice(0, 160) + " " +
		n.failureSummary.replace(/\\s+/g, " ")).join("\\n"))))`, true);
	await cdp.detach();
	if (result.value === undefined)
		return ["axe did not run: " + JSON.stringify(result)];
	return JSON.parse(result.value);
}

module.exports = { Desk, axeFaults, launch, samples, signIn, watch };
