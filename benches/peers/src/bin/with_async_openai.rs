//! The same stream through `async-openai`, with its own types.

use async_openai::{
    Client,
    config::OpenAIConfig,
    types::chat::{ChatCompletionRequestUserMessage, ChatCompletionStreamOptions, CreateChatCompletionRequest},
};
use futures_util::StreamExt;
use peers::{Failure, Heard, MODEL, Plan, QUESTION};

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let plan = Plan::from_arguments()?;
    let config = OpenAIConfig::new().with_api_base(format!("{}/v1", plan.url)).with_api_key("none");
    let client = Client::with_config(config);
    plan.carry_out(|| ask(client.clone())).await
}

async fn ask(client: Client<OpenAIConfig>) -> Result<Heard, Failure> {
    let request = CreateChatCompletionRequest {
        model: MODEL.to_owned(),
        messages: vec![ChatCompletionRequestUserMessage::from(QUESTION).into()],
        stream_options: Some(ChatCompletionStreamOptions { include_usage: Some(true), include_obfuscation: None }),
        ..CreateChatCompletionRequest::default()
    };
    let mut stream = client.chat().create_stream(request).await.map_err(|error| error.to_string())?;
    let mut heard = Heard::default();
    while let Some(chunk) = stream.next().await {
        for choice in chunk.map_err(|error| error.to_string())?.choices {
            heard.piece(choice.delta.content.as_deref().unwrap_or_default());
        }
    }
    Ok(heard)
}
