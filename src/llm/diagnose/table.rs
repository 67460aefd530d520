//! The table of phrases: what servers say, and which cause it stands for.

use crate::protocol::Cause::{self, *};

/// One way of saying something: all pieces must occur, in lower case, without quotes.
pub type Alternative = &'static [&'static str];

/// What some words mean.
pub struct Row {
    pub cause: Cause,
    /// What the same words can also mean.
    pub also: &'static [Cause],
    pub any: &'static [Alternative],
}

pub(super) const fn row(cause: Cause, also: &'static [Cause], any: &'static [Alternative]) -> Row {
    Row { cause, also, any }
}

/// Ordered: a refusal by a filter or an account comes in the clothes of many other errors, so it is looked for first.
#[rustfmt::skip]
pub static ROWS: &[Row] = &[
    row(TlsMismatch, &[], &[
        &["http request to an https server"], &["http request was sent to https"], &["http request to https"],
    ]),
    row(SafetyBlocked, &[], &[
        &["blockedreason"], &["blockreason"], &["prohibited_content"], &["prohibitedcontent"], &["content_filter"],
        &["content management policy"], &["content filtering policy"], &["safety_block"], &["blocked by safety"],
        &["responsibleaipolicy"], &["flagged", "moderation"], &["content policy violation"], &["jailbreak"],
        &["output blocked by content"], &["response blocked"], &["response was blocked"], &["image_safety"],
    ]),
    row(RegionBlocked, &[], &[
        &["location is not supported"], &["unsupported_country"],
        &["country, region, or territory not supported"], &["not available in your country"],
        &["not available in your region"], &["region is not supported"], &["access is not allowed from unsupported"],
    ]),
    row(RuntimeTooOld, &[], &[
        &["requires a newer version"], &["newer version of"], &["please update", "to use this model"],
    ]),
    row(AccountBlocked, &[QuotaExhausted], &[
        &["credit balance is too low"], &["account", "disabled"], &["account", "suspended"],
        &["account", "deactivated"], &["organization has been disabled"], &["has not been used in project"],
        &["service_disabled"], &["violation of terms"], &["billing", "not active"],
        &["billing", "must be enabled"], &["project has been denied"], &["consumer_suspended"],
        &["account is not authorized"], &["account", "restricted"], &["organization", "restricted"],
        &["has been banned"], &["never purchased"], &["identity verification"], &["must be verified to use"],
    ]),
    row(AuthRequiredOrInvalid, &[], &[
        &["api key", "not valid"], &["api key", "expired"], &["api key", "not found"], &["api key", "leaked"],
        &["api key", "invalid"], &["incorrect api key"], &["invalid_api_key"], &["api_key_invalid"],
        &["invalid x-api-key"], &["authentication_error"], &["authentication credentials"],
        &["api token is required"], &["malformed lm studio api token"], &["invalid api key"],
        &["requests to this api", "are blocked"], &["api_key_service_blocked"], &["no api key passed"],
        &["missing api key"], &["malformed api key"], &["unauthorized"], &["no cookie auth credentials"],
        &["didnt provide an api key"], &["no auth credentials"], &["invalid bearer"], &["invalid token"],
        &["permission denied", "token"], &["authentication failed"], &["authentication fails"], &["auth_error"],
        &["no connected db"], &["token expired"], &["invalid authentication"], &["invalid proxy server token"],
        &["unauthenticated"], &["invalid passkey"], &["failed to authenticate"],
    ]),
    row(QuotaExhausted, &[RateLimited], &[
        &["insufficient_quota"], &["exceeded your current quota", "perday"], &["quota", "per day"],
        &["requests per day"], &["tokens per day"], &["per-day"], &["daily limit"], &["daily", "quota"],
        &["quotaid", "perday"], &["quota has been exceeded"], &["monthly", "limit"], &["weekly", "limit"],
        &["weekly usage"], &["exceeded your current quota", "plan and billing"], &["budget has been exceeded"],
        &["budget_exceeded"], &["exceeded budget"], &["crossed budget"], &["insufficient credits"], &["no credits"], &["credits remaining"], &["requires more credits"], &["credits are required"],
        &["out of credits"], &["credit", "exhausted"], &["usage limit"], &["regain access"], &["limit: 0"],
        &["insufficient balance"], &["insufficient funds"], &["spending limit"], &["quota exhausted"],
        &["reached your specified api usage"], &["extra usage is required"],
    ]),
    row(RateLimited, &[QuotaExhausted], &[
        &["rate_limit"], &["rate limit"], &["ratelimit"], &["per minute"], &["perminute"], &["too many requests"],
        &["resource_exhausted"], &["resource has been exhausted"], &["resource exhausted"],
        &["exceeded your current quota"], &["throttling"], &["no deployments available"], &["no healthy deployments"], &["too many concurrent"], &["slow down"],
    ]),
    row(ServerOverloaded, &[], &[
        &["overloaded"], &["high demand"], &["at capacity"], &["server is busy"], &["server busy"],
        &["queue is full"], &["service is temporarily unavailable"], &["maximum pending requests"],
        &["no slot available"], &["no slots available"], &["no available slot"], &["no capacity"], &["capacity exceeded"], &["cooldown_list"],
        &["too busy"], &["worker", "limit"],
    ]),
    row(RuntimeMissing, &[RuntimeTooOld], &[
        &["no lm runtime found"], &["failed to load llm engine"], &["specified module could not be found"],
        &["no runtime", "format"], &["backend not found"], &["engine", "not installed"], &["no module named"],
        &["no cpu backend"], &["no backend found"], &["missing runtime"], &["missingruntime"],
        &["no engine found"], &["should end with .onnx"], &["engine not found"], &["shared libraries"],
    ]),
    row(RuntimeTooOld, &[WrongModelType], &[
        &["unknown model architecture"], &["loading model architecture"], &["loading model vocabulary"], &["unsupported model architecture"], &["unknown architecture"],
        &["model type", "not recognized"], &["does not recognize this architecture"],
        &["model type", "not supported"], &["model_type", "not supported"], &["architectures", "not supported"],
        &["unknown pre-tokenizer"], &["unknown tokenizer"], &["wrong number of tensors"], &["unsupported gguf"],
        &["bad magic"], &["newer version"], &["invalid ggml type"], &["wrong shape; expected"],
    ]),
    row(TimeoutLoadingModel, &[ModelLoadFailedResources, ModelLoading], &[
        &["timed out waiting for llama runner"], &["timed out", "model to load"], &["timeout", "loading model"],
        &["health check failed after"], &["model loading timed out"], &["load timeout"], &["loading", "timed out"],
    ]),
    row(ModelLoadFailedResources, &[], &[
        &["insufficient system resources"], &["not enough resources"], &["insufficient resources"], &["requires more system memory"], &["out of memory"],
        &["outofmemory"], &["not enough memory"], &["insufficient memory"], &["failed to allocate"],
        &["unable to allocate"], &[" guardrail"], &["failed to load model", "operation canceled"],
        &["insufficient vram"], &["insufficient gpu memory"], &["enough available memory"],
        &["cannot allocate memory"], &["allocation failed"], &["cudamalloc failed"], &["no available memory for the cache"],
        &["less than desired gpu memory"], &["buffer size", "exceed"], &["not enough", "vram"],
        &["resource limitations", "load"], &["exceeds available memory"], &["memory to load"],
    ]),
    row(WrongModelType, &[], &[
        &["model is not embedding"], &["model is not llm"],
    ]),
    row(ModelLoading, &[], &[
        &["loading model", "unavailable"], &["model is loading"], &["model is still loading"], &["currently loading"],
        &["model is currently being loaded"], &["still being loaded"], &["is warming up"],
        &["estimated_time"], &["not loaded yet"], &["model is initializing"], &["not ready yet"],
    ]),
    row(ContextOverflow, &[], &[
        &["context length", "keep"], &["trying to keep the first"], &["n_keep", "n_ctx"], &["exceed_context_size"],
        &["exceeds the available context"], &["does not fit in context"], &["context size has been exceeded"],
        &["exceed context limit"], &["context_length_exceeded"], &["maximum context length"],
        &["context window", "exceed"], &["exceeds the context"], &["reached context length"],
        &["context overflow"], &["prompt is too long"], &["input token count", "exceeds the maximum"],
        &["exceeds context length"], &["longer than the context"], &["larger than the context"],
        &["longer than the models context"], &["tokens exceed n_ctx"], &["exceed n_ctx"], &["context_window"],
        &["exceeds the maximum allowed length"], &["inputs tokens", "must be <="], &["inputs must have less than"],
        &["prompt", "longer than the maximum model length"], &["exceeds model context"], &["exceeds the model", "context"],
        &["exceeds maximum context"], &["model_max_prompt_tokens_exceeded"], &["too many tokens", "context"],
        &["maximum prompt length"], &["contextwindowexceeded"], &["input is too long"], &["exceeds max_model_len"],
        &["max_seq_len"], &["physical batch size"], &["prompt too long"], &["input length", "exceeds"],
        &["prompt token", "exceed"], &["reduce the length"], &["too large to process"],
    ]),
    row(ModelCrashed, &[ModelLoadFailedResources], &[
        &["model has crashed"], &["exit code:"], &["exitcode"], &["sigabrt"], &["sigsegv"], &["segmentation fault"],
        &["runner process has terminated"], &["runner process no longer running"], &["channel error"],
        &["model is unloaded"], &["model was unloaded"], &["unexpectedly stopped"], &["runner exited"],
        &["enginedead"], &["engine dead"], &["engine loop has died"], &["engine process", "died"],
        &["exited prematurely"], &["exited before becoming healthy"], &["prediction-error"], &["engine protocol", "failed: "],
        &["error reading llm response"], &["post predict", "eof"], &["completion", ": eof"], &["core dumped"],
        &["access violation"], &["cuda error"], &["ggml_assert"], &["stopiteration"],
        &["exception_access"], &["process crashed"], &["worker died"], &["illegal memory access"],
        &["device-side assert"], &["error reading from server: eof"], &["failed to decode"],
        &["backgroundloop has errored"], &["background loop has errored"], &["error trying to connect", "generation"],
        &["vk::devicelost"], &["devicelost"], &["terminated", "signal"],
    ]),
    row(UnsupportedToolChoice, &[], &[
        &["tool_choice"], &["tool choice"], &["--enable-auto-tool-choice"],
    ]),
    row(UnsupportedTools, &[], &[
        &["tools param requires --jinja"], &["does not support tools"], &["does not support function calling"],
        &["tool use is not supported"], &["tools are not supported"], &["function calling is not enabled"],
        &["no endpoints found that support tool"], &["tool calling is not supported"], &["not support tool"],
        &["function calling", "is unsupported"], &["tools is not supported"], &["not support function"],
        &["tool calls are not supported"], &["--tool-call-parser"],
    ]),
    row(UnsupportedResponseFormat, &[TemplateError], &[
        &["json schema conversion failed"], &["parser generation failed", "schema"],
    ]),
    row(TemplateError, &[InvalidMessageSequence], &[
        &["jinja"], &["prompt template"], &["roles must alternate"], &["only user and assistant roles"], &["system role not supported"], &["chat template"], &["chat_template"],
        &["template:", "executing"], &["value is not callable"], &["at row", "column"], &["no user query"], &["cannot subscript"], &["template_error"], &["template error"],
        &["applyprompttemplate"], &["minja"], &["raise_exception"], &["undefined", "at row"],
        &["for this template"], &["unknown test:"], &["rendering", "template"],
    ]),
    row(UnsupportedResponseFormat, &[], &[
        &["response_format"], &["failed to parse grammar"], &["failed to initialize samplers"],
        &["json_schema", "not support"], &["grammar", "invalid"], &["response_schema"], &["responseschema"],
        &["response schema"], &["response_json_schema"], &["responsejsonschema"],
        &["structured output", "not support"], &["json schema", "conversion failed"], &["xgrammar"], &["outlines"],
        &["guided"], &["invalid format: expected json"], &["json schema in format"], &["chatrequest.format"],
        &["response mime type"], &["response_mime_type"], &["output_config.format"], &["text.format"],
        &["grammar error"], &["grammar parser"], &["llguidance"], &["output schema"], &["output_format"],
        &["too many states for serving"], &["schema", "too complex"], &["required for format"],
    ]),
    row(WrongModelType, &[], &[
        &["does not support image"], &["vision model is not loaded"], &["image input is not supported"],
        &["mmproj"], &["vision adapter"], &["do not support chat"], &["not support image"],
        &["does not support chat"], &["does not support embedding"], &["does not support generate"],
        &["not a chat model"], &["this server does not support embeddings"], &["does not support completions"],
        &["not a multimodal model"], &["vision", "not loaded"], &["images were provided"], &["for multimodal"], &["model projector"], &["not multimodal"], &["image", "not supported by this model"],
        &["not support vision"], &["no endpoints found that support image"], &["not support reranking"],
        &["not supported by this model", "infill"], &["pooling type"], &["not support the chat"],
        &["does not support the embeddings"], &["image", "is not supported for"], &["does not support multimodal"],
        &["is not an embedding model"], &["is not a text generation"], &["task", "not supported by"],
        &["does not support vision"], &["unsupported content part type: image"], &["text-only"],
        &["image content is not supported"], &["model does not support", "image"], &["is only supported in v1/responses"],
        &["not supported in the v1/chat"],
    ]),
    row(BadImageInput, &[], &[
        &["url field must be a base64"], &["mime type"], &["mime_type"], &["unsupported image"], &["media_type"],
        &["image exceeds"], &["image dimensions exceed"], &["does not match the provided media type"],
        &["could not process image"], &["failed to decode image"], &["invalid image"], &["image is not valid"],
        &["unable to process input image"], &["image_url", "invalid"], &["failed to load image"],
        &["cannot identify image"], &["illegal base64"], &["base64 decoding failed"], &["failed to download image"],
        &["image format"], &["media type", "image"], &["image(s) may be provided"], &["image was specified"],
        &["image cannot be"], &["image", "too large"], &["image", "could not be"], &["inline_data"], &["many images"],
        &["image", "corrupt"], &["fetch image"], &["download", "image"], &["decode", "image"], &["invalid base64"],
        &["only png"], &["only jpeg"], &["many-image"],
    ]),
    row(RequestTooLarge, &[], &[
        &["request_too_large"], &["request entity too large"], &["payload too large"], &["entitytoolarge"],
        &["payload size exceeds"], &["body too large"], &["payloadtoolarge"], &["request too large"],
        &["larger than max"], &["maximum content size"], &["body exceeded"], &["request body is too large"],
        &["exceeded body size"], &["content too large"], &["length limit exceeded"],
    ]),
    row(UnsupportedParameter, &[ModelDeprecated], &[
        &["temperature", "is deprecated for"], &["top_p", "is deprecated for"], &["top_k", "is deprecated for"],
    ]),
    row(ModelDeprecated, &[ModelNotFound], &[
        &["deprecated", "model"], &["model", "retired"], &["no longer available"],
        &["no longer supported", "model"], &["has been shut down"], &["is not available. please use"],
        &["is not found for api version"], &["model", "sunset"], &["decommissioned"], &["end of life"],
        &["has been removed", "model"], &["model", "discontinued"],
    ]),
    row(NoModelLoaded, &[ModelNameMismatch, WrongModelType], &[
        &["no models loaded"], &["no model loaded"], &["no model is loaded"], &["no model has been loaded"],
        &["no model is currently loaded"], &["please load a model"], &["no models are available"],
        &["no models available"], &["no running session"], &["model is not loaded"], &["no models running"],
        &["no loaded model"], &["no models found"],
    ]),
    row(ModelNotFound, &[ModelNameMismatch], &[
        &["invalid model identifier"], &["multiple models loaded"], &["specify a valid model"], &["model_not_found"], &["no such model"],
        &["model", "does not exist"], &["try pulling it first"], &["not_found_error", "model:"],
        &["unknown model"], &["cannot find model"], &["no model matching"], &["invalid model name"],
        &["model identifier", "not found"], &["not a valid model"], &["model_not_supported"], &["model is not supported"], &["not found in repository"], &["invalid model"],
        &["no endpoints found for"], &["requested model", "not supported"], &["http 404: model:"],
        &["model", "not found"], &["not found", "model"], &["could not find model"], &["model", "not available"],
        &["model group", "not"], &["model id", "could"], &["model name is missing"], &["model id", "not support"],
        &["model id", "isnt supported"], &["did you mean"], &["model", "isnt available"],
        &["allowed now, your model"], &["model", "is not registered"], &["model", "no access"],
        &["do not have access to", "model"], &["model with key", "not loaded"],
    ]),
    row(NoModelLoaded, &[ModelNameMismatch, ModelNotFound], &[
        &["model not loaded"], &["not loaded"], &["engine is not loaded"],
    ]),
    row(ModelLoadFailedResources, &[ModelCrashed, RuntimeTooOld], &[
        &["model_load_failed"], &["failed to load"], &["error loading model"], &["error when loading model"],
        &["failed loading model"], &["model failed to load"], &["unable to load model"], &["could not load model"],
        &["model loading was stopped"], &["cannot load model"], &["unable to start process"], &["load model failed"],
    ]),
    row(ModelLoading, &[], &[&["loading model"]]),
    row(ServerNotRunning, &[ModelCrashed], &[&["server is not running"], &["server not running"]]),
    // A gateway that answers, about a server behind it that does not.
    row(ServerInternalError, &[ServerNotRunning], &[&["exception - connection error"]]),
    row(InvalidMessageSequence, &[WrongRequestShape], &[
        &["tool_use_id"], &["tool_result"], &["thought_signature"], &["must be a response to a prece"],
        &["previous_response"], &["function response", "function call", "number of"],
        &["tool_call_id", "not found"], &["first message must"], &["ensure that function"],
        &["message_order"], &["unexpected role"], &["invalid role"], &["assistant messages at the end"],
        &["must end with a user"], &["prefill"], &["signature", "thinking"], &["invalid signature"],
        &["last message"], &["after role"], &["without", "tool_calls"], &["must be followed by tool"],
        &["tool call id"], &["non-assistant messages must"], &["assistant message must"], &["role:", "discriminator"],
        &["is not one of [", "assistant"], &["conversation roles"], &["tool_use", "blocks"], &["role", "must be one of"],
        &["tool message"], &["consecutive", "messages"], &["at least one message"], &["function call turn"],
        &["messages: text content blocks must be"], &["message content type: <nil>"], &["must have non-empty content"],
    ]),
    row(UnsupportedParameter, &[], &[
        &["unrecognized key"], &["unrecognized request argument"], &["unknown name", "cannot find field"],
        &["extra inputs are not permitted"], &["unsupported parameter"], &["unsupported value"],
        &["unsupported param"], &["unsupportedparams"], &["argument not supported"],
        &["unknown parameter"], &["unexpected keyword"], &["invalid function name"],
        &["must only contain objects"], &["is not permitted"], &["unknown field"],
        &["not supported with this model"], &["invalid_union"], &["unrecognized_keys"], &["invalid_string"],
        &["invalid_enum_value"], &["missing_required_parameter"], &["temperature", "must be"],
        &["max_tokens", "must be"], &["not support thinking"], &["think value"], &["budget_tokens"],
        &["temperature", "top_p"], &["temperature", "may only"], &["max_tokens", "maximum allowed number of output"],
        &["maximum allowed number of output tokens"], &["doesnt support", "reasoning"], &["does not support parameter"],
        &["does not support", "temperature"], &["stop sequences"], &["thinking", "not supported"],
    ]),
    row(WrongBasePath, &[], &[
        &["unexpected endpoint or method"], &["gets unexpected endpoint"], &["404 page not found"],
        &["detail: not found"], &["detail:not found"], &["cannot post /"], &["cannot get /"],
        &["method not allowed"], &["invalid url ("], &["file not found"], &["no route"],
        &["unknown request url"], &["no static resource"], &["not found: /"], &["no handler found"],
        &["unknown endpoint"], &["endpoint", "not found"], &["route", "not found"],
    ]),
    row(OutputBudgetSpent, &[EmptyOutput], &[
        &["finish_reason: max_tokens"], &["length limit was reached"], &["token limit was reached"], &["finish_reason: length"], &["finishreason: max_tokens"],
        &["finish_reason=length"], &["max_output_tokens", "incomplete"],
    ]),
    row(MalformedResponse, &[WrongBasePath, WrongPortOtherService], &[
        &["unexpected token <"], &["unexpected token d"], &["<!doctype", "not valid json"],
        &["unexpected non-whitespace character after json"], &["invalid content-type"], &["expecting value: line 1"],
        &["unexpected end of json input"], &["unexpected token", "is not valid json"], &["jsondecodeerror"],
        &["tool_use_failed"], &["malformed_function_call"],
    ]),
    row(WrongRequestShape, &[], &[
        &["messages field is required"], &["input field must be"], &["is not iterable"],
        &["input should be a valid"], &["prompt field is required"], &["field required"], &["missing field"],
        &["messages is required"], &["invalid messages"], &["model field is required"], &["contents is not specified"],
        &["not valid json"], &["invalid json"], &["cannot unmarshal"], &["must contain a", "field"],
        &["failed to parse request"], &["invalid request body"], &["request body", "invalid"],
        &["failed to deserialize"],
    ]),
];
