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

const fn row(cause: Cause, also: &'static [Cause], any: &'static [Alternative]) -> Row {
    Row { cause, also, any }
}

/// Ordered: a refusal by a filter or an account comes in the clothes of many other errors, so it is looked for first.
#[rustfmt::skip]
pub static ROWS: &[Row] = &[
    row(TlsMismatch, &[], &[
        &["http request to an https server"], &["http request was sent to https"], &["http request to https"],
    ]),
    row(SafetyBlocked, &[], &[
        &["blockedreason"], &["prohibited_content"], &["prohibitedcontent"], &["content_filter"],
        &["content management policy"], &["safety_block"], &["blocked by safety"],
    ]),
    row(RegionBlocked, &[], &[
        &["location is not supported"], &["unsupported_country"],
        &["country, region, or territory not supported"], &["not available in your country"],
        &["not available in your region"],
    ]),
    row(AccountBlocked, &[QuotaExhausted], &[
        &["credit balance is too low"], &["account", "disabled"], &["account", "suspended"],
        &["account", "deactivated"], &["organization has been disabled"], &["has not been used in project"],
        &["service_disabled"], &["violation of terms"], &["billing", "not active"],
        &["billing", "must be enabled"],
    ]),
    row(AuthRequiredOrInvalid, &[], &[
        &["api key", "not valid"], &["api key", "expired"], &["api key", "not found"], &["api key", "leaked"],
        &["api key", "invalid"], &["incorrect api key"], &["invalid_api_key"], &["api_key_invalid"],
        &["invalid x-api-key"], &["authentication_error"], &["authentication credentials"],
        &["api token is required"], &["malformed lm studio api token"], &["invalid api key"],
        &["requests to this api", "are blocked"], &["api_key_service_blocked"], &["no api key passed"],
        &["missing api key"], &["unauthorized"],
    ]),
    row(QuotaExhausted, &[RateLimited], &[
        &["insufficient_quota"], &["exceeded your current quota", "perday"], &["quota", "per day"],
        &["requests per day"], &["daily limit"], &["quotaid", "perday"], &["quota has been exceeded"],
        &["monthly", "limit"], &["exceeded your current quota", "plan and billing"],
    ]),
    row(RateLimited, &[QuotaExhausted], &[
        &["rate_limit"], &["rate limit"], &["per minute"], &["perminute"], &["too many requests"],
        &["resource_exhausted"], &["resource has been exhausted"], &["resource exhausted"],
        &["exceeded your current quota"],
    ]),
    row(ServerOverloaded, &[], &[
        &["overloaded"], &["high demand"], &["at capacity"], &["server is busy"], &["queue is full"],
        &["service is temporarily unavailable"],
    ]),
    row(RuntimeMissing, &[RuntimeTooOld], &[
        &["no lm runtime found"], &["failed to load llm engine"], &["specified module could not be found"],
        &["no runtime", "format"], &["backend not found"], &["engine", "not installed"],
    ]),
    row(RuntimeTooOld, &[WrongModelType], &[
        &["unknown model architecture"], &["unsupported model architecture"], &["unknown architecture"],
        &["model type", "not recognized"], &["does not recognize this architecture"],
    ]),
    row(ModelLoadFailedResources, &[], &[
        &["insufficient system resources"], &["requires more system memory"], &["out of memory"],
        &["outofmemory"], &["not enough memory"], &["insufficient memory"], &["failed to allocate"],
        &["unable to allocate"], &["guardrail"], &["failed to load model", "operation canceled"],
        &["insufficient vram"],
    ]),
    row(WrongModelType, &[], &[
        &["model is not embedding"], &["model is not llm"],
    ]),
    row(ModelLoadFailedResources, &[ModelCrashed, RuntimeTooOld], &[
        &["error loading model"], &["failed to load model"],
    ]),
    row(ModelLoading, &[], &[
        &["loading model"], &["model is loading"], &["model is still loading"], &["currently loading"],
    ]),
    row(ContextOverflow, &[], &[
        &["context length", "keep"], &["n_keep", "n_ctx"], &["exceed_context_size"],
        &["exceeds the available context"], &["does not fit in context"], &["context size has been exceeded"],
        &["exceed context limit"], &["context_length_exceeded"], &["maximum context length"],
        &["context window", "exceed"], &["exceeds the context"], &["reached context length"],
        &["context overflow"], &["prompt is too long"], &["input token count", "exceeds the maximum"],
        &["exceeds context length"], &["longer than the context"], &["larger than the context"],
    ]),
    row(ModelCrashed, &[ModelLoadFailedResources], &[
        &["model has crashed"], &["exit code:"], &["sigabrt"], &["sigsegv"], &["segmentation fault"],
        &["runner process has terminated"], &["runner process no longer running"], &["channel error"],
        &["model is unloaded"], &["model was unloaded"],
    ]),
    row(TemplateError, &[InvalidMessageSequence], &[
        &["jinja"], &["prompt template"], &["roles must alternate"], &["only user and assistant roles"],
        &["system role not supported"], &["chat template"],
    ]),
    row(UnsupportedToolChoice, &[], &[
        &["tool_choice"], &["tool choice requires"], &["--enable-auto-tool-choice"],
        &["tools param requires --jinja"],
    ]),
    row(UnsupportedTools, &[], &[
        &["does not support tools"], &["does not support function calling"], &["tool use is not supported"],
        &["tools are not supported"], &["function calling is not enabled"],
        &["no endpoints found that support tool"],
    ]),
    row(UnsupportedResponseFormat, &[], &[
        &["response_format"], &["failed to parse grammar"], &["failed to initialize samplers"],
        &["json_schema", "not support"], &["grammar", "invalid"], &["response_schema"], &["responseschema"],
        &["structured output", "not support"], &["json schema", "conversion failed"],
    ]),
    row(WrongModelType, &[], &[
        &["does not support image"], &["vision model is not loaded"], &["image input is not supported"],
        &["mmproj"], &["vision adapter"], &["model is not embedding"], &["model is not llm"],
        &["does not support chat"], &["does not support embedding"], &["does not support generate"],
        &["not a chat model"], &["this server does not support embeddings"], &["does not support completions"],
        &["not a multimodal model"], &["image", "not supported by this model"],
    ]),
    row(BadImageInput, &[], &[
        &["url field must be a base64"], &["mime type"], &["mime_type"], &["unsupported image"],
        &["image exceeds"], &["image dimensions exceed"], &["does not match the provided media type"],
        &["could not process image"], &["failed to decode image"], &["invalid image"],
        &["unable to process input image"], &["image_url", "invalid"], &["failed to load image"],
    ]),
    row(RequestTooLarge, &[], &[
        &["request_too_large"], &["request entity too large"], &["payload too large"],
        &["payload size exceeds"], &["body too large"],
    ]),
    row(ModelDeprecated, &[ModelNotFound], &[
        &["deprecated", "model"], &["model", "retired"], &["no longer available"],
        &["no longer supported", "model"], &["has been shut down"], &["is not available. please use"],
        &["is not found for api version"], &["model", "sunset"], &["decommissioned"],
    ]),
    row(InvalidMessageSequence, &[], &[
        &["tool_use_id"], &["tool_result"], &["thought_signature"], &["must be a response to a prece"],
        &["previous_response"], &["function response", "function call", "number of"],
        &["tool_call_id", "not found"], &["first message must"], &["ensure that function call turn"],
    ]),
    row(ModelNotFound, &[ModelNameMismatch], &[
        &["invalid model identifier"], &["specify a valid model"], &["model_not_found"], &["no such model"],
        &["model", "does not exist"], &["try pulling it first"], &["not_found_error", "model:"],
        &["unknown model"], &["cannot find model"], &["no model matching"], &["invalid model name"],
        &["model", "not found"], &["model identifier", "not found"],
    ]),
    row(NoModelLoaded, &[ModelNameMismatch, WrongModelType], &[
        &["no models loaded"], &["no model loaded"], &["no model is loaded"],
        &["no model is currently loaded"], &["please load a model"], &["model not loaded"],
    ]),
    row(ModelLoadFailedResources, &[ModelCrashed, RuntimeTooOld], &[
        &["model_load_failed"], &["failed to load model"], &["failed to load llm"], &["error loading model"],
        &["model loading was stopped"],
    ]),
    row(UnsupportedParameter, &[], &[
        &["unrecognized key"], &["unrecognized request argument"], &["unknown name", "cannot find field"],
        &["extra inputs are not permitted"], &["unsupported parameter"], &["unsupported value"],
        &["unknown parameter"], &["unexpected keyword"], &["invalid function name"],
        &["must only contain objects"], &["is not permitted"], &["unknown field"],
        &["not supported with this model"], &["invalid_union"], &["unrecognized_keys"], &["invalid_string"],
        &["invalid_enum_value"], &["missing_required_parameter"], &["temperature", "must be"],
        &["max_tokens", "must be"],
    ]),
    row(WrongRequestShape, &[], &[
        &["messages field is required"], &["input field must be"], &["is not iterable"],
        &["input should be a valid"], &["prompt field is required"], &["field required"], &["missing field"],
        &["messages is required"], &["model field is required"], &["contents is not specified"],
        &["not valid json"], &["invalid json"],
    ]),
    row(WrongBasePath, &[], &[
        &["unexpected endpoint or method"], &["gets unexpected endpoint"], &["404 page not found"],
        &["detail: not found"], &["detail:not found"], &["cannot post /"], &["cannot get /"],
        &["method not allowed"], &["invalid url ("], &["file not found"], &["no route"],
        &["unknown request url"], &["no static resource"],
    ]),
];
