//! Singularis: a desktop control panel for a local-first autonomous agent.
//!
//! The window draws, the worker works, and one line of plain messages crosses between them. Read the rooms in this order:
//!
//! | room | what is in it |
//! |---|---|
//! | [`protocol`] | what crosses the line: commands, events, the snapshot, problems, the certificate |
//! | [`settings`] | what the user chose, where it is kept, who plays in each way of thinking; secrets and the keychain |
//! | [`process`] | child processes: each in a group of its own, ended with everything it started |
//! | [`llm`] | talking to one model, and explaining why that failed |
//! | [`guardian`] | a second small process that lets go of keys and ends children if this one is killed |
//! | [`environment`] | where the agent acts: the built-in world, tool servers, the desktop |
//! | [`journal`] | what is remembered: one SQLite file, one thread that writes it and one that reads it meanwhile |
//! | [`mind`] | how models decide: ways of thinking, who plays which part, what each is worth |
//! | [`health`] | is everything there? finding the server and the ladder of checks |
//! | [`agent`] | the loops and how they are wired |
//! | [`worker`] | who owns what runs, and how it ends |
//! | [`demo`] | a pretend LM Studio, so that everything can be tried and tested without one |
//! | [`ui`] | the window |
//! | [`cli`] | the terminal |
//!
//! Who may use whom; a test checks it:
//!
//! ```text
//! settings ◄─ protocol ◄─ llm, environment, journal ◄─ mind, health ◄─ agent ◄─ worker ◄─ cli, main
//!                 ▲
//!                 ├─ process ◄─ guardian ◄─ environment, cli; health, worker
//!                 ├─ llm::http ◄─ environment::tools, so that one place makes every request
//!                 └─ ui
//! demo  uses nothing of ours, so that it can contradict our client
//! ```

pub mod agent;
pub mod cli;
pub mod demo;
pub mod environment;
pub mod guardian;
pub mod health;
pub mod journal;
pub mod llm;
pub mod mind;
pub mod process;
pub mod protocol;
pub mod settings;
pub mod ui;
pub mod worker;
