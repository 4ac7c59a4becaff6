"use strict";
/* Tests as TAP lines: a name is a sentence about what holds. */
let count = 0;
let failed = 0;

function say(good, what, why) {
	count++;
	failed += good ? 0 : 1;
	console.log(`${good ? "ok" : "not ok"} ${count} - ${what}`);
	if (!good && why !== undefined)
		for (const line of String(why).split("\n").slice(0, 40))
			console.log("#   " + line);
}
const tap = {
	ok: (good, what, why) => say(Boolean(good), what, why),
	is: (got, wanted, what) =>
		say(Object.is(got, wanted), what, `got ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`),
	has: (text, part, what) => say(String(text).includes(part), what, `no "${part}" in: ${text}`),
	lacks: (text, part, what) => say(!String(text).includes(part), what, `"${part}" in: ${text}`),
	/* A part that breaks off is one failure, and the next part goes on. */
	part: async (what, run) => {
		try {
			await run();
		} catch (error) {
			say(false, what, error.stack);
		}
	},
	finish: () => {
		console.log(`1..${count}`);
		process.exitCode = failed ? 1 : 0;
	},
};
module.exports = tap;
