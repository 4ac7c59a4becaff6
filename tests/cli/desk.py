#!/usr/bin/env python3
"""One request to a desk, byte for byte as told, and its answer in files.

desk.py [-X METHOD] [-H 'Name: value']... [-d BODY | -n BYTES] [--drip] [--at BASE] URL

Without -H 'Host: ...' the Host is the URL's. -n sends a body of so many bytes,
--drip a byte of the head every quarter of a second until the desk has enough.
--at goes before the address. --crowd N: so many connections that say half a line.
./code gets the status (000: no answer), ./head the headers, ./body the body.
"""
import argparse
import socket
import sys
import time
from urllib.parse import urlsplit

p = argparse.ArgumentParser()
p.add_argument("-X", dest="method")
p.add_argument("-H", dest="headers", action="append", default=[])
p.add_argument("-d", dest="data")
p.add_argument("-n", dest="bytes", type=int)
p.add_argument("--drip", action="store_true")
p.add_argument("--at", default="")
p.add_argument("--crowd", type=int)
p.add_argument("url")
a = p.parse_args()

url = urlsplit(a.at + a.url)
if a.crowd:
    held = []
    for _ in range(a.crowd):
        try:
            held.append(socket.create_connection((url.hostname, url.port), timeout=2))
            held[-1].sendall(b"GET / HTTP/1.1\r\n")
        except OSError:
            pass
    time.sleep(0.3)
    sys.exit(0)
path = (url.path or "/") + ("?" + url.query if url.query else "")
body = None
if a.data is not None:
    body = a.data.encode()
elif a.bytes is not None:
    body = b"x" * a.bytes
lines = [f"{a.method or ('POST' if body is not None else 'GET')} {path} HTTP/1.1"]
if not any(h.lower().startswith("host:") for h in a.headers):
    lines.append(f"Host: {url.netloc}")
lines += [h for h in a.headers if not h.lower().startswith("host: none")]
lines.append("Connection: close")
if body is not None:
    lines.append(f"Content-Length: {len(body)}")
    if not any(h.lower().startswith("content-type:") for h in a.headers):
        lines.append("Content-Type: application/x-www-form-urlencoded")
head = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")

answer = b""
s = socket.create_connection((url.hostname, url.port), timeout=60)
began = time.monotonic()
try:
    if a.drip:
        for i in range(len(head) - 4):
            s.sendall(head[i:i + 1])
            time.sleep(0.25)
    else:
        s.sendall(head + (body or b""))
except OSError:
    pass
try:
    while piece := s.recv(65536):
        answer += piece
except OSError:
    pass
head, _, rest = answer.partition(b"\r\n\r\n")
code = head.split(b" ", 2)[1].decode() if head.count(b" ") >= 2 else "000"
open("code", "w").write(code + "\n")
open("head", "wb").write(head.replace(b"\r\n", b"\n") + b"\n")
open("body", "wb").write(rest)
open("took", "w").write(f"{int(time.monotonic() - began)}\n")
sys.exit(0)
