//! Errands about tool servers and the desktop: a test, a look around, a calibration; and what a server is opened with.

use std::sync::Arc;

use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::{
    archive::Brought,
    backstage::Backstage,
    server_secrets::{SecretsChange, ServerSecrets},
};
use crate::{
    environment::{Hooks, desktop, tools},
    protocol::{Event, FoundServers, Problem},
    settings::{
        DesktopSettings, ServerSettings,
        keychain::KeychainError,
        servers::import::{self, Found},
    },
};

/// What was kept of secrets.
#[derive(Debug)]
pub struct SecretsKept {
    pub change: SecretsChange,
    /// Why they are in use for this run alone, if they are.
    pub error: Option<KeychainError>,
}

/// What this server is opened with.
pub(super) fn surroundings(backstage: &Backstage, server: &ServerSettings, hooks: Hooks) -> tools::Surroundings {
    // What stands in the settings themselves is not to be written down either.
    let _remembered = server.secrets();
    tools::Surroundings {
        http: Arc::clone(&backstage.http),
        secrets: backstage.keys.servers().of(&server.name),
        hooks,
        guardian: backstage.outside.program.clone(),
    }
}

impl Backstage {
    /// Starts a server as it is described, and ends it again. Dropping the future ends it too.
    pub(super) async fn test_server(&self, server: &ServerSettings) -> Brought {
        self.keys.ready().await;
        let (server, secrets) = self.keys.servers().ready(server);
        let around = tools::Surroundings { secrets, ..surroundings(self, &server, Hooks::default()) };
        let report = Box::pin(tools::test(&server, around)).await;
        Brought::Event(Event::ServerTested(Box::new(report)))
    }

    /// What other programs have, without the secrets in it.
    pub(super) async fn find_servers(&self) -> Result<Brought, Problem> {
        let Some(home) = self.outside.user_home.clone() else {
            let advice = "Add the servers by hand";
            return Err(Problem::plain("The user's home folder is not known", Vec::new(), advice));
        };
        // A folder on the network may take its time.
        let looking = spawn_blocking(move || import::find(&import::places(&home, &import::configurations(&home))));
        let found = looking.await.map_err(|error| {
            let details = vec![error.to_string()];
            Problem::plain(
                "Looking for servers broke down",
                details,
                "This is a fault of this program; please report it",
            )
        })?;
        let found = found.into_iter().map(|found| told(found, self.keys.servers())).collect();
        Ok(Brought::Event(Event::ServersFound(found)))
    }

    /// What can be seen of the desktop.
    pub(super) async fn look_at_desktop(&self) -> Brought {
        let report = Box::pin(desktop::look(self.outside.profiles.as_deref())).await;
        Brought::Event(Event::DesktopSeen(Box::new(report)))
    }

    /// Clicks targets of its own. Dropping the future ends it.
    pub(super) async fn calibrate(&self, settings: &DesktopSettings) -> Brought {
        let stop = CancellationToken::new();
        let _when_dropped = stop.clone().drop_guard();
        let report = Box::pin(desktop::calibrate(settings, self.outside.program.as_deref(), &stop)).await;
        Brought::Event(Event::Calibrated(Box::new(report)))
    }

    /// Puts secrets where they belong.
    pub(super) async fn keep_secrets(&self, change: SecretsChange) -> Brought {
        let error = self.keys.keep(&change).await.err();
        Brought::SecretsKept(Box::new(SecretsKept { change, error }))
    }
}

fn told(found: Found, secrets: &ServerSecrets) -> FoundServers {
    FoundServers {
        program: found.program.to_owned(),
        file: found.path.display().to_string(),
        servers: found.servers.iter().map(|server| secrets.hidden(server)).collect(),
        troubles: found.troubles,
    }
}

impl SecretsKept {
    /// What whoever typed them in has to know.
    pub(super) fn problem(&self) -> Option<Problem> {
        let error = self.error.as_ref()?;
        let names = self.change.names();
        let (summary, advice) = match names.as_slice() {
            // What stood in the file stays there, and is as good as before.
            [] if self.change.forgets_nothing() => return None,
            [] => (
                "A secret of a tool server is not used any more, but the keychain could not be asked to forget it"
                    .to_owned(),
                "Remove the entry called singularis with the system's own keychain program",
            ),
            [name] => (format!("{name} is in use, but only until the program ends"), TYPE_AGAIN),
            names => (format!("{} are in use, but only until the program ends", names.join(" and ")), TYPE_AGAIN),
        };
        Some(Problem::plain(summary, vec![error.to_string()], advice))
    }
}

const TYPE_AGAIN: &str = "Type it in again next time, or mend the keychain; a reference such as ${NAME} to a variable of the \
                          environment needs no keychain";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::servers::IN_KEYCHAIN;

    fn with(name: &str, value: &str) -> ServerSettings {
        let mut server = ServerSettings::program(name, "run", &[]);
        server.values_mut().insert("TOKEN".into(), value.into());
        server
    }

    fn refused(old: &[ServerSettings], new: &mut [ServerSettings]) -> Option<Problem> {
        let error = Some(KeychainError::Refused { why: "it is locked".into() });
        SecretsKept { change: SecretsChange::between(old, new), error }.problem()
    }

    #[test]
    fn a_keychain_that_refuses_is_told_where_that_matters() {
        let typed = refused(&[], &mut [with("a", "of-a-test-typed")]).unwrap();
        assert_eq!(typed.summary, "TOKEN of a is in use, but only until the program ends");
        assert_eq!(typed.details, ["the keychain refused: it is locked"]);
        let in_file = [with("a", "of-a-test-in-a-file")];
        assert_eq!(refused(&in_file, &mut in_file.clone()), None, "it stays where it was");
        let gone = refused(&[with("a", IN_KEYCHAIN)], &mut []).unwrap();
        assert!(gone.summary.contains("not used any more"), "{gone:?}");
    }
}
