#!/usr/bin/env python3
"""A small web shop for tests: a start page with a search, eight articles, a basket. Prints its port, then serves until
its input is closed or it is killed. Only this machine reaches it.

usage: shop.py
       shop.py --check     asks itself for every page and ends

Whoever comes without a cookie gets one, and a basket of their own. GET /orders tells what baskets hold, for the test.
"""

import html
import json
import sys
import threading
import urllib.error
import urllib.request
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

# What is sold: its path, name, price in cents, and what is said of it.
ARTICLES = [
    ("blue-kettle", "Blue kettle", 3450, "Enamel, holds a litre and a half, whistles."),
    ("red-kettle", "Red kettle", 2990, "Steel, holds one litre, does not whistle."),
    ("tea-pot", "Tea pot", 1825, "Stoneware, for four cups."),
    ("green-cup", "Green cup", 675, "Stoneware, for one cup."),
    ("bread-knife", "Bread knife", 1590, "Twenty centimetres, with a wooden handle."),
    ("oak-board", "Oak board", 2200, "To cut on, oiled."),
    ("linen-towel", "Linen towel", 890, "Dries what is wet."),
    ("storm-lamp", "Storm lamp", 4100, "Burns for twenty hours, in wind too."),
]
BY_PATH = {path: (name, cents, words) for path, name, cents, words in ARTICLES}

STYLE = """body{font:18px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222}
nav a{margin-right:1rem}li{margin:.4rem 0}button,input{font:inherit;padding:.3rem .7rem}td{padding:.2rem 1.5rem .2rem 0}"""

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - The little shop</title>
<style>{style}</style></head><body><header><nav aria-label="Shop"><a href="/">Start</a>
<a href="/basket">Basket ({count})</a></nav></header><main><h1>{title}</h1>{body}</main>
<footer><p>A shop for tests; nothing is delivered.</p></footer></body></html>"""

SEARCH = """<form action="/search" method="get" role="search"><label for="q">Search</label>
<input id="q" name="q" type="text" value="{q}"> <button type="submit">Find</button></form>"""


def price(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def listed(articles):
    rows = "".join(f'<li><a href="/article/{path}">{name}</a> {price(cents)}</li>' for path, name, cents, _ in articles)
    return f"<ul>{rows}</ul>" if rows else "<p>Nothing was found.</p>"


class Shop(ThreadingHTTPServer):
    """Baskets by cookie: the articles' paths in the order in which they were put in."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Visit)
        self.baskets, self.lock = {}, threading.Lock()

    def basket(self, cookie):
        with self.lock:
            if cookie not in self.baskets:
                cookie = f"visitor-{len(self.baskets) + 1}"
                self.baskets[cookie] = []
            return cookie, self.baskets[cookie]


class Visit(BaseHTTPRequestHandler):
    """One request."""

    def log_message(self, *_):
        pass  # the port is all that is printed

    def do_GET(self):
        parts = urlsplit(self.path)
        path, query = parts.path, parse_qs(parts.query)
        if path == "/":
            self.page("Welcome", SEARCH.format(q="") + "<h2>All articles</h2>" + listed(ARTICLES))
        elif path == "/search":
            q = query.get("q", [""])[0]
            words = q.lower().split()
            found = [article for article in ARTICLES if all(word in article[1].lower() for word in words)]
            self.page("Search", SEARCH.format(q=html.escape(q, True)) + "<h2>Found</h2>" + listed(found))
        elif path.startswith("/article/") and (name := path.removeprefix("/article/")) in BY_PATH:
            self.article(name)
        elif path == "/basket":
            self.basket()
        elif path == "/orders":
            with self.server.lock:
                self.answer(200, "application/json", json.dumps(self.server.baskets))
        elif path == "/favicon.ico":
            self.answer(204, "image/x-icon", "")
        else:
            self.page("Not found", "<p>There is no such page here.</p>", status=404)

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        form = parse_qs(self.rfile.read(length).decode(errors="replace"))
        article = form.get("article", [""])[0]
        cookie, basket = self.visitor()
        if self.path == "/basket/add" and article in BY_PATH:
            basket.append(article)
        elif self.path == "/basket/empty":
            basket.clear()
        else:
            self.page("Not found", "<p>There is no such article here.</p>", status=404)
            return
        self.send_response(303)
        self.send_header("Location", "/basket" if self.path == "/basket/empty" else f"/article/{article}?put=1")
        self.send_header("Set-Cookie", f"visitor={cookie}; Path=/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def article(self, path):
        name, cents, words = BY_PATH[path]
        put = '<p role="status">It is in your basket.</p>' if "put=1" in self.path else ""
        self.page(name, f'<p>{words}</p><p>Price: {price(cents)}</p>{put}<form action="/basket/add" method="post">'
                        f'<input type="hidden" name="article" value="{path}">'
                        f'<button type="submit">Put into basket</button></form>')

    def basket(self):
        _, basket = self.visitor()
        if not basket:
            self.page("Basket", "<p>Your basket is empty.</p>")
            return
        rows = "".join(f"<tr><td>{BY_PATH[path][0]}</td><td>{price(BY_PATH[path][1])}</td></tr>" for path in basket)
        total = sum(BY_PATH[path][1] for path in basket)
        self.page("Basket", f'<table aria-label="What you have chosen"><tbody>{rows}</tbody></table><p>Total: '
                            f'{price(total)}</p><form action="/basket/empty" method="post">'
                            '<button type="submit">Empty the basket</button></form>')

    def visitor(self):
        cookie = SimpleCookie(self.headers.get("Cookie") or "").get("visitor")
        return self.server.basket(cookie.value if cookie else "")

    def page(self, title, body, status=200):
        cookie, basket = self.visitor()
        text = PAGE.format(title=title, style=STYLE, count=len(basket), body=body)
        self.answer(status, "text/html; charset=utf-8", text, cookie)

    def answer(self, status, kind, text, cookie=None):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if cookie:
            self.send_header("Set-Cookie", f"visitor={cookie}; Path=/")
        self.end_headers()
        self.wfile.write(data)


def check(port):
    """Every page answers as it should."""
    jar = urllib.request.HTTPCookieProcessor()
    opener = urllib.request.build_opener(jar)

    def get(path, data=None):
        with opener.open(f"http://127.0.0.1:{port}{path}", data, timeout=10) as reply:
            return reply.read().decode()

    assert get("/").count("/article/") == len(ARTICLES)
    assert "Blue kettle" in get("/search?q=blue+KETTLE") and "Nothing was found" in get("/search?q=%3Cb%3E")
    assert "Your basket is empty" in get("/basket")
    assert "It is in your basket" in get("/basket/add", b"article=blue-kettle")
    get("/basket/add", b"article=green-cup")
    assert "Total: 41.25" in get("/basket") and "Basket (2)" in get("/")
    assert "empty" in get("/basket/empty", b"")
    try:
        get("/article/nothing")
    except urllib.error.HTTPError as error:
        assert error.code == 404
    else:
        raise AssertionError("what is not there was found")
    print("the shop is well")


def main():
    shop = Shop()
    serving = threading.Thread(target=shop.serve_forever, daemon=True)
    serving.start()
    if sys.argv[1:] == ["--check"]:
        check(shop.server_port)
        return
    print(shop.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
