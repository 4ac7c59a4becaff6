/* store_sql.c - every statement there is, by number. Nothing here is ever put
 * together at run time. Rows of a thread are found by the range of their ids
 * (:first to :last), see schema/001-first.sql.
 */
#include "store_internal.h"

/* Columns of struct item, in the order store_item.c reads them. */
#define ITEM_COLUMNS                                                                    \
	"SELECT id, thread, comment, first, hash, status, reason, follows, earlier, "   \
	"answered, edited, stale, exported, thread_url, thread_title, comment_id, "     \
	"author, person, date, utc, url, text, parent, topic, reply, revision, basis, " \
	"responses, decided_by, decided_at, "                                           \
	"(SELECT decision FROM item WHERE item.id = desk.id) FROM desk "

/* Whether an editor's work hangs on the item. */
#define HAS_WORK                                                                    \
	"(i.edit IS NOT NULL OR EXISTS (SELECT 1 FROM decision WHERE item = i.id) " \
	"OR EXISTS (SELECT 1 FROM relabel WHERE item = i.id) "                      \
	"OR EXISTS (SELECT 1 FROM receipt WHERE item = i.id))"

/* The highest number that a reply text of the item ever had. */
#define TOP_NUMBER                                                                 \
	"max(coalesce((SELECT max(number) FROM revision WHERE item = :item), 0), " \
	"coalesce((SELECT max(revision) FROM decision WHERE item = :item), 0), "   \
	"coalesce((SELECT number FROM draft WHERE item = :item), 0))"

/* Nodes of a thread, in the order store_thread.c reads them: c and its link l. */
#define NODE_COLUMNS                                                                   \
	"SELECT c.id, i.id, l.parent, coalesce(c.native_id, 'row:' || (c.id & "        \
	"0xffffffff)), coalesce(p.native_id, 'row:' || (p.id & 0xffffffff)), "         \
	"coalesce(l.parent_known, c.said_known), c.status, c.author, c.date, c.text, " \
	"c.url, l.staff, l.answer IS NOT NULL, l.answer_guessed, l.awaiting "
#define NODE_REST                                                                            \
	"LEFT JOIN comment AS p ON p.id = l.parent LEFT JOIN item AS i ON i.comment = c.id " \
	"AND NOT c.forgotten "

/* Columns of struct store_saved, in the order store_filter.c reads them. */
#define FILTER_COLUMNS                                                        \
	"SELECT name, status, flag, reason, situation, band, topic, author, " \
	"search, thread, since, actor, at FROM filter "

/* The situations that are given, best first. */
#define GIVEN_LABELS                                                                   \
	"coalesce((SELECT group_concat(label, ' ') FROM (SELECT label FROM situation " \
	"WHERE item = i.id AND band >= 2 ORDER BY rank)), '') "

/* What a struct store_filter asks for. */
#define ITEM_FILTER                                                                      \
	"FROM desk AS i WHERE NOT i.forgotten "                                          \
	"AND (:status IS NULL OR i.status = :status "                                    \
	"OR :status = 'open' AND i.decided_by IS NULL) "                                 \
	"AND (:reason IS NULL OR i.reason = :reason) "                                   \
	"AND (:topic IS NULL OR i.topic = :topic) "                                      \
	"AND (:author IS NULL OR i.author = :author COLLATE NOCASE) "                    \
	"AND (:thread = 0 OR i.thread = :thread) "                                       \
	"AND (:since IS NULL OR i.utc >= :since) "                                       \
	"AND (:flag IS NULL OR CASE :flag WHEN 'answered' THEN i.answered "              \
	"WHEN 'edited' THEN i.edited WHEN 'stale' THEN i.stale "                         \
	"WHEN 'exported' THEN i.exported END) "                                          \
	"AND (:situation IS NULL AND :band = 0 OR EXISTS (SELECT 1 FROM situation AS s " \
	"WHERE s.item = i.id AND (:situation IS NULL OR s.label = :situation) "          \
	"AND s.band >= :band)) "                                                         \
	"AND (:search IS NULL OR (i.id << 20 | i.indexed) IN "                           \
	"(SELECT rowid FROM search WHERE search MATCH :search)) "

const char *const store_sql[SQL_COUNT] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",
	[SQL_SAVEPOINT] = "SAVEPOINT part",
	[SQL_RELEASE] = "RELEASE part",
	[SQL_ROLLBACK_TO] = "ROLLBACK TO part",
	[SQL_DATA_VERSION] = "PRAGMA data_version",

	[SQL_THREAD_BY_KEY] = "SELECT id FROM thread WHERE key = :key",
	/* A thread the editor has named is another one for whoever names a new
	 * key (:named); else one without a name comes first. */
	[SQL_THREAD_BY_POST] =
		"SELECT id FROM thread WHERE post_id = :post_id AND host = :host "
		"AND (key IS NULL OR NOT :named) ORDER BY key IS NOT NULL, id LIMIT 1",
	[SQL_THREAD_BY_ADDRESS] =
		"SELECT id FROM thread WHERE address = :address "
		"AND (post_id IS NULL OR :post_id IS NULL OR post_id = :post_id) "
		"AND (key IS NULL OR NOT :named) ORDER BY key IS NOT NULL, id LIMIT 1",
	[SQL_THREAD_BY_TITLE] =
		"SELECT id FROM thread WHERE title = :title "
		"AND (address IS NULL OR :address IS NULL) "
		"AND (post_id IS NULL OR :post_id IS NULL OR post_id = :post_id) "
		"AND (host IS NULL OR :host IS NULL OR host = :host) "
		"AND (key IS NULL OR NOT :named) ORDER BY key IS NOT NULL, id LIMIT 1",
	[SQL_THREAD_ADD] = "INSERT INTO thread (key, flat, made_at) VALUES (:key, :flat, :now)",
	[SQL_THREAD_FILL] =
		"UPDATE thread SET key = coalesce(key, :key), url = coalesce(url, :url), "
		"address = coalesce(address, :address), host = coalesce(host, :host), "
		"post_id = coalesce(post_id, :post_id), title = coalesce(title, :title), "
		"stored_title = coalesce(:stored_title, stored_title), "
		"posted = coalesce(:posted, posted), posted_gmt = coalesce(:posted_gmt, "
		"posted_gmt), "
		"kind = coalesce(:kind, kind), login = coalesce(:login, login), "
		"format = coalesce(:format, format), flat = flat AND :flat, "
		"pages = max(pages, :pages) WHERE id = :thread",
	[SQL_THREAD_PAGE] = "INSERT INTO thread_page (thread, page) VALUES (:thread, :page) "
			    "ON CONFLICT DO NOTHING",
	[SQL_THREAD_GET] =
		"SELECT id, coalesce(key, host || ' ' || post_id, address, title), url, host, "
		"post_id, title, topic, format, flat, pages, "
		"(SELECT count(*) FROM thread_page WHERE thread = id), "
		"stored_title, posted, posted_gmt, kind, login "
		"FROM thread WHERE id = :thread",
	/* The account and the name that answer most; an account by its number before
	 * one by its name, since WordPress' forms take only numbers. */
	[SQL_THREAD_COLUMNIST] =
		"WITH ours AS (SELECT c.user_id, c.author, count(*) AS times FROM comment AS c "
		"JOIN link AS l ON l.comment = c.id WHERE c.id BETWEEN :first AND :last AND "
		"l.staff "
		"AND NOT c.forgotten GROUP BY 1, 2 UNION ALL SELECT iif(kind = 'id', value, NULL), "
		"iif(kind = 'name', value, NULL), 0 FROM staff WHERE thread = :thread) "
		"SELECT (SELECT user_id FROM ours WHERE user_id IS NOT NULL "
		"ORDER BY user_id GLOB '[0-9]*' DESC, times DESC, user_id LIMIT 1), "
		"(SELECT author FROM ours WHERE author IS NOT NULL ORDER BY times DESC, author "
		"LIMIT "
		"1)",
	[SQL_THREAD_SET] =
		"UPDATE thread SET title = coalesce(:title, title), "
		"topic = coalesce(:topic, topic) WHERE id = :thread "
		"AND (title, topic) IS NOT (coalesce(:title, title), coalesce(:topic, topic))",
	[SQL_THREAD_TURN] = "UPDATE item SET turn = turn + 1 WHERE thread = :thread",
	[SQL_THREADS] = "SELECT id FROM thread ORDER BY id",
	[SQL_THREAD_COMMENT_COUNTS] = "SELECT count(*), total(l.staff AND c.status = 'live') "
				      "FROM comment AS c LEFT JOIN link AS l ON l.comment = c.id "
				      "WHERE c.id BETWEEN :first AND :last AND c.status IN "
				      "('live', 'pending', 'deleted')",
	[SQL_THREAD_ITEM_COUNTS] =
		"SELECT CASE WHEN l.awaiting THEN i.status ELSE '' END, count(*) "
		"FROM item AS i JOIN link AS l ON l.comment = i.comment "
		"WHERE i.thread = :thread AND (l.awaiting OR l.answer IS NOT NULL) GROUP BY 1",
	[SQL_THREAD_NODES] =
		NODE_COLUMNS "FROM comment AS c LEFT JOIN link AS l ON l.comment = c.id " NODE_REST
			     "WHERE c.id BETWEEN :first AND :last ORDER BY c.id",
	/* By the links, which are small: the thread's texts are not read. */
	[SQL_NODE_REPLIES] =
		NODE_COLUMNS "FROM link AS l CROSS JOIN comment AS c ON c.id = l.comment " NODE_REST
			     "WHERE l.comment BETWEEN :first AND :last AND l.parent = :row "
			     "AND c.status = 'live' ORDER BY l.comment LIMIT :limit",
	[SQL_STAFF_ADD] = "INSERT INTO staff (thread, kind, value) VALUES (:thread, :kind, :value) "
			  "ON CONFLICT DO NOTHING",
	[SQL_STAFF] = "SELECT kind, value FROM staff WHERE thread = :thread ORDER BY kind, value",

	[SQL_IMPORT_ADD] = "INSERT INTO import (at) VALUES (:now)",
	[SQL_SEEN_CLEAR] = "DELETE FROM temp.seen",
	[SQL_SEEN] = "INSERT INTO temp.seen (comment) VALUES (:comment) ON CONFLICT DO NOTHING",
	[SQL_COMMENT_BY_NATIVE] = "SELECT id, hash, import, forgotten FROM comment "
				  "WHERE thread = :thread AND native_id = :native_id",
	[SQL_COMMENT_BY_FINGERPRINT] =
		"SELECT id, hash, import, forgotten FROM comment "
		"WHERE thread = :thread AND native_id IS NULL AND fingerprint = :fingerprint",
	[SQL_COMMENT_ADD] =
		"INSERT INTO comment (id, thread, native_id, fingerprint, import, status, author, "
		"user_id, account, person, said_staff, said_parent, said_known, date, utc, "
		"tz_known, "
		"url, hash, text) VALUES (coalesce((SELECT id + 1 FROM comment "
		"WHERE id BETWEEN :first AND :last ORDER BY id DESC LIMIT 1), :first), "
		":thread, :native_id, :fingerprint, :import, :status, :author, :user_id, :account, "
		":person, :said_staff, :said_parent, :said_known, :date, :utc, :tz_known, :url, "
		":hash, :text)",
	/* Fills in what the row lacks. A form that knows less takes nothing away:
	 * a parent gives way only to a better known one, an account only to
	 * another account. A text of the same hash stays, letter for letter, since
	 * evidence points into it. */
	[SQL_COMMENT_UPDATE] =
		"UPDATE comment AS c SET (native_id, status, author, user_id, account, person, "
		"said_staff, said_parent, said_known, date, utc, tz_known, url, hash) = "
		"(m.native_id, m.status, m.author, m.user_id, m.account, m.person, m.said_staff, "
		"m.said_parent, m.said_known, m.date, m.utc, m.tz_known, m.url, m.hash), "
		"text = CASE WHEN c.hash = m.hash THEN c.text ELSE :text END "
		"FROM (SELECT coalesce(native_id, :native_id) AS native_id, :status AS status, "
		"iif(:status = 'deleted', :author, coalesce(:author, author)) AS author, "
		"coalesce(:user_id, user_id) AS user_id, "
		"iif(:account = 'unknown', account, :account) AS account, "
		"iif(:account = 'unknown' AND account <> 'unknown' OR :person IS NULL, person, "
		":person) "
		"AS person, said_staff OR :said_staff AS said_staff, "
		"iif(better, :said_parent, said_parent) AS said_parent, "
		"iif(better, :said_known, said_known) AS said_known, coalesce(:date, date) AS "
		"date, "
		"coalesce(:utc, utc) AS utc, iif(:utc IS NULL, tz_known, :tz_known) AS tz_known, "
		"coalesce(:url, url) AS url, :hash AS hash FROM (SELECT *, "
		"(:said_parent IS NOT NULL OR said_parent IS NULL) AND (:said_known = 'known' "
		"OR said_known = 'lost' OR :said_known = said_known) AS better "
		"FROM comment WHERE id = :id)) AS m WHERE c.id = :id AND (c.native_id, c.status, "
		"c.author, c.user_id, c.account, c.person, c.said_staff, c.said_parent, "
		"c.said_known, "
		"c.date, c.utc, c.tz_known, c.url, c.hash) IS NOT (m.native_id, m.status, "
		"m.author, "
		"m.user_id, m.account, m.person, m.said_staff, m.said_parent, m.said_known, "
		"m.date, "
		"m.utc, m.tz_known, m.url, m.hash)",

	[SQL_LINK_SIZE] = "SELECT flat, coalesce((SELECT id FROM comment "
			  "WHERE id BETWEEN :first AND :last ORDER BY id DESC LIMIT 1), 0) "
			  "FROM thread WHERE id = :thread",
	[SQL_LINK_LOAD] = "SELECT c.id, p.id, c.person, c.utc, c.said_staff, c.status = 'live', "
			  "c.said_parent IS NOT NULL, c.said_known, c.user_id, c.author, c.account "
			  "FROM comment AS c LEFT JOIN comment AS p ON p.thread = c.thread "
			  "AND p.native_id = c.said_parent "
			  "WHERE c.id BETWEEN :first AND :last ORDER BY c.id",
	[SQL_LINK_OURS] = "SELECT c.id FROM item AS i JOIN receipt AS r ON r.item = i.id "
			  "JOIN comment AS c ON c.thread = i.thread AND c.native_id = r.native_id "
			  "WHERE i.thread = :thread",
	[SQL_LINK_NAME] = "SELECT coalesce(native_id, 'row:' || (id & 0xffffffff)) FROM comment "
			  "WHERE id = :id",
	[SQL_LINK_PUT] =
		"INSERT INTO link (comment, parent, parent_known, staff, answer, answer_guessed, "
		"carrier, awaiting) VALUES (:comment, :parent, :parent_known, :staff, :answer, "
		":answer_guessed, :carrier, :awaiting) ON CONFLICT DO UPDATE SET "
		"(parent, parent_known, staff, answer, answer_guessed, carrier, awaiting) = "
		"(excluded.parent, excluded.parent_known, excluded.staff, excluded.answer, "
		"excluded.answer_guessed, excluded.carrier, excluded.awaiting) WHERE "
		"(parent, parent_known, staff, answer, answer_guessed, carrier, awaiting) IS NOT "
		"(excluded.parent, excluded.parent_known, excluded.staff, excluded.answer, "
		"excluded.answer_guessed, excluded.carrier, excluded.awaiting)",
	[SQL_SYNC_ITEMS] =
		"SELECT i.id, i.comment, i.first, i.hash, i.follows, i.earlier, c.hash, " HAS_WORK
		" FROM item AS i JOIN comment AS c ON c.id = i.comment "
		"WHERE i.thread = :thread ORDER BY i.id",
	[SQL_SYNC_ITEM_AT] = "SELECT i.id, " HAS_WORK " FROM item AS i WHERE i.comment = :comment",
	[SQL_SYNC_ADD] = "INSERT INTO item (thread, comment, first, hash, follows, earlier) "
			 "VALUES (:thread, :comment, :first, "
			 "coalesce(:hash, (SELECT hash FROM comment WHERE id = :comment)), "
			 ":follows, :earlier)",
	[SQL_SYNC_MOVE] =
		"UPDATE item SET comment = :comment, first = :first, "
		"hash = coalesce(:hash, (SELECT hash FROM comment WHERE id = :comment)), "
		"follows = :follows, earlier = :earlier, turn = turn + 1 WHERE id = :item",
	[SQL_SYNC_DROP] = "DELETE FROM item WHERE id = :item",
	[SQL_BURST] = "SELECT c.id, c.text FROM link AS l JOIN comment AS c ON c.id = l.comment "
		      "WHERE l.carrier = (SELECT carrier FROM link WHERE comment = :comment) "
		      "AND l.carrier <> l.comment ORDER BY c.utc, c.id",
	[SQL_COMMENT_TEXT] = "SELECT text FROM comment WHERE id = :comment",

	[SQL_ITEM_GET] = ITEM_COLUMNS "WHERE id = :item AND NOT forgotten",
	[SQL_ITEM_PARENT] = "SELECT coalesce(native_id, 'row:' || (id & 0xffffffff)) FROM comment "
			    "WHERE id = :comment",
	[SQL_ITEMS_BY_ID] =
		"SELECT i.id " ITEM_FILTER "AND i.id > :after ORDER BY i.id LIMIT :limit",
	/* Whoever is in danger first, then the oldest who waits; what the column
	 * answered and what is decided last. */
	[SQL_ITEMS_QUEUE] =
		"SELECT i.id, CASE WHEN i.status = 'needs_person' AND i.reason = 'safety' "
		"THEN 0 WHEN i.decided_by IS NOT NULL THEN 3 WHEN i.answered THEN 2 ELSE 1 END, "
		"(SELECT pile FROM alike WHERE item = i.id) " ITEM_FILTER
		"ORDER BY 2, i.utc IS NULL, i.utc, i.comment LIMIT :limit",
	[SQL_ITEM_COUNTS] = "SELECT i.status, count(*) FROM item AS i JOIN comment AS c "
			    "ON c.id = i.comment WHERE NOT c.forgotten GROUP BY 1",
	[SQL_ITEMS_TODO] =
		"SELECT i.id FROM item AS i LEFT JOIN classification AS k ON k.item = i.id "
		"WHERE i.thread = :thread AND i.id > :after AND (:all OR k.item IS NULL "
		"OR k.rules <> :rules OR k.turn <> i.turn) AND NOT (SELECT forgotten FROM comment "
		"WHERE id = i.comment) ORDER BY i.id LIMIT :limit",
	[SQL_REPLIES] = "SELECT id, person, responses, reply, edited, status FROM desk "
			"WHERE thread = :thread AND reply IS NOT NULL ORDER BY id",

	[SQL_SEARCH_MARK] =
		"INSERT INTO search_pending (item) VALUES (:item) ON CONFLICT DO NOTHING",
	[SQL_SEARCH_BUMP] = "UPDATE item SET indexed = indexed + 1 WHERE id = :item",
	[SQL_SEARCH_WAITING] = "SELECT count(*) FROM (SELECT 1 FROM search_pending LIMIT :limit)",
	[SQL_SEARCH_PENDING] = "SELECT i.id, i.id << 20 | i.indexed, i.comment, "
			       "i.reply FROM search_pending AS p "
			       "JOIN desk AS i ON i.id = p.item ORDER BY i.id LIMIT :limit",
	[SQL_SEARCH_ADD] = "INSERT INTO search (rowid, comment, reply) "
			   "VALUES (:row, :comment, :reply)",
	[SQL_SEARCH_DONE] = "DELETE FROM search_pending WHERE item <= :item",
	[SQL_SEARCH_TRY] = "SELECT rowid FROM search WHERE search MATCH :search LIMIT 1",
	[SQL_SEARCH_DROP] = "INSERT INTO search (search) VALUES ('delete-all')",
	[SQL_SEARCH_ALL] = "INSERT INTO search_pending (item) SELECT id FROM item WHERE true "
			   "ON CONFLICT DO NOTHING",

	[SQL_CLASSIFICATION_ADD] =
		"INSERT INTO classification (item, rules, turn, topic, unsure, facts, details) "
		"SELECT id, :rules, turn, :topic, :unsure, :facts, :details FROM item "
		"WHERE id = :item ON CONFLICT DO NOTHING",
	[SQL_CLASSIFICATION_DROP] = "DELETE FROM classification WHERE item = :item",
	[SQL_CLASSIFICATION_GET] =
		"SELECT k.topic, k.unsure, k.facts, k.details, i.reason FROM classification AS k "
		"JOIN item AS i ON i.id = k.item WHERE k.item = :item",
	[SQL_ITEM_TRIAGE] =
		"UPDATE item SET reason = :reason, status = iif(decision IS NULL, :status, status) "
		"WHERE id = :item AND (reason IS NOT :reason OR decision IS NULL AND status <> "
		":status)",
	[SQL_SITUATION_DROP] = "DELETE FROM situation WHERE item = :item",
	[SQL_SITUATION_ADD] = "INSERT INTO situation (item, rank, label, score, band, evidence) "
			      "VALUES (:item, :rank, :label, :score, :band, :evidence)",
	[SQL_SITUATIONS] = "SELECT label, score, band, evidence FROM situation WHERE item = :item "
			   "ORDER BY rank",
	[SQL_DRAFT_GET] = "SELECT text FROM draft WHERE item = :item",
	/* A text that is the same keeps its number; none at all takes none. */
	[SQL_DRAFT_PUT] =
		"INSERT INTO draft (item, number, basis, responses, lengths, text) VALUES (:item, "
		"iif(:text IS NULL, 0, 1 + " TOP_NUMBER "), :basis, :responses, :lengths, :text) "
		"ON CONFLICT DO UPDATE SET (number, basis, responses, lengths, text) = "
		"(iif(excluded.text IS NULL OR excluded.text IS text, number, excluded.number), "
		"excluded.basis, excluded.responses, excluded.lengths, excluded.text)",
	[SQL_CLEAR_CLASSIFICATION] = "DELETE FROM classification",
	[SQL_CLEAR_SITUATION] = "DELETE FROM situation",

	[SQL_DECISION_ADD] =
		"INSERT INTO decision (item, kind, revision, text, comment_hash, basis, reason, "
		"note, "
		"actor, at, forgotten) VALUES (:item, :kind, :revision, :text, :hash, :basis, "
		":reason, :note, :actor, :at, :forgotten)",
	[SQL_JUDGED_KEEP] =
		"INSERT INTO judged (item, number, responses, lengths, text) "
		"SELECT item, number, coalesce(responses, ''), lengths, text FROM draft "
		"WHERE item = :item AND text IS NOT NULL ON CONFLICT DO NOTHING",
	[SQL_JUDGED_ADD] = "INSERT INTO judged (item, number, responses, lengths, text) "
			   "VALUES (:item, :number, :responses, :lengths, :text) "
			   "ON CONFLICT DO NOTHING",
	[SQL_ITEM_STATE] =
		"SELECT hash, coalesce((SELECT basis FROM draft WHERE item = :item), 0), "
		"reason FROM item WHERE id = :item",
	[SQL_DECISION_STANDS] =
		"UPDATE item SET decision = :decision, status = :status, judged_hash = :hash, "
		"judged_basis = :basis WHERE id = :item",
	[SQL_DECISION_RETRACTS] = "UPDATE item SET exported = 0 WHERE id = :item",
	[SQL_DECISIONS] = "SELECT id, kind, revision, text, comment_hash, basis, reason, note, "
			  "actor, at FROM decision WHERE item = :item ORDER BY id",
	[SQL_REVISION_NEXT] = "SELECT 1 + " TOP_NUMBER,
	[SQL_REVISION_ADD] =
		"INSERT INTO revision (item, number, text, actor, at, comment_hash, basis) "
		"VALUES (:item, :number, :text, :actor, :at, :hash, :basis)",
	[SQL_REVISION_STANDS] = "UPDATE item SET edit = :number, judged_hash = :hash, "
				"judged_basis = :basis WHERE id = :item",
	[SQL_REVISION_GIVE_UP] = "UPDATE item SET edit = NULL WHERE id = :item",
	[SQL_REVISIONS] = "SELECT number, text, actor, at FROM revision WHERE item = :item "
			  "UNION ALL SELECT number, text, 'dear', 0 FROM draft "
			  "WHERE item = :item AND text IS NOT NULL ORDER BY 1",
	[SQL_REJECTED] = "SELECT text FROM decision WHERE item = :item AND kind = 'rejected' "
			 "AND text IS NOT NULL ORDER BY id",
	[SQL_RELABEL_ADD] = "INSERT INTO relabel (item, sign, label, actor, at) "
			    "VALUES (:item, :sign, :label, :actor, :at)",
	[SQL_RELABEL_TURN] = "UPDATE item SET turn = turn + 1 WHERE id = :item",
	[SQL_RELABELS] = "SELECT sign || label FROM relabel AS r WHERE item = :item "
			 "AND NOT EXISTS (SELECT 1 FROM relabel WHERE item = r.item "
			 "AND label = r.label AND (at, id) > (r.at, r.id)) ORDER BY label",
	[SQL_RECEIPT_ADD] = "INSERT INTO receipt (item, target, native_id, actor, at, hash) "
			    "VALUES (:item, :target, :native_id, :actor, :at, :hash)",
	[SQL_RECEIPT_STANDS] = "UPDATE item SET exported = 1 WHERE id = :item",
	[SQL_RECEIPTS] =
		"SELECT target, native_id, actor, at, hash FROM receipt WHERE item = :item "
		"ORDER BY id",
	/* A reply that left without word of its id is the comment below its item's
	 * with the same text. */
	[SQL_RECEIPT_LEARN] =
		"UPDATE receipt SET native_id = m.native_id FROM (SELECT r.id AS receipt, "
		"c.native_id FROM comment AS c JOIN comment AS p ON p.thread = :thread "
		"AND p.native_id = c.said_parent JOIN item AS i ON i.comment = p.id "
		"JOIN receipt AS r ON r.item = i.id AND r.hash = c.hash AND r.native_id IS NULL "
		"WHERE c.id BETWEEN :first AND :last AND c.native_id IS NOT NULL "
		"AND EXISTS (SELECT 1 FROM item AS o JOIN receipt AS q ON q.item = o.id "
		"WHERE o.thread = :thread AND q.native_id IS NULL)) AS m "
		"WHERE id = m.receipt",
	[SQL_CLAIM_PUT] = "INSERT INTO claim (item, until) VALUES (:item, :until) "
			  "ON CONFLICT DO UPDATE SET until = excluded.until",
	[SQL_CLAIM_GET] = "SELECT until FROM claim WHERE item = :item",
	[SQL_CLAIM_DROP] = "DELETE FROM claim WHERE item = :item",
	[SQL_RELABEL_LOG] = "SELECT sign || label, actor, at FROM relabel WHERE item = :item "
			    "ORDER BY id",

	[SQL_HOLD_PUT] = "INSERT INTO hold (item, actor, place, until) "
			 "VALUES (:item, :actor, :place, :until) ON CONFLICT DO UPDATE SET "
			 "(actor, place, until) = (excluded.actor, excluded.place, excluded.until)",
	[SQL_HOLD_GET] = "SELECT actor, place, until FROM hold WHERE item = :item",
	[SQL_HOLD_DROP] = "DELETE FROM hold WHERE item = :item AND actor = :actor "
			  "AND place = :place",
	/* Of one second, a decision comes after the edit that it judges. */
	[SQL_LAST_WORK] =
		"SELECT item FROM (SELECT x.item AS item, x.at AS at, 1 AS later, x.id AS id "
		"FROM decision AS x JOIN item AS i ON i.id = x.item AND i.decision = x.id "
		"WHERE x.actor = :actor AND NOT i.exported UNION ALL "
		"SELECT r.item, r.at, 0, r.rowid FROM revision AS r JOIN item AS i "
		"ON i.id = r.item AND i.edit = r.number WHERE i.decision IS NULL "
		"AND r.actor = :actor AND NOT i.exported) "
		"ORDER BY at DESC, later DESC, id DESC LIMIT 1",
	[SQL_FILTER_PUT] =
		"INSERT INTO filter (name, status, flag, reason, situation, band, topic, author, "
		"search, thread, since, actor, at) VALUES (:name, :status, :flag, :reason, "
		":situation, :band, :topic, :author, :search, :thread, :since, :actor, :at) "
		"ON CONFLICT DO UPDATE SET (status, flag, reason, situation, band, topic, author, "
		"search, thread, since, actor, at) = (excluded.status, excluded.flag, "
		"excluded.reason, excluded.situation, excluded.band, excluded.topic, "
		"excluded.author, excluded.search, excluded.thread, excluded.since, "
		"excluded.actor, excluded.at)",
	[SQL_FILTER_GET] = FILTER_COLUMNS "WHERE name = :name",
	[SQL_FILTERS] = FILTER_COLUMNS "ORDER BY name",
	[SQL_FILTER_DROP] = "DELETE FROM filter WHERE name = :name",
	[SQL_ALIKE_TODO] =
		"SELECT i.id, i.hash FROM item AS i LEFT JOIN alike AS a ON a.item = i.id "
		"WHERE i.id > :after AND a.hash IS NOT i.hash AND NOT (SELECT forgotten "
		"FROM comment WHERE id = i.comment) ORDER BY i.id LIMIT :limit",
	[SQL_ALIKE_FIND] = "SELECT k.item, a.pile FROM alike_key AS k JOIN alike AS a "
			   "ON a.item = k.item WHERE k.key = :key AND k.item <> :item "
			   "ORDER BY k.item LIMIT :limit",
	[SQL_ALIKE_PUT] = "INSERT INTO alike (item, hash, pile) VALUES (:item, :hash, "
			  "coalesce(:pile, (SELECT 1 + max(pile) FROM alike), 1)) "
			  "ON CONFLICT DO UPDATE SET (hash, pile) = (excluded.hash, excluded.pile)",
	[SQL_ALIKE_KEY_DROP] = "DELETE FROM alike_key WHERE item = :item",
	[SQL_ALIKE_KEY_ADD] = "INSERT INTO alike_key (key, item) VALUES (:key, :item) "
			      "ON CONFLICT DO NOTHING",
	[SQL_ALIKE] = "SELECT o.item FROM alike AS a JOIN alike AS o ON o.pile = a.pile "
		      "WHERE a.item = :item AND o.item <> a.item ORDER BY o.item",
	/* Once a burst: where its last comment is. */
	[SQL_CASES] =
		"SELECT i.id, c.utc, m.at, a.utc, (SELECT min(at) FROM decision WHERE item = i.id "
		"AND (kind = 'approved' OR kind = 'rejected' OR kind = 'dismissed')), x.at, "
		"coalesce(i.status, 'no_reply'), i.reason, d.text IS NOT NULL, " GIVEN_LABELS
		"FROM link AS l JOIN comment AS c ON c.id = l.comment "
		"LEFT JOIN comment AS a ON a.id = l.answer LEFT JOIN import AS m ON m.id = "
		"c.import "
		"LEFT JOIN item AS i ON i.comment = c.id LEFT JOIN draft AS d ON d.item = i.id "
		"LEFT JOIN decision AS x ON x.id = i.decision "
		"WHERE l.carrier = l.comment AND NOT c.forgotten ORDER BY c.id",
	[SQL_VERDICTS] =
		"SELECT x.item, x.at, x.kind, EXISTS (SELECT 1 FROM revision WHERE item = x.item "
		"AND number = x.revision), x.reason, x.text, j.text, j.responses, "
		"j.lengths, " GIVEN_LABELS
		"FROM decision AS x JOIN item AS i ON i.id = x.item LEFT JOIN judged AS j "
		"ON j.item = x.item AND j.number = (SELECT max(number) FROM judged "
		"WHERE item = x.item AND number <= x.revision) "
		"WHERE i.decision = x.id OR x.kind = 'rejected' AND (SELECT kind = 'reopened' "
		"AND reason = '" DECISION_REDRAFT "' FROM decision WHERE item = x.item "
		"AND id > x.id ORDER BY id LIMIT 1) ORDER BY x.item, x.id",
	[SQL_USES] = "SELECT responses FROM (SELECT item, number, responses FROM draft "
		     "WHERE text IS NOT NULL AND responses IS NOT NULL "
		     "UNION SELECT item, number, responses FROM judged)",

	[SQL_DUMP_THREAD] =
		"SELECT key, url, host, post_id, title, topic, format, flat, pages, "
		"stored_title, posted, posted_gmt, kind, login FROM thread WHERE id = :thread",
	[SQL_DUMP_COMMENTS] =
		"SELECT c.native_id, c.fingerprint, c.status, c.forgotten, c.author, c.user_id, "
		"c.account, c.said_staff, c.said_parent, c.said_known, c.date, c.utc, c.tz_known, "
		"c.url, c.text FROM comment AS c LEFT JOIN link AS l ON l.comment = c.id "
		"WHERE c.id BETWEEN :first AND :last AND (c.forgotten OR EXISTS (SELECT 1 "
		"FROM item AS i WHERE i.comment IN (c.id, l.carrier) AND " HAS_WORK
		")) ORDER BY c.id",
	[SQL_DUMP_ITEMS] = "SELECT i.id, c.native_id, c.fingerprint, i.exported "
			   "FROM item AS i JOIN comment AS c ON c.id = i.comment "
			   "WHERE i.thread = :thread AND " HAS_WORK " ORDER BY i.id",
	[SQL_DUMP_REVISIONS] = "SELECT number, text, actor, at, comment_hash, basis FROM revision "
			       "WHERE item = :item ORDER BY number",
	[SQL_DUMP_JUDGED] = "SELECT number, responses, lengths, text FROM judged "
			    "WHERE item = :item ORDER BY number",
	[SQL_DUMP_RELABELS] = "SELECT sign || label, actor, at FROM relabel WHERE item = :item "
			      "ORDER BY id",
	[SQL_DUMP_DECISIONS] = "SELECT kind, revision, text, comment_hash, basis, reason, note, "
			       "actor, at, forgotten "
			       "FROM decision WHERE item = :item ORDER BY id",
	[SQL_RESTORE_ITEM_FIND] =
		"SELECT c.forgotten, coalesce((SELECT id FROM item WHERE comment = c.id), "
		"(SELECT id FROM item WHERE comment = (SELECT carrier FROM link "
		"WHERE comment = c.id)), 0) FROM comment AS c WHERE c.id = :comment",
	[SQL_RESTORE_REVISION_FIND] =
		"SELECT number FROM revision WHERE item = :item AND actor = :actor AND at = :at "
		"AND text = :text",
	[SQL_RESTORE_REVISION_TAKEN] =
		"SELECT 1 WHERE EXISTS (SELECT 1 FROM revision WHERE item = :item "
		"AND number = :number) OR EXISTS (SELECT 1 FROM draft WHERE item = :item "
		"AND number = :number AND text IS NOT NULL)",
	[SQL_RESTORE_DECISION_FIND] =
		"SELECT 1 FROM decision WHERE item = :item AND kind = :kind AND actor = :actor "
		"AND at = :at AND (:forgotten OR text IS :text)",
	[SQL_RESTORE_RELABEL_FIND] = "SELECT 1 FROM relabel WHERE item = :item AND sign = :sign "
				     "AND label = :label AND actor = :actor AND at = :at",
	[SQL_RESTORE_RECEIPT_FIND] =
		"SELECT 1 FROM receipt WHERE item = :item AND target = :target "
		"AND (native_id IS :native_id OR :native_id IS NULL) AND actor = :actor AND at = "
		":at",
	/* What stands, from the history: the newest by time, since restored rows
	 * may be older than what was there. */
	[SQL_RESTORE_SETTLE] =
		"UPDATE item SET edit = (SELECT number FROM revision WHERE item = :item "
		"AND at > ifnull((SELECT max(at) FROM decision WHERE item = :item "
		"AND kind = 'reopened' AND reason = '" DECISION_REDRAFT "'), "
		"-9223372036854775807) "
		"ORDER BY at DESC, number DESC LIMIT 1), (decision, status) = "
		"(SELECT iif(kind = 'reopened', NULL, id), iif(kind = 'reopened', :status, kind) "
		"FROM (SELECT id, kind, at FROM decision WHERE item = :item AND kind <> "
		"'retracted' "
		"UNION ALL SELECT 0, 'reopened', -9223372036854775807) ORDER BY at DESC, id DESC "
		"LIMIT 1), (judged_hash, judged_basis) = (SELECT comment_hash, basis FROM "
		"(SELECT comment_hash, basis, at, 1 AS last, id FROM decision WHERE item = :item "
		"AND kind <> 'retracted' UNION ALL SELECT comment_hash, basis, at, 0, number "
		"FROM revision WHERE item = :item) ORDER BY at DESC, last DESC, id DESC LIMIT 1) "
		"WHERE id = :item",

	/* temp.seen holds the comments that go, temp.erased the items they were. */
	[SQL_FORGET_CLEAR] = "DELETE FROM temp.erased",
	[SQL_FORGET_BY_AUTHOR] = "INSERT INTO temp.seen (comment) SELECT c.id FROM comment AS c "
				 "LEFT JOIN link AS l ON l.comment = c.id WHERE c.author = :author "
				 "AND NOT c.forgotten AND NOT coalesce(l.staff, c.said_staff) "
				 "AND (:thread = 0 OR c.thread = :thread)",
	[SQL_FORGET_ROW] = "INSERT INTO temp.seen (comment, at) VALUES (:comment, :at) "
			   "ON CONFLICT DO NOTHING",
	[SQL_FORGET_BY_ITEM] =
		"INSERT INTO temp.seen (comment) SELECT c.id FROM item AS i JOIN comment AS w ON "
		"w.id = i.comment "
		"JOIN comment AS c ON c.id BETWEEN (i.thread << 32) + 1 AND (i.thread << 32) + "
		"0xffffffff "
		"LEFT JOIN link AS l ON l.comment = c.id WHERE i.id = :item AND NOT c.forgotten "
		"AND NOT coalesce(l.staff, c.said_staff) "
		"AND (c.id = w.id OR l.carrier = w.id OR c.person = w.person)",
	[SQL_FORGET_ANSWERS] = "INSERT INTO temp.seen (comment) SELECT comment FROM link WHERE "
			       "staff AND (parent IN "
			       "(SELECT comment FROM temp.seen) OR comment IN (SELECT l.answer "
			       "FROM temp.seen AS s "
			       "JOIN link AS l ON l.comment = s.comment)) ON CONFLICT DO NOTHING",
	[SQL_FORGET_ITEMS] =
		"INSERT INTO temp.erased SELECT i.id FROM temp.seen AS s JOIN item AS i "
		"ON i.comment = s.comment OR i.comment = (SELECT carrier FROM link "
		"WHERE comment = s.comment) WHERE true ON CONFLICT DO NOTHING",
	[SQL_FORGET_DECISIONS] = "UPDATE decision SET text = NULL, note = NULL, forgotten = 1 "
				 "WHERE item IN (SELECT item FROM temp.erased) AND NOT forgotten",
	[SQL_FORGET_REVISIONS] =
		"DELETE FROM revision WHERE item IN (SELECT item FROM temp.erased)",
	[SQL_FORGET_JUDGED] = "DELETE FROM judged WHERE item IN (SELECT item FROM temp.erased)",
	[SQL_FORGET_RELABELS] = "DELETE FROM relabel WHERE item IN (SELECT item FROM temp.erased)",
	[SQL_FORGET_RECEIPTS] =
		"UPDATE receipt SET hash = NULL WHERE item IN (SELECT item FROM temp.erased)",
	[SQL_FORGET_CLASSIFICATION] =
		"DELETE FROM classification WHERE item IN (SELECT item FROM temp.erased)",
	[SQL_FORGET_SITUATION] =
		"DELETE FROM situation WHERE item IN (SELECT item FROM temp.erased)",
	[SQL_FORGET_DRAFT] = "DELETE FROM draft WHERE item IN (SELECT item FROM temp.erased)",
	[SQL_FORGET_ALIKE] = "DELETE FROM alike WHERE item IN (SELECT item FROM temp.erased)",
	[SQL_FORGET_ALIKE_KEYS] =
		"DELETE FROM alike_key WHERE item IN (SELECT item FROM temp.erased)",
	[SQL_FORGET_HOLDS] = "DELETE FROM hold WHERE item IN (SELECT item FROM temp.erased)",
	/* A filter may hold the reader's name or words. */
	[SQL_FORGET_FILTERS] =
		"DELETE FROM filter WHERE author IN (SELECT c.author COLLATE NOCASE "
		"FROM temp.seen AS s JOIN comment AS c ON c.id = s.comment) OR EXISTS "
		"(SELECT 1 FROM temp.seen AS s JOIN comment AS c ON c.id = s.comment "
		"WHERE instr(lower(filter.search), lower(c.author)))",
	[SQL_FORGET_COMMENTS] =
		"UPDATE comment SET status = 'deleted', forgotten = max(1, coalesce((SELECT at "
		"FROM temp.seen WHERE comment = comment.id), :now)), person = NULL, date = NULL, "
		"utc = NULL, url = NULL, hash = 0, text = '', "
		"(author, user_id) = (SELECT iif(l.staff, author, NULL), iif(l.staff, user_id, "
		"NULL) "
		"FROM (SELECT 1) LEFT JOIN link AS l ON l.comment = comment.id) "
		"WHERE id IN (SELECT comment FROM temp.seen)",
	[SQL_FORGET_ITEM_ROWS] =
		"DELETE FROM item WHERE id IN (SELECT item FROM temp.erased) AND NOT EXISTS "
		"(SELECT 1 FROM decision WHERE item = item.id) AND NOT EXISTS "
		"(SELECT 1 FROM receipt WHERE item = item.id)",
	[SQL_FORGET_EDITS] = "UPDATE item SET edit = NULL, turn = turn + 1 "
			     "WHERE id IN (SELECT item FROM temp.erased)",
	[SQL_FORGET_THREADS] = "SELECT DISTINCT comment >> 32 FROM temp.seen ORDER BY 1",

	[SQL_CHECK_INTEGRITY] = "PRAGMA integrity_check",
	[SQL_CHECK_KEYS] = "SELECT \"table\" || ' row ' || rowid || ': names a ' || parent "
			   "|| ' that is not there' FROM pragma_foreign_key_check",
	[SQL_CHECK_PLACES] = "SELECT 'thread ' || thread || ': places have a gap' FROM comment "
			     "GROUP BY thread HAVING count(*) <> max(id & 0xffffffff)",
	[SQL_CHECK_LINKS] = "SELECT 'item ' || i.id || ': its comment was never linked' "
			    "FROM item AS i WHERE NOT EXISTS (SELECT 1 FROM link "
			    "WHERE comment = i.comment)",
	[SQL_CHECK_STATUS] =
		"SELECT 'item ' || i.id || ': its status is not what was decided' FROM item AS i "
		"LEFT JOIN decision AS x ON x.id = i.decision WHERE i.decision IS NOT NULL "
		"AND (x.kind, x.item) IS NOT (i.status, i.id)",
	[SQL_CHECK_NUMBERS] =
		"SELECT 'item ' || d.item || ': two texts have the number ' || d.number "
		"FROM draft AS d JOIN revision AS r ON (r.item, r.number) "
		"= (d.item, d.number) WHERE d.text IS NOT NULL",
};
