#!/usr/bin/env python3
"""A pretend LM Studio, written from what is known of the real one and not from this program, so that they can disagree.

usage: pretend_lm_studio.py --home FOLDER [--port 1234] [--server off] [--token sk-lm-...] [--loaded none] ...

    with PretendLmStudio(folder, port=1234, server=False) as studio:
        ...                                     # studio.asked, studio.commands and studio.loaded() tell what happened

It is all of it: the app with its internal interface, the HTTP server that can be switched off, the files the app keeps
under FOLDER/.lmstudio, and its command line tool FOLDER/.lmstudio/bin/lms. Whatever the files say about the network, it
listens on 127.0.0.1 only. Where nobody has seen what the real one does, a comment says "not known".
"""

import argparse
import contextlib
import json
import os
import re
import shlex
import signal
import sys
import threading
import time
import urllib.error
import urllib.request

from pretend_models import (Instance, answers_to, compatible, deltas, downloaded, joined, native, older, pictures,
                            text_of)
from pretend_wire import Listener, Refusal, refuse

INTERNAL_PORTS = 41343, 52993, 16141, 39414, 22931  # the app takes the first free one
STATUS = {"package": "LM Studio", "version": "0.4.23"}
GREETING = {"lmstudio": True}
OPEN_TO_ALL = "/lmstudio-greeting", "/lms-status"  # whether these want a token too is not known
TOKEN = re.compile(r"sk-lm-[a-zA-Z0-9]{8}:[a-zA-Z0-9]{20}")
CONFIG, INTERNAL, INSTALLED = "http-server-config.json", "http-server.json", "app-install-location.json"
MEMORY = 48e9  # a larger model is refused by the guardrail
LOAD_KEYS = {"model", "context_length", "eval_batch_size", "flash_attention", "num_experts", "offload_kv_cache_to_gpu",
             "echo_load_config"}


class PretendLmStudio:
    """LM Studio on this machine, from `start` to `stop`."""

    def __init__(self, home, port=1234, server=True, token=None, loaded=("qwen/qwen3-8b",), jit=True, cors=False,
                 bind="127.0.0.1", context=8192, load_seconds=2.0, pace=0.02):
        self.folder, self.token, self.context = os.path.join(os.path.abspath(home), ".lmstudio"), token, context
        self.load_seconds, self.pace, self.starts_server = load_seconds, pace, server
        self.config = {"port": port, "networkInterface": bind, "cors": cors, "justInTimeModelLoading": jit,
                       "autoStartOnLaunch": server, "verbose": False, "fileLoggingMode": "succinct"}
        self.models, self.instances, self.lock = downloaded(), {}, threading.Lock()
        self.server = self.internal = None
        self.asked, self.commands = [], []  # requests to the HTTP server; arguments that `lms` came with
        for name in loaded:
            if (model := self.model(name)) is None:
                raise ValueError(f"there is no model called {name}")
            self.add(model, context)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def start(self):
        for port in INTERNAL_PORTS:
            with contextlib.suppress(OSError):  # taken; the next one then
                self.internal = Listener(self, port, self.answer_internal)
                break
        else:
            raise OSError(f"LM Studio's internal ports {INTERNAL_PORTS} are all taken here")
        self.write_files()
        try:
            if self.starts_server:
                self.switch_on(self.config["port"], self.config["networkInterface"], self.config["cors"])
        except OSError:
            self.stop()
            raise
        return self

    def stop(self):
        for listener in filter(None, (self.server, self.internal)):
            listener.stop()
        self.server = self.internal = None

    def switch_on(self, port, bind, cors):
        """What the real one is told without is not kept: no `--cors` switches CORS off."""
        if self.server:
            self.server.stop()
            self.server = None
        self.server = Listener(self, port, self.answer_public)
        self.config |= {"port": port, "networkInterface": bind, "cors": cors}
        self.write(CONFIG, self.config)

    def write(self, name, content):
        folder = os.path.join(self.folder, ".internal")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, name), "w") as file:
            json.dump(content, file)

    def write_files(self):
        self.write(CONFIG, self.config)
        self.write(INTERNAL, {"host": "127.0.0.1", "pid": os.getpid(), "port": self.internal.server_port})
        self.write(INSTALLED, {"path": "/opt/LM Studio/lm-studio", "argv": ["/opt/LM Studio/lm-studio"], "cwd": "/"})
        tool = os.path.join(self.folder, "bin", "lms")
        os.makedirs(os.path.dirname(tool), exist_ok=True)
        command = shlex.join([sys.executable, os.path.abspath(__file__), "lms", self.folder])
        with open(tool, "w") as file:
            file.write(f'#!/bin/sh\nexec {command} "$@"\n')
        os.chmod(tool, 0o755)

    # Models

    def model(self, name):
        return next((model for model in self.models if answers_to(model, name)), None)

    def loaded(self):
        """The names of the loaded copies."""
        with self.lock:
            return list(self.instances)

    def add(self, model, context):
        with self.lock:
            names = (model["key"] if number == 1 else f"{model['key']}:{number}" for number in range(1, 1000))
            name = next(name for name in names if name not in self.instances)
            self.instances[name] = instance = Instance(name, model, context)
            return instance

    def load_now(self, model, context):
        time.sleep(self.load_seconds)
        if model["size_bytes"] > MEMORY:
            refuse(500, f"Failed to load LLM '{model['key']}': Error: Model loading was stopped due to insufficient "
                   "system resources. Continuing to load the model would likely overload your system and cause it to "
                   "freeze. If you think this is incorrect, you can adjust the model loading guardrails in settings.",
                   "model_load_failed")
        return self.add(model, context)

    def instance_for(self, name):
        """Who answers when `name` is asked for; possibly somebody else, as with the real one."""
        with self.lock:
            copies = list(self.instances.values())
        talkers = [copy for copy in copies if copy.model["type"] == "llm"]
        fits = [copy for copy in copies if copy.name == name or answers_to(copy.model, name)]
        copy = min(fits, key=lambda copy: copy.name != name, default=None)
        model, openai = copy.model if copy else self.model(name), {"kind": "invalid_request_error", "param": "model"}
        if model and model["type"] != "llm":  # its words are not known; those for the reverse case are
            refuse(400, f'Failed to load model "{name}". Error: Model is not llm.', code="model_not_found", **openai)
        if copy:
            return copy
        if self.config["justInTimeModelLoading"] and model:
            return self.load_now(model, self.context)  # several at once load several copies, a known fault
        if self.config["justInTimeModelLoading"] and name:
            examples = ", ".join(model["key"] for model in self.models)
            words = f'Invalid model identifier "{name}". Please specify a valid downloaded model (e.g., {examples}).'
            refuse(400, words, code="model_not_found", **openai)
        if not talkers:
            refuse(400, "No models loaded. Please load a model in the developer page or use the 'lms load' command.",
                   code=None, **openai)
        if len(talkers) > 1:
            names = "\n".join(copy.name for copy in talkers)
            refuse(404, f'Model "{name}" not found. Please specify a valid model.\n\nYour models:\n\n{names}\n',
                   code="model_not_found", **openai)
        return talkers[0]

    # Requests

    def answer_public(self, handler, path, raw):
        """What the HTTP server does with one request."""
        self.asked.append(f"{handler.command} {path}")
        if path not in OPEN_TO_ALL:
            self.check_token(handler.headers.get("Authorization") or "")
        return self.route(handler, path, raw, {
            "GET /lmstudio-greeting": lambda _: GREETING, "GET /lms-status": lambda _: STATUS,
            "GET /api/v1/models": lambda _: {"models": self.listed(native, everything=True)},
            "GET /api/v0/models": lambda _: {"object": "list", "data": self.listed(older)},
            "GET /v1/models": lambda _: {"data": self.listed(compatible), "object": "list"},
            "POST /api/v1/models/load": self.load, "POST /api/v1/models/unload": self.unload,
            "POST /v1/chat/completions": lambda body: self.complete(body, handler)})

    def answer_internal(self, handler, path, raw):
        """What the internal interface does; the real one has web sockets where this has /pretend."""
        return self.route(handler, path, raw, {
            "GET /lmstudio-greeting": lambda _: GREETING, "GET /lms-status": lambda _: STATUS,
            "POST /pretend/start": self.start_for_tool, "GET /pretend/ps": lambda _: self.ps()})

    def route(self, handler, path, raw, routes):
        route = routes.get(f"{handler.command} {path}")
        if route is None:
            status = 404 if path.startswith("/api/v1/") else 200
            raise Refusal(status, {"error": f"Unexpected endpoint or method. ({handler.command} {path})"})
        try:
            body = json.loads(raw or b"{}")
        except ValueError:
            raise Refusal(400, {"error": "Invalid JSON"}) from None  # its words are not known
        return route(body)

    def check_token(self, header):
        scheme, _, token = header.partition(" ")
        if self.token is None or (scheme == "Bearer" and token == self.token):
            return
        words = ("Invalid LM Studio API token provided." if TOKEN.fullmatch(token) else  # its words are not known
                 f"Malformed LM Studio API token provided: {token[:10]}... Ensure you are using a valid token.")
        if scheme != "Bearer" or not token:
            words = ("An LM Studio API token is required to make requests to this server, but none was provided using "
                     "the Authorization header using the 'Bearer' scheme (i.e., 'Authorization: Bearer "
                     "$LM_API_TOKEN'). Learn more at: https://lmstudio.ai/docs/developer/core/authentication.")
        refuse(401, words, code="invalid_api_key")

    def listed(self, form, everything=False):
        """The models in one of three forms. Without loading on demand, two of them hold the loaded ones only."""
        with self.lock:
            copies = list(self.instances.values())
        of = {model["key"]: [copy for copy in copies if copy.model is model] for model in self.models}
        everything = everything or self.config["justInTimeModelLoading"]
        return [form(model, of[model["key"]]) for model in self.models if everything or of[model["key"]]]

    def load(self, body):
        began = time.monotonic()
        if strange := sorted(set(body) - LOAD_KEYS):
            names = ", ".join(f"'{name}'" for name in strange)
            refuse(400, f"Unrecognized key(s) in object: {names}", code="unrecognized_keys")
        if not body.get("model"):
            refuse(400, '"model" is required', code="missing_required_parameter", param="model")
        model = self.model(body["model"])
        if model is None:  # status and words are not known
            refuse(404, f'Model "{body["model"]}" not found', "model_not_found", param="model")
        copy = self.load_now(model, body.get("context_length", min(self.context, model["max_context_length"])))
        answer = {"type": model["type"], "instance_id": copy.name, "status": "loaded",
                  "load_time_seconds": round(time.monotonic() - began, 3)}
        return answer | ({"load_config": copy.config} if body.get("echo_load_config") else {})

    def unload(self, body):
        name = body.get("instance_id")
        with self.lock:
            if self.instances.pop(name, None):
                return {"instance_id": name}
        refuse(404, f'Model instance "{name}" not found', "model_not_found")  # status and words are not known

    def complete(self, body, handler):
        if not isinstance(body.get("messages"), list):
            raise Refusal(400, {"error": "'messages' field is required"})
        if (body.get("response_format") or {"type": "text"}).get("type") not in ("text", "json_schema"):
            raise Refusal(400, {"error": "'response_format.type' must be 'json_schema' or 'text'"})
        if isinstance(body.get("tool_choice"), dict):
            words = "Invalid tool_choice type: 'object'. Supported string values: none, auto, required"
            raise Refusal(400, {"error": words})
        shown = pictures(body["messages"])
        if not all(re.match(r"data:image/(png|jpeg);base64,", url) for url in shown):
            raise Refusal(400, {"error": "'url' field must be a base64 encoded image."})
        copy = self.instance_for(body.get("model") or "")
        if shown and not copy.model["capabilities"]["vision"]:
            raise Refusal(400, {"error": "Model does not support images. Please use a model that does."})
        with self.lock:
            copy.queued += 1
        try:
            with copy.slots:  # who comes when all are taken waits, without a word
                time.sleep(5 * self.pace)
                return self.speak(body, copy, handler)
        finally:
            with self.lock:
                copy.queued -= 1

    def speak(self, body, copy, handler):
        parts, reason = deltas(body, copy.model)
        asked, room = sum(len(text_of(turn)) for turn in body["messages"]) // 4, copy.config["context_length"]
        words = (f"Input does not fit in context length. The input has {asked} tokens, but the context length only "
                 f"supports {room} tokens.")
        thought = sum("reasoning_content" in part for part in parts)
        written = len(parts) - (reason == "length")  # one too few when it was cut off, a known fault
        usage = {"prompt_tokens": asked, "completion_tokens": written, "total_tokens": asked + written,
                 "completion_tokens_details": {"reasoning_tokens": thought}}
        frame = {"id": f"chatcmpl-{time.monotonic_ns():x}", "created": int(time.time()), "model": copy.name,
                 "system_fingerprint": copy.name}
        if not body.get("stream"):
            if asked > room:
                raise Refusal(400, {"error": words})
            time.sleep(self.pace * len(parts))
            choice = {"index": 0, "message": joined(parts), "logprobs": None, "finish_reason": reason}
            return frame | {"object": "chat.completion", "choices": [choice], "usage": usage, "stats": {}}
        frame["object"] = "chat.completion.chunk"
        handler.head(200, "text/event-stream")
        if asked > room:  # success was promised already
            handler.event({"error": {"message": words}, "message": words}, "error")
            handler.chunk("")
            return None
        for part in parts:
            delta = {"role": "assistant", **part}
            handler.event(frame | {"choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}]})
            time.sleep(self.pace)
        handler.event(frame | {"choices": [{"index": 0, "delta": {}, "logprobs": None, "finish_reason": reason}]})
        if (body.get("stream_options") or {}).get("include_usage"):
            handler.event(frame | {"choices": [], "usage": usage})
        handler.chunk("data: [DONE]\n\n")
        handler.chunk("")
        return None

    def ps(self):
        with self.lock:
            return [copy.for_ps() for copy in self.instances.values()]

    def start_for_tool(self, body):
        self.commands.append(body["arguments"])
        try:
            self.switch_on(body["port"] or self.config["port"], body["bind"], body["cors"])
        except OSError:
            words = "Failed to verify the server is running. Please try to use another port."
            raise Refusal(500, {"error": words}) from None
        return {"port": self.config["port"]}


# --- its command line tool -------------------------------------------------------------------------------------------


def ask(port, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy reaches this machine's own ports
    with straight.open(f"http://127.0.0.1:{port}{path}", data, timeout=10) as answer:
        return json.load(answer)


def lms(folder, arguments):
    """`lms server start`, `lms server status` and `lms ps`, for the app whose files are in `folder`."""

    def kept(name):
        with open(os.path.join(folder, ".internal", name)) as file:
            return json.load(file)

    parser = argparse.ArgumentParser(prog="lms")
    parser.add_argument("words", nargs="+", choices=["server", "start", "status", "ps"])
    parser.add_argument("--port", type=int)
    parser.add_argument("--bind", default=os.environ.get("LMS_SERVER_HOST", "127.0.0.1"))
    for name in ("--cors", "--json", "--quiet"):
        parser.add_argument(name, action="store_true")
    args = parser.parse_args(arguments)
    try:
        if args.words == ["server", "status"]:
            port, running = kept(CONFIG)["port"], False
            with contextlib.suppress(OSError, ValueError):
                running = ask(port, "/lmstudio-greeting") == GREETING
            print(json.dumps({"running": running, "port": port}))
        elif args.words == ["server", "start"]:
            wish = {"arguments": arguments, "port": args.port, "bind": args.bind, "cors": args.cors}
            answer = ask(kept(INTERNAL)["port"], "/pretend/start", wish)
            print(f"Success! Server is now running on port {answer['port']}")
        elif args.words == ["ps"]:
            print(json.dumps(ask(kept(INTERNAL)["port"], "/pretend/ps")))
        else:
            parser.error(f"{' '.join(args.words)} is nothing this pretends to know")
    except urllib.error.HTTPError as error:
        sys.exit(f"Error: {json.load(error)['error']}")
    except OSError as error:
        sys.exit(f"Error: LM Studio is not running ({error})")


def main():
    if sys.argv[1:2] == ["lms"]:
        return lms(sys.argv[2], sys.argv[3:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", required=True, help="the user's home; .lmstudio is made in it")
    parser.add_argument("--port", type=int, default=1234)
    parser.add_argument("--server", choices=["on", "off"], default="on")
    parser.add_argument("--token", help="is then required, as in sk-lm-12345678:12345678901234567890")
    parser.add_argument("--loaded", default="qwen/qwen3-8b", help="keys with commas between, or none")
    parser.add_argument("--jit", choices=["on", "off"], default="on", help="loads models when they are asked for")
    parser.add_argument("--bind", default="127.0.0.1", help="for the file; it listens on 127.0.0.1 only")
    parser.add_argument("--cors", action="store_true")
    parser.add_argument("--context", type=int, default=8192, help="tokens that models are loaded with")
    parser.add_argument("--load-seconds", type=float, default=2.0)
    parser.add_argument("--pace", type=float, default=0.02, help="seconds between two tokens")
    args = vars(parser.parse_args())
    args["loaded"] = [] if args["loaded"] == "none" else args["loaded"].split(",")
    args |= {"server": args["server"] == "on", "jit": args["jit"] == "on"}
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    with PretendLmStudio(**args) as studio, contextlib.suppress(KeyboardInterrupt):
        server = f"at http://127.0.0.1:{studio.config['port']}" if studio.server else "off"
        print(f"pretend LM Studio: server {server}, internal port {studio.internal.server_port}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
