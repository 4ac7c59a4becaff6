#!/bin/sh
# Decisions that come after others: a colleague's, a conflict, an edit after the
# yes, and taking back what has left already.
. "$(dirname "$0")/lib.sh"
DEAR_EDITOR=ana
export DEAR_EDITOR

# shows WHAT TEXT: the line that `list --json` has about comment 1846 holds TEXT.
shows() {
	dear list --json | grep -F '"comment_id": "1846"' >line
	holds "$1" line "$2"
}
history() {
	dear show --json "$id" | grep -o '"decision": "[a-z]*"' | cut -d '"' -f 4 | tr '\n' ' '
	echo
}

dear import "$samples/letter-thread.html" >out 2>err
id=$(dear list --json | sed -n 's/^{"id": \([0-9]*\),.*"comment_id": "1846".*/\1/p')
[ -n "$id" ]
say 'there is an item to decide on' out err
echo 'Ольга, what you wrote is an ending already. The column' >first
echo 'Ольга, four minutes were too few. The column' >second
echo 'Ольга, [one line about the walk]. The column' >gap

# two at one desk
dear edit "$id" --text first >out 2>err
seen=$(dear list --json | sed -n 's/.*"comment_id": "1846".*"revision": \([0-9]*\).*/\1/p')
dear edit "$id" --text second --as bo >out 2>err
status 1 'what is there now was not seen' dear approve "$id" --revision "$seen"
holds 'both are shown: the one seen' out 'an ending already'
holds 'and the one there is' out 'four minutes'
shows 'nothing was decided' '"decided_by": null'
dear dismiss "$id" --as bo >out 2>err
status 1 'a yes after a colleague'"'"'s no' dear approve "$id"
holds 'is a yes, and says so' err '[decision-conflict]'
holds 'to her too' out 'bo had dismissed it'
shows 'the later one stands' '"decided_by": "ana"'

# an edit after the yes
status 1 'an edit that may not go out' dear edit "$id" --text gap --approve
shows 'is kept' '[one line about the walk]'
shows 'and the yes to the other text is gone' '"decided_by": null'
status 1 'an empty one' sh -c 'printf "\n \n" | "$DEAR" edit "$1" --text -' sh "$id"
shows 'changes nothing' '[one line about the walk]'
dear edit "$id" --text second --approve >out 2>err
shows 'a whole one is approved' '"status": "approved"'

# after it left
status 0 'it stands on the site' dear posted "$id" --native-id 2001
status 0 'which is noted' dear posted "$id" --native-id 2001
holds 'once' out 'already'
shows 'it has left' '"exported"'
status 1 'taking it back' dear reopen "$id"
holds 'is a retraction' out 'retracted'
dear list --json --flag exported >flagged 2>err
same 'and it counts as exported no more' flagged <<'END'
[]
END
status 1 'what is not approved is not posted' dear posted "$id" --native-id 2002
status 0 'the same words may be approved again' dear approve "$id"
status 0 'and leave again' dear posted "$id" --native-id 2002
history >kinds
same 'the history keeps it all' kinds <<'END'
dismissed approved reopened approved retracted reopened approved 
END

# an edit that was rejected gives way to another wording of dear's
dear edit "$id" --text second >out 2>err
status 1 'an edit that had left is turned down' dear reject "$id" --reason tone
status 0 'another wording is asked for' dear redraft "$id"
shows 'the item is open again' '"decided_by": null'
dear list --json | grep -F '"comment_id": "1846"' >line
lacks 'without the words that were turned down' line 'were too few'
holds 'with a draft' line '"reply": "'
dear dump >kept
rm -f dear.db dear.db-*
dear import "$samples/letter-thread.html" >out 2>err
status 0 'a restored store' dear restore kept
dear list --json | grep -F '"comment_id": "1846"' >line
lacks 'has not brought them back' line 'were too few'
finish
