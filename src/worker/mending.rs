//! Mends that are a change of the settings.

use crate::{
    protocol::Fix,
    settings::{Provider, Settings},
};

/// Changes the settings as the remedy says. Remedies that need a server change nothing here.
pub fn mend(settings: &mut Settings, fix: &Fix) {
    match fix {
        Fix::UseAddress { url, endpoint } => {
            if let Some(endpoint) = settings.endpoint_mut(endpoint) {
                endpoint.url.clone_from(url);
            }
            settings.demo = false;
        }
        Fix::BypassProxy { host } => {
            if !settings.network.bypass_proxy.contains(host) {
                settings.network.bypass_proxy.push(host.clone());
            }
        }
        Fix::UseModel { role, model, .. } if Provider::CLOUD.iter().any(|provider| provider.name() == role) => {
            let meant = Provider::CLOUD.into_iter().find(|provider| provider.name() == role);
            if let Some(account) = meant.and_then(|provider| settings.providers.account_mut(provider)) {
                account.model.clone_from(model);
            }
        }
        Fix::UseModel { role, instead_of, model } => {
            let is_meant = |name: &str, asked: &str| match role.as_str() {
                "" => asked.trim() == instead_of.trim(),
                role => name == role,
            };
            for role in settings.roles.iter_mut().filter(|role| is_meant(&role.name, &role.model)) {
                role.model.clone_from(model);
            }
        }
        Fix::TryDemo => settings.demo = true,
        Fix::LeaveDemo => settings.demo = false,
        Fix::LoadModel { .. }
        | Fix::UnloadModel { .. }
        | Fix::StartServer { .. }
        | Fix::OpenLmStudio
        | Fix::EnterToken
        | Fix::CopyReport
        | Fix::CheckPatiently
        | Fix::CheckAgain => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_replaced_where_it_was_asked_for() {
        let mut settings = Settings::default();
        settings.roles[1].model = "typo".into();
        settings.roles[3].model = "typo ".into();
        let model = "right".to_owned();
        mend(&mut settings, &Fix::UseModel { role: String::new(), instead_of: "typo".into(), model });
        let models: Vec<_> = settings.roles.iter().map(|role| role.model.as_str()).collect();
        assert_eq!(models, ["", "right", "", "right", ""]);
        let fix = Fix::UseModel { role: "synthesizer".into(), instead_of: String::new(), model: "big".into() };
        mend(&mut settings, &fix);
        assert_eq!(settings.roles[4].model, "big");
    }

    #[test]
    fn another_address_leaves_the_demo() {
        let mut settings = Settings { demo: true, ..Settings::default() };
        mend(&mut settings, &Fix::use_address("http://127.0.0.1:5555"));
        assert_eq!((settings.demo, settings.endpoints[0].url.as_str()), (false, "http://127.0.0.1:5555"));
    }
}
