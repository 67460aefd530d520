"""The models of the pretend LM Studio: what is on its disk, what is loaded of it, and what it says when it is asked.

Nothing here is a language model. An answer has the shape that was asked for, and no more sense than that.
"""

import json
import re
import threading


def language_model(key, params, size, context, builds, **capabilities):
    abilities = {"vision": False, "trained_for_tool_use": True, **capabilities}
    variants = [f"{key}@{build}" for build in builds]
    return {"type": "llm", "publisher": key.split("/")[0], "key": key, "display_name": key.split("/")[1],
            "architecture": "qwen3", "quantization": {"name": builds[0].upper(), "bits_per_weight": 4},
            "size_bytes": size, "params_string": params, "max_context_length": context, "format": "gguf",
            "capabilities": abilities, "description": None, "variants": variants, "selected_variant": variants[0]}


def downloaded():
    """What is on the disk: a model that thinks, in two builds; one that sees; one that is too large; one to embed."""
    thinks = {"allowed_options": ["off", "on"], "default": "on"}
    return [
        language_model("qwen/qwen3-8b", "8B", 5_027_784_512, 40_960, ["q4_k_m", "q8_0"], reasoning=thinks),
        language_model("qwen/qwen2.5-vl-7b", "7B", 6_036_000_000, 128_000, ["q4_k_m"], vision=True),
        language_model("qwen/qwen3-235b-a22b", "235B", 132_700_000_000, 40_960, ["q4_k_m"]),
        {"type": "embedding", "publisher": "nomic-ai", "key": "text-embedding-nomic-embed-text-v1.5",
         "display_name": "Nomic Embed Text v1.5", "quantization": {"name": "Q4_K_M", "bits_per_weight": 4},
         "size_bytes": 84_106_624, "params_string": None, "max_context_length": 2048, "format": "gguf"},
    ]


def answers_to(model, name):
    return name == model["key"] or name in model.get("variants", [])


class Instance:
    """One loaded copy of a model: what it works on at once, and who waits."""

    def __init__(self, name, model, context):
        self.name, self.model, self.queued = name, model, 0
        self.config = {"context_length": context}
        if model["type"] == "llm":
            self.config |= {"eval_batch_size": 512, "parallel": 4, "flash_attention": True,
                            "offload_kv_cache_to_gpu": True}
        self.slots = threading.Semaphore(self.config.get("parallel", 1))

    def for_ps(self):
        """As `lms ps --json` has it."""
        model, abilities = self.model, self.model.get("capabilities", {})
        return {"type": model["type"], "modelKey": model["key"], "format": model["format"], "deviceIdentifier": None,
                "displayName": model["display_name"], "publisher": model["publisher"], "path": model["key"],
                "sizeBytes": model["size_bytes"], "indexedModelIdentifier": model["key"],
                "paramsString": model["params_string"], "architecture": model.get("architecture"),
                "quantization": {"name": model["quantization"]["name"], "bits": 4}, "identifier": self.name,
                "ttlMs": None, "lastUsedTime": None, "vision": abilities.get("vision", False),
                "trainedForToolUse": abilities.get("trained_for_tool_use", False),
                "maxContextLength": model["max_context_length"], "contextLength": self.config["context_length"],
                "status": "generating" if self.queued else "idle", "queued": self.queued,
                "parallel": self.config.get("parallel")}


# --- lists -----------------------------------------------------------------------------------------------------------


def native(model, copies):
    """As /api/v1/models has it."""
    return model | {"loaded_instances": [{"id": copy.name, "config": copy.config} for copy in copies]}


def older(model, copies):
    """As /api/v0/models has it, which calls some things by other names."""
    abilities = model.get("capabilities", {})
    kind = "embeddings" if model["type"] == "embedding" else "vlm" if abilities["vision"] else "llm"
    entry = {"id": model["key"], "object": "model", "type": kind, "publisher": model["publisher"],
             "arch": model.get("architecture", "nomic-bert"), "compatibility_type": model["format"],
             "quantization": model["quantization"]["name"], "state": "loaded" if copies else "not-loaded",
             "max_context_length": model["max_context_length"]}
    if copies:
        entry["loaded_context_length"] = copies[0].config["context_length"]
    if abilities.get("trained_for_tool_use"):
        entry["capabilities"] = ["tool_use"]
    return entry


def compatible(model, _copies):
    """As /v1/models has it: nothing but the name."""
    return {"id": model["key"], "object": "model", "owned_by": "organization_owner"}


# --- answers ---------------------------------------------------------------------------------------------------------


def text_of(message):
    content = message.get("content") or ""
    parts = content if isinstance(content, list) else [{"type": "text", "text": content}]
    return " ".join(part["text"] for part in parts if part.get("type") == "text")


def pictures(messages):
    parts = [part for message in messages if isinstance(message.get("content"), list) for part in message["content"]]
    return [part["image_url"]["url"] for part in parts if part.get("type") == "image_url"]


def fitting(schema, word):
    """The first value that comes to mind for a JSON schema; texts become `word`."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return fitting(choices[0], word)
    kind = schema.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {name: fitting(inner, word) for name, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [fitting(schema.get("items", {}), word) for _ in range(max(1, schema.get("minItems", 1)))]
    if kind in ("integer", "number"):
        return min(max(1, schema.get("minimum", 1)), schema.get("maximum", 1_000_000))
    return {"boolean": True, "null": None}.get(kind, word[:schema.get("maxLength", 200)])


def pieces(text):
    return re.findall(r"\s*\S{1,6}", text)


def deltas(body, model):
    """The answer in pieces as a stream has them, and why it ended."""
    question = next((text_of(turn) for turn in reversed(body["messages"]) if turn.get("role") == "user"), "")
    word = (question.split() or ["ready"])[-1].strip(".,:\"'")
    shape = (body.get("response_format") or {}).get("json_schema", {}).get("schema")
    tools = body.get("tools") if body.get("tool_choice") != "none" else None
    thoughts = pieces("Let me see what is asked here. ") if model["capabilities"].get("reasoning") else []
    parts, reason = [{"reasoning_content": piece} for piece in thoughts], "stop"
    if tools:
        tool = next((tool["function"] for tool in tools if tool["function"]["name"] in question), tools[0]["function"])
        head = {"index": 0, "id": "call_1", "type": "function", "function": {"name": tool["name"], "arguments": ""}}
        arguments = pieces(json.dumps(fitting(tool.get("parameters", {"type": "object"}), word)))
        calls = [head, *({"index": 0, "function": {"arguments": piece}} for piece in arguments)]
        parts, reason = [*parts, *({"tool_calls": [call]} for call in calls)], "tool_calls"
    else:
        counting = " ".join(map(str, range(1, 1000))) if question.lower().startswith("count") else "Ready."
        text = counting if shape is None else json.dumps(fitting(shape, word))
        parts += [{"content": piece} for piece in pieces(text)]
    most = body.get("max_tokens", -1)
    return (parts, reason) if most is None or most < 0 or most >= len(parts) else (parts[:most], "length")


def joined(parts):
    """The pieces as the one message of an answer that is not streamed."""
    message = {"role": "assistant", "content": "".join(part.get("content", "") for part in parts)}
    if thoughts := "".join(part.get("reasoning_content", "") for part in parts):
        message["reasoning_content"] = thoughts
    if calls := [call for part in parts for call in part.get("tool_calls", [])]:
        function = calls[0]["function"] | {"arguments": "".join(call["function"]["arguments"] for call in calls)}
        message["tool_calls"] = [calls[0] | {"function": function}]
    return message
