//! Talking to one model: the only place that makes requests, and the only place that explains why one failed.
//!
//! | file | what |
//! |---|---|
//! | [`ask`] | the question, the answer and the [`Model`] trait |
//! | [`address`] | what a person types, understood as a base address |
//! | [`http`] | every request of the program passes here |
//! | [`gate`], [`open`] | whether a request may begin; what is open now |
//! | [`lock`], [`egress`] | where a request may go; what went where |
//! | [`evidence`], [`error`] | what was seen of a failed request |
//! | [`mod@diagnose`] | evidence in, cause and remedies out; pure |
//! | [`throttle`], [`meter`] | a provider's limits, kept by everybody who asks it |
//! | [`retry`], [`circuit`] | what may be asked again, and who is left alone for a while |
//! | [`purse`], [`price`] | what a session may use up, and what it costs |
//! | [`brake`] | a pause for everything that may begin something |
//! | [`stream`], [`text`] | server-sent events with a limit for every wait; the texts in them, without copies |
//! | [`lm_studio`] | LM Studio and every server that speaks like it |
//! | [`claude`], [`gemini`], [`account`], [`caller`] | the providers in the cloud; what their accounts have in common |

pub mod account;
pub mod address;
pub mod ask;
pub mod brake;
pub mod caller;
pub mod circuit;
pub mod claude;
pub mod diagnose;
pub mod egress;
pub mod error;
pub mod evidence;
pub mod gate;
pub mod gemini;
pub mod http;
pub mod lm_studio;
pub mod lock;
pub mod meter;
pub mod nearest;
pub mod open;
pub mod price;
pub mod provider_models;
pub mod purse;
pub mod redaction;
pub mod retry;
pub mod stream;
pub mod text;
pub mod throttle;

pub use address::BaseUrl;
pub use ask::{
    Answer, Answered, Ask, BoxFuture, Effort, Format, Kept, Limits, Model, Sink, ToolCall, ToolResult, Turn, Usage, Who,
};
pub use brake::Brake;
pub use diagnose::diagnose;
pub use error::Error;
pub use evidence::{Evidence, Fault, Limit};
pub use gate::Gate;
pub use http::{Http, HttpConfig};
pub use open::OpenThings;
pub use purse::Purse;
