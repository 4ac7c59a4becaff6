/* bounds.h - every limit on what a file or an editor can make dear do.
 *
 * A limit that is met is never silent: the caller raises an error or a
 * diagnostic that names it. Sizes are bytes unless the name says otherwise.
 */
#ifndef DEAR_BOUNDS_H
#define DEAR_BOUNDS_H

/* Folders inside each other that are looked through. */
#define BOUND_FOLDER_DEPTH 64
/* What a gzip archive may hold. */
#define BOUND_UNPACKED_BYTES (8LL * 1024 * 1024 * 1024)
/* One comment's body as it came; longer ones are cut with a diagnostic. */
#define BOUND_COMMENT_BYTES (256 * 1024)
/* One JSON value handed out by jstream (a comment, a line of NDJSON). */
#define BOUND_JSON_VALUE_BYTES (8 * 1024 * 1024)
/* Nesting of JSON values; Jansson itself gives up at 2048. */
#define BOUND_JSON_DEPTH 512
/* Open HTML elements and nested comments while a page is read. */
#define BOUND_HTML_DEPTH 2000
/* Text of one HTML attribute, author name, title, address. */
#define BOUND_NAME_BYTES 2000
/* One tag of an XML export or feed. */
#define BOUND_TAG_BYTES (64 * 1024)
/* Accounts an export lists that are looked at. */
#define BOUND_ACCOUNTS 10000
/* Addresses and titles of the threads of one export, kept while it is read. */
#define BOUND_EXPORT_BYTES (48 * 1024 * 1024)
/* Comments in one thread: 36 bytes each while it is linked (see thread.h). */
#define BOUND_THREAD_COMMENTS 20000000
/* A rules or responses file, and a letter or text given with --text. */
#define BOUND_DATA_FILE_BYTES (4 * 1024 * 1024)
/* One answer of a web server, and its headers. */
#define BOUND_HTTP_BYTES   (32 * 1024 * 1024)
#define BOUND_HTTP_HEADERS (64 * 1024)
/* Seconds that a web server may ask dear to wait; beyond that it gives up. */
#define BOUND_RETRY_SECONDS 300
/* Depth of Mustache sections and partials. */
#define BOUND_MUSTACHE_DEPTH 64
/* Nodes one Mustache rendering may visit. */
#define BOUND_MUSTACHE_STEPS 1000000
/* Diagnostics kept word for word per import; the rest are counted. */
#define BOUND_DIAGS_KEPT 200
/* Tokens of one comment that are classified; the rest is read, not judged. */
#define BOUND_TEXT_TOKENS 50000
/* What a browser may send the desk: the head of a request, its body. */
#define BOUND_WEB_HEAD_BYTES (32 * 1024)
#define BOUND_WEB_BODY_BYTES (512 * 1024)
/* Connections at a time, and seconds each has for a request or an answer. */
#define BOUND_WEB_CONNECTIONS 64
#define BOUND_WEB_SECONDS     30
/* Editors signed in at a time, seconds until an idle one is out, and those a
 * sign-in link holds. */
#define BOUND_WEB_SESSIONS        32
#define BOUND_WEB_SESSION_SECONDS (12 * 60 * 60)
#define BOUND_WEB_LINK_SECONDS    (15 * 60)
/* Wrong passwords in a row before the desk takes none for a minute. */
#define BOUND_WEB_REFUSED         8
#define BOUND_WEB_REFUSED_SECONDS 60
/* Items on one page of the queue. */
#define BOUND_WEB_ROWS 50

#endif
