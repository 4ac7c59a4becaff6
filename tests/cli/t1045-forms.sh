#!/bin/sh
# Approved replies in the forms a site takes: bodies for its interface, a script
# for wp-cli, an import file, a sheet to copy from. Whatever the text, it arrives
# as that text, below the comment it answers.
. "$(dirname "$0")/lib.sh"

DEAR_NOW=2026-03-01T09:30:00Z
DEAR_EDITOR=ana
export DEAR_NOW DEAR_EDITOR

dear import "$samples/letter-thread.html" >out 2>err
cat >nasty <<'END'
Dear Heike, it's <b>fine</b> & "so" is $(touch ran) `touch ran` \n ]]> 🙂 -- --user_id=9

'; touch ran; '
# not a comment
العربية, the Dear desk
END
heike=$(item_of 1851)
other=$(item_of 1846)
dear edit "$heike" --approve --text nasty >out 2>err
dear approve "$other" >out 2>err
pass 'two are approved' test -n "$heike" -a -n "$other"

# REST bodies
status 0 'wordpress' dear export --format wordpress
json 'is a body a line, and nothing else in it' out \
	'[list(b) for b in lines] == [["post", "parent", "content"]] * 2
	and [(b["post"], b["parent"]) for b in lines] == [(212, 1846), (212, 1851)]'
json 'whose text WordPress shows as it was written' out \
	'__import__("html").unescape(lines[1]["content"])
	== open("nasty", encoding="utf-8").read().rstrip("\n")
	and "<" not in lines[1]["content"] and all(ord(c) < 0x10000 for c in lines[1]["content"])'
status 0 'a second time' dear export --format wordpress
[ ! -s out ]
say 'there is nothing left' out
status 0 'unless again' dear export --format wordpress --again --output bodies
[ "$(wc -l <bodies)" -eq 2 ]
say 'then there is' bodies
dear show "$heike" >out 2>err
holds 'the item says where it went' out 'export wordpress'

# wp-cli: a stand-in that keeps comments in files and takes only what the
# script may say
mkdir site
cat >wp <<'END'
#!/usr/bin/env python3
import json, os, sys
words = [w for w in sys.argv[1:] if not w.startswith("--")]
given = dict(w[2:].partition("=")[::2] for w in sys.argv[1:] if w.startswith("--"))
def read(n):
    return json.load(open("site/" + n))
if words[:2] == ["post", "get"]:
    print({"212": 1}[words[2]])
elif words[:2] == ["user", "get"]:
    user = {"ID": words[2], "display_name": "Maren's desk", "user_email": "m@readers.example"}
    print(user[given["field"]])
elif words[:2] == ["comment", "get"]:
    known = {"1846": {"comment_approved": 1}, "1851": {"comment_approved": 1}}
    print((known.get(words[2]) or read(words[2]))[given["field"]])
elif words[:2] == ["comment", "list"]:
    assert given["status"] == "any", given
    for n in sorted(os.listdir("site")):
        c = read(n)
        asked = (given["post_id"], given["parent"], given["user_id"])
        if (c["comment_post_ID"], c["comment_parent"], c["user_id"]) == asked:
            print(n)
elif words[:2] == ["comment", "create"]:
    n = str(9000 + len(os.listdir("site")))
    if n == os.environ.get("FAIL"):
        sys.exit("Error: no database")
    json.dump(given, open("site/" + n, "w"))
    print(n)
else:
    sys.exit("unknown: " + " ".join(sys.argv))
END
chmod +x wp
WP=./wp
export WP
status 0 'wp-cli' dear export --format wp-cli --again --output replies.sh
pass 'is a script a shell can read' sh -n replies.sh
status 1 'the site fails after the first' env FAIL=9001 sh replies.sh
[ "$(cat dear-ids.txt)" = "$other 9000" ]
say 'its id is noted' dear-ids.txt
status 0 'run again' sh replies.sh
printf '%s 9000\n%s 9001\n' "$other" "$heike" >want
same 'the rest is posted, the first is not posted twice' dear-ids.txt <want
[ "$(ls site)" = "$(printf '9000\n9001')" ] && [ ! -e ran ]
say 'and nothing in a text was run' replies.sh
json 'the text is what WordPress shows' site/9001 \
	'__import__("html").unescape(d["comment_content"])
	== open("nasty", encoding="utf-8").read().rstrip("\n") and d["comment_parent"] == "1851"
	and d["user_id"] == "1" and d["comment_author"] == "Maren'"'"'s desk"'
rm dear-ids.txt
status 0 'without the note of ids' sh replies.sh
same 'what is there is found by its text' dear-ids.txt <want
status 0 'the ids come back' dear posted --ids dear-ids.txt
holds 'one by one' out "$heike: posted as comment 9001"
status 2 'ids and an ID' dear posted --ids dear-ids.txt 1
status 2 'neither' dear posted
printf '%s 9000\nnine\n' "$other" >bad
status 3 'a line that is none' dear posted --ids bad
holds 'is named' err 'bad:2:'
printf '999 9000\n' >bad
status 2 'an item that is none' dear posted --ids bad

# WXR
status 1 'wxr' dear export --format wxr --again
holds 'is doubted, as long as the title is known only as it shows' err '[reply-may-miss]'
cp out replies.xml
python3 - >judged 2>&1 <<'END'
import html, xml.etree.ElementTree as ET
w = "{http://wordpress.org/export/1.2/}"
c = ET.parse("replies.xml").getroot().find("channel")
assert c.findtext(w + "wxr_version") == "1.2"
[item] = c.findall("item")
assert item.findtext(w + "post_id") == "212" and item.findtext(w + "post_type") == "post"
assert item.findtext(w + "status") == "draft"
assert item.findtext("title") == "The letter to your ex: write it, wait, then decide"
replies = item.findall(w + "comment")
assert [r.findtext(w + "comment_parent") for r in replies] == ["1846", "1851"]
assert all(int(r.findtext(w + "comment_id")) > 10**12 for r in replies)
dates = [r.findtext(w + "comment_date_gmt") for r in replies]
assert dates == ["2026-03-01 09:30:00", "2026-03-01 09:30:01"], dates
assert all(r.findtext(w + "comment_author") == "Maren Holt" for r in replies)
text = html.unescape(replies[1].findtext(w + "comment_content"))
assert text == open("nasty", encoding="utf-8").read().rstrip("\n")
END
say 'an import file that names article, parents and different seconds' judged replies.xml

# read back: the replies hang below the comments they answer
if dear help import | grep -q wxr || dear import --format none x 2>&1 | grep -q wxr; then
	dear import --db back.db "$samples/letter-thread.html" >out 2>err
	dear import --db back.db replies.xml >out 2>err
	dear show --db back.db --thread 1 --json >tree 2>err
	json 'read back, each is below its comment, letter for letter' tree \
		'[(c["parent"], c["parent_known"]) for c in d["comments"]
		if int(c["comment_id"]) > 10**12] == [("1846", "known"), ("1851", "known")]
		and [c["text"] for c in d["comments"] if c["parent"] == "1851"]
		== [open("nasty", encoding="utf-8").read().rstrip("\n")]'
else
	leave 'read back, each is below its comment' 'this dear reads no WXR'
fi

# Disqus
status 1 'a thread of WordPress is not for Disqus' dear export --format disqus --again
holds 'each is named' err '[reply-does-not-fit]'
cat >disqus.json <<'END'
{"title": "A fence", "url": "https://hedge.example/fence/", "comments": [
 {"id": "4711", "author": "Wren",
  "text": "He left me after six years. Should I write him a letter, or wait?"},
 {"id": "x9", "author": "Robin",
  "text": "She left me after two years. Should I write her a letter, or wait?"}]}
END
dear import --topic ex-letter --staff Hedge --db fence.db disqus.json >out 2>err
for item in 1 2; do
	dear edit --db fence.db --approve --text nasty $item >out 2>err
done
status 1 'disqus' dear export --db fence.db --format disqus
json 'gives its parent and its message' out \
	'[list(b) for b in lines] == [["parent", "message"]] and lines[0]["parent"] == "4711"
	and __import__("html").unescape(lines[0]["message"])
	== open("nasty", encoding="utf-8").read().rstrip("\n")'
holds 'and names what has no number' err 'item 2: warning: left out: its comment has no number'

# the sheet
status 0 'copy-sheet' dear export --format copy-sheet
cp out sheet.html
python3 - >judged 2>&1 <<'END'
import base64, hashlib, html.parser, re
page = open("sheet.html", encoding="utf-8").read()
[script] = re.findall(r"<script>(.*?)</script>", page, re.S)
said = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
assert "script-src 'sha256-%s'" % said in page, said
class Sheet(html.parser.HTMLParser):
    texts, links, open = {}, [], None
    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        assert tag != "b", "markup from a text"
        if tag == "a":
            self.links.append(attrs["href"])
        if tag == "pre":
            self.open = attrs["id"]
            self.texts[self.open] = ""
    def handle_endtag(self, tag):
        if tag == "pre":
            self.open = None
    def handle_data(self, data):
        if self.open:
            self.texts[self.open] += data
s = Sheet()
s.feed(page)
nasty = open("nasty", encoding="utf-8").read().rstrip("\n")
plain = [t[1:] for name, t in s.texts.items() if name.startswith("text-")]
assert plain[1] == nasty, plain
assert any("\\<b>fine" in t for t in s.texts.values())
assert any("&lt;b&gt;fine" in t and t.count("<p>") == 2 for t in s.texts.values())
assert any(l.endswith("#comment-1851") for l in s.links)
END
say 'holds three renderings, the way to the comment, and a script that is its own' judged
[ "$(dear list --db fence.db --json --flag exported | grep -c '^{')" -eq 1 ]
say 'and marks nothing by itself'

# answered since
dear import --topic ex-letter --db late.db --staff Hedge disqus.json >out 2>err
dear edit --db late.db --approve --text nasty 1 >out 2>err
answer='{"id": "5000", "parent": "4711", "author": "Hedge", "text": "Tea first."},'
sed "s/\"comments\": \\[/&$answer/" disqus.json >answered.json
dear import --db late.db answered.json >out 2>err
status 1 'what the column answered since' dear export --db late.db --format disqus
[ ! -s out ]
say 'stays here' out
holds 'and is named' err '[reply-answered]'
status 0 'or goes with --also-answered' dear export --db late.db --format disqus --also-answered
json 'as it was approved' out 'len(lines) == 1'

# a reply that comes back without a word of its id
reply='{"id": "5001", "parent": "4711", "author": "Someone", "html": "BACK"},'
sed "s/\"comments\": \\[/&$reply/" disqus.json >back.json
python3 - <<'END'
import html, json
nasty = open("nasty", encoding="utf-8").read().strip()
shown = html.escape(nasty.replace("it's", "it\u2019s"))
shown = "<p>" + shown.replace("\n\n", "</p><p>").replace("\n", "<br>") + "</p>"
text = open("back.json").read().replace('"BACK"', json.dumps(shown))
open("back.json", "w").write(text)
END
status 0 'it is in the thread again' dear import --db fence.db back.json
dear show --db fence.db --thread 1 --json >tree 2>err
json 'known as ours by its text, whoever it seems to be by' tree \
	'[c["staff"] for c in d["comments"] if c["comment_id"] == "5001"] == [True]'
dear show --db fence.db 1 >out 2>err
holds 'and its id is known now' out '5001'
dear dump --db fence.db >dump 2>err
status 0 'all of it comes through a dump' dear restore --db again.db dump
dear dump --db again.db >second 2>err
same 'and out again' second <dump
finish
