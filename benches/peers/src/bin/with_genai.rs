//! The same stream through `genai`, which is led to our server by a target of its own.

use futures_util::StreamExt;
use genai::{
    Client, ModelIden, ServiceTarget,
    adapter::AdapterKind,
    chat::{ChatOptions, ChatRequest, ChatStreamEvent},
    resolver::{AuthData, Endpoint},
};
use peers::{Failure, Heard, MODEL, Plan, QUESTION};

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let plan = Plan::from_arguments()?;
    let target = ServiceTarget {
        // The slash at its end belongs to it: paths are joined to it as to a folder.
        endpoint: Endpoint::from_owned(format!("{}/v1/", plan.url)),
        auth: AuthData::from_single("none"),
        model: ModelIden::new(AdapterKind::OpenAI, MODEL),
    };
    let client = Client::builder().build().map_err(|error| error.to_string())?;
    plan.carry_out(|| ask(client.clone(), target.clone())).await
}

async fn ask(client: Client, target: ServiceTarget) -> Result<Heard, Failure> {
    let options = ChatOptions::default().with_capture_usage(true);
    let asked = client.exec_chat_stream(target, ChatRequest::from_user(QUESTION), Some(&options)).await;
    let response = asked.map_err(|error| error.to_string())?;
    let (mut stream, mut heard) = (response.stream, Heard::default());
    while let Some(event) = stream.next().await {
        if let ChatStreamEvent::Chunk(chunk) = event.map_err(|error| error.to_string())? {
            heard.piece(&chunk.content);
        }
    }
    Ok(heard)
}
