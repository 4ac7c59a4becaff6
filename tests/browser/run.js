"use strict";
/* All parts in one browser; TAP on standard output. browser.sh calls this. */
const { launch } = require("./kit");
const tap = require("./tap");

(async () => {
	const browser = await launch();
	const wanted = process.argv.slice(2);
	for (const part of ["review", "pages", "hostile"])
		if (wanted.length === 0 || wanted.includes(part))
			await tap.part(part, () => require("./" + part)(browser));
	await browser.close();
	tap.finish();
})();
