#!/bin/sh
# train: weights from labelled posts, the same bytes each time, and used.
. "$(dirname "$0")/lib.sh"

# post ID TEXT LABEL: a line of a corpus.
post() {
	printf '{"id": "%s", "text": "No %s. My ex %s.", "labels": ["%s"]}\n' "$1" "$1" "$2" "$3"
}

# Twelve posts a label, told apart by words that no rule knows.
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	post "a$i" 'sent a zeppelin over the garden' in_touch
	post "b$i" 'keeps a marmot in the cellar' no_contact
done >posts.ndjson
cp -R "$root/data" data
rm -f data/weights/*.json data/training/*
status 0 'training' dear train posts.ndjson --data data
holds 'a row a label' out 'in_touch'
holds 'how it was measured' out 'cross-validation'
cp data/weights/situations.json first.json
pass 'again' dear train posts.ndjson --data data --out second.json
pass 'the same bytes' cmp first.json second.json
status 0 'a post that nobody labelled' dear explain --data data --json --text \
	'He sent a zeppelin yesterday. My ex, I mean.'
json 'is judged by what was learned' out \
	'"in_touch" in [s["situation"] for s in d["situations"] if s["band"] != "low"]'
pass 'as JSON' dear train posts.ndjson --data data --out - --json
head -n 5 posts.ndjson >few.ndjson
status 3 'too few posts' dear train few.ndjson --data data
holds 'are told' err '10 posts'
status 6 'no corpus' dear train nowhere.json --data data
echo '{"labels": [], "weights": {}}' >data/weights/situations.json
status 4 'a broken file of weights' dear explain --data data --text x
holds 'is named' err 'situations.json'
finish
