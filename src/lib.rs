//! Singularis: a desktop control panel for a local-first autonomous agent.
pub mod agent;
pub mod cli;
pub mod demo;
pub mod environment;
pub mod health;
pub mod llm;
pub mod mind;
pub mod protocol;
pub mod settings;
pub mod ui;
pub mod worker;
