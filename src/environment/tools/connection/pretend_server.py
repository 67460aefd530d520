# A tool server for tests, good or nasty as its first argument says.
import json, os, signal, sys, time

mode = sys.argv[1]


def send(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def say(text):
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def wait_for_ever():
    while True:
        time.sleep(60)


if mode == "silent":
    wait_for_ever()
if mode == "garbage":
    print("Ready on port 3000\nPress q to quit", flush=True)
    wait_for_ever()
if mode == "half":
    sys.stdout.write('{"jsonrpc": "2.0"')
    sys.stdout.flush()
    wait_for_ever()
if mode == "exit":
    print("usage: server [stdio]", flush=True)
    say("Error: API_KEY environment variable is required")
    sys.exit(3)
if mode == "hangup":
    os.close(1)
    wait_for_ever()
if mode == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
say("listening on stdio")


QUESTION = {"method": "elicitation/create", "params": {"message": "Are you sure?", "requestedSchema": {
    "type": "object", "properties": {"sure": {"type": "boolean", "default": True}}, "required": ["sure"]}}}


def text(words):
    return {"content": [{"type": "text", "text": words}]}


def call(number, params):
    name, meta = params["name"], params.get("_meta", {})
    if name == "echo":
        return text(json.dumps(params["arguments"]))
    if name == "slow":
        for step in range(1, 6):
            time.sleep(0.1)
            progress = {"progressToken": meta["progressToken"], "progress": step, "total": 5, "message": "step"}
            send({"jsonrpc": "2.0", "method": "notifications/progress", "params": progress})
        return text("done")
    if name == "change":
        send({"jsonrpc": "2.0", "method": "notifications/tools/list_changed"})
        return text("changed")
    if name == "ask":
        send({"jsonrpc": "2.0", "id": "question", **QUESTION})
        return text(json.dumps(json.loads(sys.stdin.readline())["result"]))
    if name == "ask_first":
        if "inputResponses" not in params:
            return {"resultType": "input_required", "inputRequests": {"sure": QUESTION}, "requestState": "so far"}
        return text(json.dumps([params["inputResponses"]["sure"], params["requestState"]]))
    if name == "later":
        times = len(params.get("requestState", ""))
        return text("ready") if times == 2 else {"resultType": "input_required", "requestState": "." * (times + 1)}
    if name == "deaf":
        return None
    if name == "flood":
        return text("x" * (17 << 20))
    if name == "die":
        say("out of memory")
        os._exit(9)
    if name == "fail":
        return {**text("no such file"), "isError": True}
    return {"error": {"code": -32602, "message": "Unknown tool", "data": name}}


def answer(method, number, params):
    if method == "initialize":
        if mode == "refuse":
            return {"error": {"code": -32603, "message": "no licence"}}
        if mode == "modern":
            return {"error": {"code": -32022, "message": "Unsupported protocol version"}}
        if mode == "newest":
            say("what is a greeting?")
            os._exit(4)
        version = "1999-01-01" if mode == "old" else params["protocolVersion"]
        return {"protocolVersion": version, "capabilities": {"tools": {}, "logging": {}},
                "serverInfo": {"name": "pretend", "version": "7"}, "instructions": "Be kind."}
    if method == "server/discover":
        return {"resultType": "complete", "supportedVersions": ["2026-07-28"], "capabilities": {"tools": {}},
                "ttlMs": 0, "cacheScope": "private"}
    if method == "tools/list":
        names = ["echo", "slow"] if not params.get("cursor") else ["deaf"]
        tools = [{"name": name, "inputSchema": {"type": "object"}} for name in names]
        last = {"tools": tools} if params.get("cursor") else {"tools": tools + [{"name": "odd"}], "nextCursor": "2"}
        if mode not in ("modern", "newest"):
            return last
        return {**last, "resultType": "complete", "ttlMs": 0, "cacheScope": "private"}
    if method == "tools/call":
        return call(number, params)
    return {"error": {"code": -32601, "message": method}}


while True:
    line = sys.stdin.readline()
    if not line:
        if mode == "stubborn":
            wait_for_ever()
        break
    message = json.loads(line)
    if message.get("method") == "notifications/cancelled":
        say("cancelled: " + message["params"].get("reason", ""))
    if "id" not in message or "method" not in message:
        continue
    said = answer(message["method"], message["id"], message.get("params", {}))
    if said is not None:
        key = "error" if "error" in said else "result"
        send({"jsonrpc": "2.0", "id": message["id"], key: said.get("error", said)})
