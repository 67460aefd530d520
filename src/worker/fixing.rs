//! Mends that need a server or a program: loading, unloading, starting LM Studio or its server.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::backstage::Backstage;
use crate::{
    health::{discovery::app_is_running, installation::installed, lms::Lms},
    protocol::{Api, Fix, Problem, Remedy},
    settings::Settings,
};

/// How long LM Studio may take to come up after it was opened.
const OPENS_WITHIN: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Only LM Studio since 0.4 can be told over HTTP to load a model.
fn loads_nothing(model: &str, address: String) -> Problem {
    Problem::plain(
        "This server cannot be told to load a model",
        vec![address, "Only LM Studio 0.4 and later can".to_owned()],
        &format!("Load it with the server's own means; for LM Studio: lms load {model}"),
    )
}

impl Backstage {
    /// Carries out what changes no settings.
    pub(super) async fn carry_out(&self, settings: Settings, fix: Fix) -> Result<(), Problem> {
        match fix {
            Fix::UnloadModel { instance, endpoint } => self.unload(&settings, &endpoint, &instance).await,
            Fix::StartServer { port } => self.start_server(port).await,
            Fix::OpenLmStudio => self.open_lm_studio().await,
            // A load has a task of its own; the others change the settings alone, or belong to the window.
            Fix::LoadModel { .. }
            | Fix::UseAddress { .. }
            | Fix::UseModel { .. }
            | Fix::BypassProxy { .. }
            | Fix::EnterToken
            | Fix::CopyReport
            | Fix::TryDemo
            | Fix::LeaveDemo
            | Fix::CheckPatiently
            | Fix::CheckAgain => Ok(()),
        }
    }

    /// Loads a model, watched.
    pub(super) async fn load_now(
        &self,
        settings: Settings,
        endpoint: String,
        model: String,
        context_length: Option<u32>,
    ) -> Result<(), Problem> {
        let (server, endpoint) = self.server(&settings, &endpoint, "loading").await?;
        let listing = server.listing().await.map_err(|error| error.problem())?;
        if listing.api != Api::V1 {
            return Err(loads_nothing(&model, server.base().to_string()));
        }
        let within = Duration::from_secs_f64(settings.limits.load_s);
        let loading = self.loads.load(&server, &endpoint, &model, context_length, within).await;
        loading.map(drop).map_err(|error| error.problem())
    }

    pub(super) async fn unload(&self, settings: &Settings, endpoint: &str, instance: &str) -> Result<(), Problem> {
        let (server, endpoint) = self.server(settings, endpoint, "unloading").await?;
        server.unload(instance).await.map_err(|error| error.problem())?;
        self.loads.forget(&endpoint, instance);
        Ok(())
    }

    async fn start_server(&self, port: u16) -> Result<(), Problem> {
        let user_home = self.outside.user_home.as_deref();
        let Some(lms) = Lms::find(user_home, self.outside.path.as_deref()) else {
            return Err(Problem::plain(
                "LM Studio's command line tool was not found",
                vec!["It is called lms and lies in LM Studio's folder, under bin".to_owned()],
                "Switch the server on in LM Studio's Developer page",
            ));
        };
        lms.start_server(port, user_home).await.map_err(|error| {
            let advice = "Switch the server on in LM Studio's Developer page";
            Problem::plain("LM Studio's server could not be started", vec![error.to_string()], advice)
        })
    }

    /// Opens LM Studio and waits until it is up; whether its server is on is for the next check to say.
    async fn open_lm_studio(&self) -> Result<(), Problem> {
        let advice = "Open LM Studio the way you always do, then check again";
        let Some(installation) = installed(self.outside.user_home.as_deref()) else {
            return Err(Problem::plain("LM Studio was not found on this machine", Vec::new(), advice));
        };
        let where_it_is = vec![installation.words()];
        installation.open().map_err(|error| {
            let details = [where_it_is.clone(), vec![error.to_string()]].concat();
            Problem::plain("LM Studio could not be opened", details, advice)
        })?;
        let deadline = Instant::now() + OPENS_WITHIN;
        while !app_is_running(&self.http).await {
            if Instant::now() >= deadline {
                let summary = format!("LM Studio was started and did not come up within {} s", OPENS_WITHIN.as_secs());
                let remedies = vec![Remedy::Action(Fix::CheckAgain), Remedy::advice("It may only need longer")];
                return Err(Problem { cause: None, summary, details: where_it_is, remedies });
            }
            sleep(LOOK_EVERY).await;
        }
        Ok(())
    }
}
