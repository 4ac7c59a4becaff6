#!/bin/sh
# evaluate, explain and check: how right the rules are, and why they say what
# they say.
. "$(dirname "$0")/lib.sh"

cat >corpus.json <<'END'
[{"id": "1", "text": "Day 12 of no contact with my ex. He left me.",
  "labels": ["no_contact", "they_ended_it"], "facts": {"ex_pronoun": "he"}},
 {"id": "2", "text": "My brother and his wife argue all day.",
  "labels": ["not_breakup", "safety"], "facts": {}}]
END
status 0 'a corpus' dear evaluate corpus.json
holds 'a row a label' out 'no_contact'
holds 'the mean' out 'macro F1'
holds 'the bands' out 'high: '
status 0 'as JSON' dear evaluate corpus.json --json
json 'its posts' out 'd["posts"] == 2'
json 'support' out \
	'{r["name"]: r["support"] for r in d["labels"]}["no_contact"] == 1'
json 'figures of one' out \
	'all(0 <= r[k] <= 1 for r in d["labels"] for k in ("precision", "recall", "f1"))'
status 0 'with its misses' dear evaluate corpus.json --json --errors
json 'the safety that is not there' out \
	'"safety" in [e["name"] for e in d["errors"] if e["id"] == "2"]'
dear evaluate corpus.json --json --errors >before.json
sed 's/"not_breakup", "safety"/"not_breakup"/' corpus.json >other.json
dear evaluate other.json --json --errors >after.json
status 0 'two results compared' dear evaluate --compare before.json after.json
holds 'what was put right' out 'put right: 1'
holds 'by post and label' out '2 safety'
holds 'nothing spoilt' out 'spoilt: 0'
status 2 'one result is not enough' dear evaluate --compare before.json
status 3 'what is no result' dear evaluate --compare before.json corpus.json
status 3 'no corpus' sh -c 'echo "{" | "$DEAR" evaluate -'
status 6 'a missing one' dear evaluate nowhere.json

if [ -f "$shared/corpus/reader-posts.json" ]; then
	status 0 'the readers'\'' posts' dear evaluate "$shared/corpus/reader-posts.json" --json
	json 'better than lists of keywords' out 'd["macro_f1"] > 0.5'
else
	leave 'the readers'\'' posts' 'no shared corpus here'
fi

status 0 'explain a text' dear explain --text \
	'She did not leave me, I left her. We have not talked for 3 weeks.'
holds 'the words for it' out 'for:'
holds 'what was found' out 'no_contact'
status 0 'from standard input' sh -c 'echo "We have a son." | "$DEAR" explain --json'
json 'with details and triage' out 'list(d) == ["id", "topic", "situations", "facts", "details",
  "people", "events", "unsure", "status", "reason"]'
pass 'a store' dear import "$root/tests/fixtures/desk-thread.json"
status 0 'an item' dear explain 1
holds 'is named' out 'Item 1'
status 2 'an unknown one' dear explain 99
status 2 'both ways' dear explain 1 --text x
status 0 'control characters' sh -c 'printf "He left \033[31m me" | "$DEAR" explain'
lacks 'stay inside' out "$(printf '\033')"

status 0 'check' dear check --data "$root/data" --responses "$root/responses"
holds 'runs the examples' out 'of the rules run'
status 0 'as JSON' dear check --json
json 'all pass' out 'd["examples"] > 50 and d["failed"] == 0'
finish
