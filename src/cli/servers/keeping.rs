//! Other servers take the place of those in the settings: secrets go into the keychain first, and then the file is
//! written.

use std::collections::BTreeMap;

use crate::{
    protocol::Problem,
    settings::{
        Home, ServerSettings,
        keychain::{Keychain, KeychainError, SystemStore},
        servers::file,
    },
    worker::{keys::Keys, server_secrets::SecretsChange},
};

/// Keeps these servers. What it gives says which secrets could not be kept, if any; an error says why nothing was.
pub async fn keep(before: &[ServerSettings], mut servers: Vec<ServerSettings>) -> Result<Option<Problem>, Problem> {
    let home = Home::find().map_err(|error| not_saved(&error.to_string()))?;
    let change = SecretsChange::between(before, &mut servers);
    let mut problem = None;
    if !change.is_empty() {
        let keys = Keys::new(BTreeMap::new(), Keychain::new(SystemStore));
        keys.read().await;
        keys.servers().use_now(&change);
        match keys.keep(&change).await {
            Ok(()) => {
                change.put_away(&mut servers);
            }
            Err(error) => problem = told(&change, &error),
        }
    }
    file::save(&home.servers_file(), &servers).map_err(|error| not_saved(&error.to_string()))?;
    Ok(problem)
}

fn told(change: &SecretsChange, error: &KeychainError) -> Option<Problem> {
    let names = change.names();
    if !names.is_empty() {
        let advice = "Type it in on the Servers page, or give it as a reference to a variable of the environment, such as \
                      ${NAME}";
        let summary = format!("{} could not be kept in the keychain, and stands in no file", names.join(" and "));
        return Some(Problem::plain(summary, vec![error.to_string()], advice));
    }
    let advice = "Remove the entry called singularis with the system's own keychain program";
    let summary = "The keychain could not be asked to forget the server's secrets";
    (!change.forgets_nothing()).then(|| Problem::plain(summary, vec![error.to_string()], advice))
}

fn not_saved(why: &str) -> Problem {
    let advice = "Free some space or make the folder of the settings writable, then try again";
    Problem::plain("The tool servers could not be saved", vec![why.to_owned()], advice)
}
