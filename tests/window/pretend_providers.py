"""The two formats of the pretend cloud: what Gemini and Claude list, stream and refuse, and an answer that fits.

Written from what is known of the real ones and not from this program, so that they can disagree.
"""

import json
from dataclasses import dataclass
from itertools import chain, dropwhile, takewhile

from pretend_wire import Refusal

SENTENCE = "All is quiet here, so the next step can be taken without haste."
REASON = "Nothing speaks against it, and it brings the goal a little nearer."
THOUGHT = "First what is there, then what can be done."
SIGNATURE = "EqQBCgIYAhIMnotASignatureThatAnybodyCouldRead=="
PIECE = 24  # letters of a stream that come together
BOUNDS = "maximum", "minimum", "multipleOf", "maxLength", "minLength", "maxItems"  # unknown to Claude's grammar


@dataclass
class Question:
    """What is asked, whatever its format."""

    model: str = ""  # empty where nobody is asked, as for a list
    system: str = ""
    prompt: str = ""  # what was said last
    schema: dict | None = None
    tool: str | None = None  # has to be called with the answer
    thinks: bool = False

    @property
    def role(self):
        """As the system prompt calls the one who is asked."""
        lines = (line.strip() for line in self.system.splitlines())
        return next((line.removeprefix("Role:").strip() for line in lines if line.startswith("Role:")), "")

    def answer(self, prefer=0):
        """An object that fits the schema, or one sentence. `prefer` says which of the actions is taken."""
        if self.schema is None:
            return SENTENCE
        names = (self.schema.get("properties") or {}).get("action", {}).get("enum") or ["wait"]
        name = names[prefer % len(names)]
        arguments = next((arguments for legal, arguments in self.legal() if legal == name), {})
        return json.dumps(fill("", self.schema, name, arguments))

    def legal(self):
        """The actions that the prompt lists: `- go_to {"place":"Farm"}`, `- wait`, or `- wait: Lets time pass`."""
        lines = dropwhile(lambda line: line.strip() != "Legal actions:", self.prompt.splitlines())
        for line in takewhile(lambda line: line.strip().startswith("- "), list(lines)[1:]):
            name, _, rest = line.strip()[2:].partition(" ")
            try:
                arguments = json.loads(rest)
            except ValueError:
                arguments = {}
            yield name.rstrip(":"), arguments if isinstance(arguments, dict) else {}


def fill(name, schema, action, arguments):
    """Something that fits the schema; what the name of a property gives away is said by it."""
    kinds = schema.get("type") or ("object" if "properties" in schema else "")
    kind = next((kind.lower() for kind in ([kinds] if isinstance(kinds, str) else kinds) if kind != "null"), "")
    known = {"action": action, "thought": REASON, "because": REASON, "reason": REASON, "confidence": 0.8,
             "arguments": json.dumps(arguments) if kind == "string" else arguments}
    if name in known:
        return known[name]
    if "const" in schema or schema.get("enum"):
        return schema["const"] if "const" in schema else schema["enum"][0]
    for branches in (schema.get(word) for word in ("anyOf", "oneOf", "allOf")):
        if branches:
            return fill(name, branches[0], action, arguments)
    if kind == "object":
        return {key: fill(key, inner, action, arguments) for key, inner in (schema.get("properties") or {}).items()}
    if kind == "array":
        return [fill("", schema.get("items") or {}, action, arguments)] * schema.get("minItems", 0)
    return {"string": SENTENCE, "integer": schema.get("minimum", 0), "number": schema.get("minimum", 0),
            "boolean": False}.get(kind)


def texts(parts):
    """All texts of a list of parts or blocks; a text itself stays one."""
    if isinstance(parts, str):
        return parts
    return "\n".join(part["text"] for part in parts or () if isinstance(part, dict) and "text" in part)


def last_words(turns, key):
    return next((texts(turn.get(key)) for turn in reversed(turns or ()) if turn.get("role") == "user"), "")


def pieces(text):
    return [text[at:at + PIECE] for at in range(0, len(text), PIECE)]


def tokens(text):
    return len(text) // 4 + 1


# --- Gemini ----------------------------------------------------------------------------------------------------------


class Gemini:
    """Models under /v1beta/models, chunks without an end mark, refusals with a status in words."""

    NAME, LIST, METHOD = "gemini", "/v1beta/models", "streamGenerateContent"
    MODELS = "gemini-9-pro", "gemini-9-flash", "gemini-9-flash-lite"
    STATUSES = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
                429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED"}
    WORDS = {429: "Resource has been exhausted (e.g. check quota).",
             500: "An internal error has occurred. Please retry or report in "
                  "https://developers.generativeai.google/guide/troubleshooting",
             503: "The model is overloaded. Please try again later."}

    @classmethod
    def owns(cls, path):
        return path.startswith("/v1beta/")

    @classmethod
    def error(cls, status, words=None, details=None):
        words = words or cls.WORDS.get(status, "Something went wrong.")
        error = {"code": status, "message": words, "status": cls.STATUSES.get(status, "UNKNOWN")}
        return {"error": error | ({"details": details} if details else {})}

    @classmethod
    def refuse(cls, status, words, details=None):
        raise Refusal(status, cls.error(status, words, details))

    @classmethod
    def check_key(cls, headers, key):
        given = headers.get("x-goog-api-key")
        if given is None:
            cls.refuse(403, "Method doesn't allow unregistered callers (callers without established identity). Please "
                       "use API Key or other form of API consumer identity to call this API.")
        if given != key:
            cls.refuse(400, "API key not valid. Please pass a valid API key.",
                       [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID",
                         "domain": "googleapis.com"}])

    @classmethod
    def models(cls):
        talkers = [{"name": f"models/{name}", "version": "001", "displayName": name.replace("-", " ").title(),
                    "inputTokenLimit": 1048576, "outputTokenLimit": 65536, "thinking": True,
                    "supportedGenerationMethods": ["generateContent", "countTokens"]} for name in cls.MODELS]
        return {"models": talkers + [{"name": "models/gemini-embedding-9", "version": "001", "inputTokenLimit": 2048,
                                      "supportedGenerationMethods": ["embedContent"]}]}

    @classmethod
    def question(cls, path, body):
        config = body.get("generationConfig") or {}
        return Question(model=path.removeprefix(cls.LIST + "/").partition(":")[0] if ":" in path else "",
                        system=texts((body.get("systemInstruction") or {}).get("parts")),
                        prompt=last_words(body.get("contents"), "parts"),
                        schema=config.get("responseJsonSchema") or config.get("responseSchema"),
                        thinks=bool((config.get("thinkingConfig") or {}).get("includeThoughts")))

    @classmethod
    def check(cls, path, query, body, question):
        if not path.endswith(f":{cls.METHOD}"):
            cls.refuse(404, "Requested entity was not found.")
        if question.model not in cls.MODELS:
            cls.refuse(404, f"models/{question.model} is not found for API version v1beta, or is not supported for "
                       "generateContent. Call ListModels to see the list of available models and their supported "
                       "methods.")
        if not body.get("contents"):
            cls.refuse(400, "* GenerateContentRequest.contents: contents is not specified\n")
        if "alt=sse" not in query:  # the real one streams one long list then
            cls.refuse(400, "nothing but alt=sse is pretended here")

    @classmethod
    def stream(cls, question, text, asked):
        """The events; the first one says something already."""
        thought = tokens(THOUGHT) if question.thinks else 0
        counts = {"promptTokenCount": asked, "totalTokenCount": asked + thought}
        counts |= {"thoughtsTokenCount": thought} if thought else {}

        def chunk(part, counts=counts, **ending):
            candidate = {"content": {"parts": [part], "role": "model"}, **ending, "index": 0}
            chunk = {"candidates": [candidate], "usageMetadata": counts, "modelVersion": question.model}
            return f"data: {json.dumps(chunk)}\r\n\r\n"

        parts = [{"text": THOUGHT, "thought": True}] if thought else []
        parts += [{"text": piece} for piece in pieces(text)]
        said = {"candidatesTokenCount": tokens(text), "totalTokenCount": asked + thought + tokens(text)}
        end = {"text": ""} | ({"thoughtSignature": SIGNATURE} if thought else {})
        return [*map(chunk, parts), chunk(end, counts | said, finishReason="STOP")]


# --- Claude ----------------------------------------------------------------------------------------------------------


class Claude:
    """Models under /v1/models, messages in named events from start to stop, refusals with a type in words."""

    NAME, LIST = "claude", "/v1/models"
    MODELS = "claude-opus-9", "claude-sonnet-9", "claude-haiku-9"
    TYPES = {400: "invalid_request_error", 401: "authentication_error", 403: "permission_error", 404: "not_found_error",
             413: "request_too_large", 429: "rate_limit_error", 500: "api_error", 529: "overloaded_error"}
    WORDS = {429: "This request would exceed your organization's rate limit of 50 requests per minute.",
             500: "Internal server error", 529: "Overloaded"}

    @classmethod
    def owns(cls, path):
        return path.startswith("/v1/")

    @classmethod
    def error(cls, status, words=None):
        words = words or cls.WORDS.get(status, "Something went wrong")
        error = {"type": cls.TYPES.get(status, "api_error"), "message": words}
        return {"type": "error", "error": error, "request_id": "req_011CerQ"}

    @classmethod
    def refuse(cls, status, words):
        raise Refusal(status, cls.error(status, words))

    @classmethod
    def check_key(cls, headers, key):
        if "x-api-key" not in headers:
            cls.refuse(401, "x-api-key header is required")
        if headers["x-api-key"] != key:
            cls.refuse(401, "invalid x-api-key")
        if "anthropic-version" not in headers:
            cls.refuse(400, "anthropic-version: header is required")

    @classmethod
    def models(cls):
        data = [{"type": "model", "id": name, "display_name": name.replace("-", " ").title(),
                 "created_at": "2026-09-01T00:00:00Z"} for name in cls.MODELS]
        return {"data": data, "has_more": False, "first_id": cls.MODELS[0], "last_id": cls.MODELS[-1]}

    @classmethod
    def question(cls, _path, body):
        choice, tools = body.get("tool_choice") or {}, body.get("tools") or []
        named = [tool for tool in tools if choice.get("type") == "any" or tool.get("name") == choice.get("name")]
        tool = named[-1] if choice.get("type") in ("tool", "any") and named else {}
        config, older = body.get("output_config") or {}, body.get("output_format") or {}
        return Question(model=body.get("model") or "", system=texts(body.get("system")),
                        prompt=last_words(body.get("messages"), "content"), tool=tool.get("name"),
                        schema=(config.get("format") or older).get("schema") or tool.get("input_schema"),
                        thinks=(body.get("thinking") or {}).get("type") in ("enabled", "adaptive"))

    @classmethod
    def check(cls, path, _query, body, question):
        if path != "/v1/messages":
            cls.refuse(404, "Not Found")
        if question.model not in cls.MODELS:
            cls.refuse(404, f"model: {question.model}")
        if not body.get("max_tokens"):
            cls.refuse(400, "max_tokens: Field required")
        if not body.get("messages"):
            cls.refuse(400, "messages: at least one message is required")
        if not body.get("stream"):
            cls.refuse(400, "stream: nothing but streams is pretended here")
        if question.thinks and question.tool:
            cls.refuse(400, "Thinking may not be enabled when tool_choice forces tool use.")
        schema = ((body.get("output_config") or {}).get("format") or {}).get("schema")
        if schema and (words := unknown(schema)):
            cls.refuse(400, f"output_config.format.schema: {words}")

    @classmethod
    def stream(cls, question, text, asked):
        """The events; what comes before the first words comes together with them."""
        said = tokens(text) + (tokens(THOUGHT) if question.thinks else 0)
        message = {"id": "msg_01", "type": "message", "role": "assistant", "model": question.model, "content": [],
                   "stop_reason": None, "stop_sequence": None, "usage": {
                       "input_tokens": asked, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0,
                       "output_tokens": 1}}
        blocks = []
        if question.thinks:
            blocks.append(({"type": "thinking", "thinking": "", "signature": ""},
                           [{"type": "thinking_delta", "thinking": THOUGHT},
                            {"type": "signature_delta", "signature": SIGNATURE}]))
        if question.tool:
            blocks.append(({"type": "tool_use", "id": "toolu_01", "name": question.tool, "input": {}},
                           [{"type": "input_json_delta", "partial_json": piece} for piece in pieces(text)]))
        else:
            blocks.append(({"type": "text", "text": ""},
                           [{"type": "text_delta", "text": piece} for piece in pieces(text)]))
        events = [{"type": "message_start", "message": message}, {"type": "ping"}]
        for index, (block, deltas) in enumerate(blocks):
            events.append({"type": "content_block_start", "index": index, "content_block": block})
            events += [{"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas]
            events.append({"type": "content_block_stop", "index": index})
        reason = "tool_use" if question.tool else "end_turn"
        events += [{"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None},
                    "usage": {"input_tokens": asked, "output_tokens": said}}, {"type": "message_stop"}]
        told = [f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events]
        heard = 4  # the start, the ping, the first block and its first words
        return ["".join(told[:heard]), *told[heard:]]


def unknown(schema):
    """What the grammar of a structured answer does not know, as the server says it."""
    kind = schema.get("type")
    if kind == "object" and schema.get("additionalProperties") is not False:
        return "For 'object' type, 'additionalProperties' must be explicitly set to false"
    if bounds := [bound for bound in BOUNDS if bound in schema]:
        return f"For '{kind}' type, properties {', '.join(bounds)} are not supported"
    inner = chain((schema.get("properties") or {}).values(), schema.get("anyOf") or (),
                  [schema["items"]] if schema.get("items") else ())
    return next(filter(None, map(unknown, inner)), None)
