#!/bin/sh
# The editor's decisions, command by command: what each records, what it refuses,
# and that an import or a rebuild afterwards changes none of it.
. "$(dirname "$0")/lib.sh"

DEAR_NOW=2026-03-01T09:30:00Z
DEAR_EDITOR=ana
export DEAR_NOW DEAR_EDITOR

# one COMMENT: the line `list --json` has about it. id COMMENT: its item's.
one() {
	dear list --json | grep -F "\"comment_id\": \"$1\""
}
id() {
	one "$1" | sed 's/^{"id": \([0-9]*\),.*/\1/'
}
# shows WHAT COMMENT TEXT: its line holds TEXT.
shows() {
	one "$2" >line
	holds "$1" line "$3"
}

status 1 'the sample is imported' dear import "$samples/letter-thread.html"
alone=$(id 1842) closure=$(id 1846) child=$(id 1851) safety=$(id 1858) praise=$(id 1859)
status 2 'answered ones have no item' dear approve 9999
[ -z "$alone" ]
say 'nor are they listed'

# approve
status 0 'a draft is approved' dear approve "$closure"
shows 'it is approved' 1846 '"status": "approved"'
shows 'by name' 1846 '"decided_by": "ana", "decided_at": "2026-03-01T09:30:00Z"'
status 0 'twice is nothing new' dear approve "$closure"
holds 'and says so' out 'already'
status 1 'a safety item has no draft to approve' dear approve "$safety"
shows 'it still needs a person' 1858 '"status": "needs_person", "reason": "safety"'
status 2 'no ID' dear approve
status 2 'no number' dear approve one

# edit
one 1851 >before
printf 'Dear Heike,\n\nkeep it about the child.\n\nThe column\n' >mine
status 1 'an edit waits; its style is looked at' dear edit "$child" --text mine
holds 'the revision is told' out 'waits for approval'
holds 'the breach is told' err '[house-style]'
shows 'it is edited' 1851 '"flags": ["edited"]'
shows 'it is not approved' 1851 '"status": "drafted"'
status 0 'the same again is nothing' dear edit "$child" --text mine
revision=$(one 1851 | sed 's/.*"revision": \([0-9]*\).*/\1/')
printf 'Dear [name],\n\nkeep it about {{child}}.\n' | dear edit "$child" --text - --approve >out 2>err
[ $? -eq 1 ]
say 'brackets are not approved' out err
shows 'but the words are kept' 1851 'keep it about {{child}}.'
shows 'and wait' 1851 '"status": "drafted"'
status 1 'nor are they by approve' dear approve "$child"
status 1 'an older revision than is there is a conflict' dear approve "$child" --revision "$revision"
holds 'that shows what was seen' out 'keep it about the child.'
holds 'and what is there' out 'keep it about {{child}}.'
status 1 'an edit with --approve is approved' dear edit "$child" --text mine --approve
shows 'at once' 1851 '"status": "approved"'
printf '\n \n' >blank
status 1 'an empty text changes nothing' dear edit "$child" --text blank
shows 'and leaves the approval' 1851 '"status": "approved"'
printf 'Write to me again when you are safe.\n' >words
status 1 'safety is answered in words of one'"'"'s own' dear edit "$safety" --text words --approve
shows 'which may be approved' 1858 '"status": "approved"'
status 1 'an item without a draft takes an edit' dear edit "$praise" --text words
shows 'it has a reply now' 1859 'when you are safe.'
status 6 'a text that is not there' dear edit "$praise" --text nowhere

# reject, dismiss, reopen
mine=$(id 1861)
one 1861 | sed 's/.*"reply": "\([^"]*\)".*/\1/' >reply1
status 2 'a reason that is none' dear reject "$mine" --reason because
holds 'the reasons are told' err wrong_situation
status 0 'a wording is rejected' dear reject "$mine" --reason tone --note 'too brisk'
shows 'it is rejected' 1861 '"status": "rejected"'
status 0 'a redraft offers another' dear redraft "$mine"
shows 'open again' 1861 '"status": "drafted"'
one 1861 | sed 's/.*"reply": "\([^"]*\)".*/\1/' >reply2
! cmp -s reply1 reply2
say 'and it is another' reply2
status 0 'an item is dismissed' dear dismiss "$mine"
shows 'no reply is wanted' 1861 '"status": "dismissed"'
status 0 'and reopened' dear reopen "$mine"
shows 'it is open' 1861 '"status": "drafted"'
status 0 'an open one stays so' dear reopen "$mine"

# a colleague
dear dismiss "$mine" >out 2>err
status 1 'another editor may decide otherwise' dear approve "$mine" --as bo
holds 'and hears that she does' err '[decision-conflict]'

# after it left
status 0 'a reply stands on the site' dear posted "$closure" --native-id 2001
shows 'it has left' 1846 '"exported"'
status 0 'that is noted once' dear posted "$closure" --native-id 2001
status 1 'taking it back' dear reopen "$closure"
holds 'is a retraction' out 'retracted'
shows 'the flag is gone' 1846 '"flags": []'
status 1 'what is not approved is not posted' dear posted "$closure"
status 0 'it may be approved again' dear approve "$closure"

# labels
status 2 'a label that is none' dear relabel "$closure" +sunshine
status 0 'a label' dear relabel "$closure" +they_ended_it
status 0 'is said once' dear relabel "$closure" +they_ended_it

# nothing else changes a decision
dear list --json | sed 's/"situations".*"comment":/"comment":/' >decided
status 1 'the import comes again' dear import "$samples/letter-thread.html"
dear list --json | sed 's/"situations".*"comment":/"comment":/' >again
same 'and changes nothing' again <decided
pass 'a rebuild' dear rebuild
dear list --json --status approved | sed 's/"situations".*"comment":/"comment":/' >again
grep '"status": "approved"' decided | sed 's/,$//' >kept
sed 's/,$//' again | grep '"status": "approved"' >again2
same 'leaves what was approved' again2 <kept
finish
