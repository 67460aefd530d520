//! From settings to the servers that are to be looked at: where each is, with which token, for which roles.

use std::{sync::Arc, time::Duration};

use super::{backstage::Backstage, prepare::limits_of};
use crate::{
    health::{Found, Source, Subject, discover},
    llm::{BaseUrl, lm_studio::LmStudio},
    protocol::{Depth, Problem},
    settings::{CloudMode, Endpoint, Provider, Role, Settings},
};

/// What the demo is called where endpoints have names.
pub const DEMO_ENDPOINT: &str = "demo";

impl Backstage {
    /// One subject for the first endpoint, and one for each further endpoint that some role is asked at.
    pub(super) async fn subjects(&self, settings: &Settings, depth: Depth) -> Result<Vec<Subject>, Problem> {
        self.obey(settings);
        if settings.demo {
            return Ok(vec![self.demo_subject(settings, depth).await?]);
        }
        let mut subjects = Vec::new();
        for (number, endpoint) in settings.endpoints.iter().enumerate() {
            let roles: Vec<Role> =
                settings.roles.iter().filter(|role| role.endpoint == endpoint.name).cloned().collect();
            if number == 0 || !roles.is_empty() {
                subjects.push(self.subject(settings, endpoint, roles, depth));
            }
        }
        if subjects.is_empty() {
            subjects.push(self.subject(settings, &Endpoint::default(), settings.roles.clone(), depth));
        }
        Ok(subjects)
    }

    /// The HTTP layer goes by the settings: which hosts it may ask, and which without a proxy.
    pub(super) fn obey(&self, settings: &Settings) {
        self.http.bypass_proxy(&settings.network.bypass_proxy);
        let typed = settings.endpoints.iter().filter_map(|endpoint| BaseUrl::parse(&endpoint.url).ok());
        let own = typed.map(|base| base.host().to_owned()).chain(settings.network.own_hosts.iter().cloned());
        // A session that was begun as local only stays so, whatever is chosen for the next one.
        let is_local = settings.demo || settings.cloud == CloudMode::LocalOnly || self.is_local_session();
        self.http.lock(is_local, &own.collect::<Vec<_>>());
    }

    fn subject(&self, settings: &Settings, endpoint: &Endpoint, roles: Vec<Role>, depth: Depth) -> Subject {
        Subject {
            http: Arc::clone(&self.http),
            found: discover(&endpoint.url, self.outside.user_home.as_deref()),
            endpoint: endpoint.name.clone(),
            token: self.key(Provider::Local),
            roles,
            depth,
            limits: limits_of(&settings.limits),
            connect: Duration::from_secs_f64(settings.limits.connect_s),
            user_home: self.outside.user_home.clone(),
            path: self.outside.path.clone(),
            proxy: self.outside.proxy.clone().filter(|_| self.http.uses_proxy()),
            bypass_proxy: settings.network.bypass_proxy.clone(),
        }
    }

    async fn demo_subject(&self, settings: &Settings, depth: Depth) -> Result<Subject, Problem> {
        let base = self.demo_address().await.map_err(|error| no_demo(&error))?;
        // The models named for a real server are not the demo's.
        let as_demo = |role: &Role| Role { model: String::new(), endpoint: DEMO_ENDPOINT.to_owned(), ..role.clone() };
        let roles = settings.roles.iter().map(as_demo).collect();
        let endpoint = Endpoint { name: DEMO_ENDPOINT.to_owned(), ..Endpoint::default() };
        let found = Ok(Found { base, source: Source::Demo });
        Ok(Subject { found, token: None, ..self.subject(settings, &endpoint, roles, depth) })
    }

    /// The server of one endpoint, the first one for an empty name, asked in somebody's name.
    pub(super) async fn server(
        &self,
        settings: &Settings,
        endpoint: &str,
        by: &str,
    ) -> Result<(LmStudio, String), Problem> {
        self.obey(settings);
        let subject = if settings.demo {
            self.demo_subject(settings, Depth::Quick).await?
        } else {
            let named = |other: &&Endpoint| endpoint.is_empty() || other.name == endpoint;
            let endpoint = settings.endpoints.iter().find(named).ok_or_else(|| no_endpoint(endpoint))?;
            self.subject(settings, endpoint, Vec::new(), Depth::Quick)
        };
        let found =
            subject.found.map_err(|error| Problem::plain(error.to_string(), Vec::new(), "Correct the address"))?;
        Ok((LmStudio::new(subject.http, found.base, subject.token).asked_by(by), subject.endpoint))
    }
}

fn no_endpoint(name: &str) -> Problem {
    Problem::plain(format!("There is no endpoint called {name}"), Vec::new(), "Add it to the settings, or use another")
}

fn no_demo(error: &std::io::Error) -> Problem {
    Problem::plain(
        "The demo could not be started",
        vec![error.to_string()],
        "Another program may forbid listening on 127.0.0.1; a firewall's log says which",
    )
}
