
"use strict";
function copied(button) {
	const words = button.textContent;
	button.textContent = "Copied";
	setTimeout(() => { button.textContent = words; }, 1500);
}
function select(text) {
	const field = document.createElement("textarea");
	field.value = text;
	document.body.append(field);
	field.select();
	const done = document.execCommand("copy");
	field.remove();
	return done;
}
async function copy(button) {
	const text = document.getElementById(button.dataset.copy).textContent;
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		if (!select(text))
			return;
	}
	copied(button);
}
for (const button of document.querySelectorAll("button[data-copy]"))
	button.addEventListener("click", () => copy(button));
function tell() {
	const ticked = [...document.querySelectorAll("input:checked")].map((box) => box.value);
	document.getElementById("command").textContent = ["dear posted", ...ticked].join(" ");
}
for (const box of document.querySelectorAll("input[type=checkbox]"))
	box.addEventListener("change", tell);
if (document.getElementById("command"))
	tell();
