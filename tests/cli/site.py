#!/usr/bin/env python3
"""A site that fails on command, on loopback, as long as its standard input is open.

    site.py THREAD.json    prints its address, then serves the thread

It speaks as much of WordPress' REST interface as pull and push ask for. The file
`faults`, read before each request, has lines of METHOD, a part of the path, what
to do, and how often; the first that fits is followed and counted down:

    POST comments status:401:rest_cannot_create 1
    GET  comments retry:429:1 2       with Retry-After
    POST comments lose 1              obeys, then breaks off
    POST comments drop 1              breaks off without obeying
    GET  page=2 truncate 1            half of the answer
    GET  posts slow:3 1               three seconds of silence
    GET  users redirect:http://... 1
    POST comments hold 1              status hold
    POST comments hide 1              approved, and no stranger sees it

Each request is a line of the file `log`: method, path, whether with a password.
"""
import base64
import http.server
import json
import os
import re
import sys
import threading
import time
import urllib.parse

thread = json.load(open(sys.argv[1], encoding="utf-8"))
comments = thread["comments"]
hidden = set()
lock = threading.Lock()
PASSWORD = "Basic " + base64.b64encode(b"maren:abcd efgh").decode()


def fault(method, path):
    try:
        lines = open("faults", encoding="utf-8").read().splitlines()
    except FileNotFoundError:
        return []
    for i, line in enumerate(lines):
        if not line.strip():
            continue
        verb, part, what, times = line.split()
        if verb != method or part not in path or times == "0":
            continue
        lines[i] = f"{verb} {part} {what} {int(times) - 1}"
        with open("faults", "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        return what.split(":", 1) if not what.startswith("status") else what.split(":")
    return []


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def known(self):
        return self.headers.get("Authorization") == PASSWORD

    def answer(self, status, value, **headers):
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name.replace("_", "-"), text)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if self.does("truncate") else body)
        self.close_connection = True

    def refuse(self, status, code, **headers):
        value = {"code": code, "message": "No.", "data": {"status": status}}
        self.answer(status, value, **headers)

    def does(self, what):
        return self.fault[:1] == [what]

    def begin(self):
        self.url = urllib.parse.urlsplit(self.path)
        self.query = dict(urllib.parse.parse_qsl(self.url.query))
        with lock:
            with open("log", "a", encoding="utf-8") as f:
                who = "named" if self.headers.get("Authorization") else "stranger"
                f.write(f"{self.command} {self.path} {who}\n")
            self.fault = fault(self.command, self.path)
        if self.does("slow"):
            time.sleep(float(self.fault[1]))
        if self.does("drop"):
            self.close_connection = True
            return True
        if self.does("status"):
            self.refuse(int(self.fault[1]), self.fault[2])
            return True
        if self.does("retry"):
            status, seconds = self.fault[1].split(":", 1)
            self.refuse(int(status), "too_many", Retry_After=seconds)
            return True
        if self.does("redirect"):
            self.answer(302, b"", Location=self.fault[1])
            return True
        return False

    def do_GET(self):
        if self.begin():
            return
        path = self.url.path
        if path == "/" + thread["slug"] + "/":
            self.article()
        elif path == "/wp-json/wp/v2/users/me":
            if self.known():
                can = {"moderate_comments": True}
                self.answer(200, {"id": 3, "username": "maren", "capabilities": can})
            else:
                self.refuse(401, "rest_not_logged_in")
        elif path == "/wp-json/wp/v2/posts/%d" % thread["post"]:
            title = {"rendered": thread["title"], "raw": thread["title"]}
            self.answer(200, {"link": self.address() + thread["slug"] + "/", "type": "post",
                              "author": 3, "date": "2026-02-12T09:00:00",
                              "date_gmt": "2026-02-12T14:00:00", "title": title})
        elif path == "/wp-json/wp/v2/comments":
            self.list()
        elif re.fullmatch("/wp-json/wp/v2/comments/[0-9]+", path):
            found = [c for c in comments if c["id"] == int(path.split("/")[-1])]
            if not found:
                self.refuse(404, "rest_comment_invalid_id")
            elif found[0]["id"] in hidden and not self.known():
                self.refuse(401, "rest_cannot_read")
            else:
                self.answer(200, found[0])
        else:
            self.answer(404, b"<p>nothing here</p>")

    def address(self):
        return "http://127.0.0.1:%d/" % self.server.server_port

    def article(self):
        if thread.get("page"):
            self.answer(200, thread["page"].encode())
            return
        api = self.address() + "wp-json/"
        link = f'<{api}>; rel="https://api.w.org/", <{api}wp/v2/posts/{thread["post"]}>;'
        link += ' rel="alternate"; type="application/json"'
        self.answer(200, b"<title>An article</title>", Link=link)

    def list(self):
        listed = [c for c in comments
                  if c["status"] == "approved" or self.query.get("status") in ("all", "any")]
        if "parent" in self.query:
            listed = [c for c in listed if c["parent"] == int(self.query["parent"])]
        if "author" in self.query:
            listed = [c for c in listed if c["author"] == int(self.query["author"])]
        size = min(int(self.query.get("per_page", 10)), thread.get("per_page", 100))
        page = int(self.query.get("page", 1))
        pages = max(1, -(-len(listed) // size))
        if page > pages:
            self.refuse(400, "rest_post_invalid_page_number")
            return
        self.answer(200, listed[(page - 1) * size : page * size], X_WP_TotalPages=str(pages))

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.begin():
            return
        if not self.known():
            self.refuse(401, "rest_comment_login_required")
            return
        with lock:
            twin = [c for c in comments if c["author"] == 3 and c["parent"] == body["parent"]
                    and c["content"]["raw"] == body["content"]]
            if twin:
                self.refuse(409, "comment_duplicate")
                return
            content = {"raw": body["content"], "rendered": "<p>" + body["content"] + "</p>"}
            made = {"id": 9000 + len(comments), "post": body["post"], "parent": body["parent"],
                    "author": 3, "author_name": "Maren Holt", "date": "2026-04-01T09:00:00",
                    "date_gmt": "2026-04-01T13:00:00", "content": content,
                    "status": "hold" if self.does("hold") else "approved", "type": "comment"}
            comments.append(made)
            if self.does("hide"):
                hidden.add(made["id"])
        if self.does("lose"):
            self.close_connection = True
            return
        self.answer(201, made)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
print("http://127.0.0.1:%d/" % server.server_port, flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
os._exit(0)
