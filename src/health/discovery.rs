//! Where LM Studio's server should be, without scanning: what the user typed, else LM Studio's own file, else its port.
//!
//! LM Studio keeps the port it last used in `<home>/.internal/http-server-config.json`; its home is named by
//! `~/.lmstudio-home-pointer`, else it is `~/.cache/lm-studio` (old) or `~/.lmstudio`. All of it is only read, and
//! nothing of it has to be there.

use std::{
    net::Ipv4Addr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use serde_json::Value;
use tokio::{net::TcpStream, task::JoinSet, time::timeout};

use crate::{
    llm::{
        BaseUrl, Http,
        address::{AddressError, LM_STUDIO_PORT},
        evidence::Limit,
        http::{Call, Method, TokenIn},
        lm_studio::LmStudio,
    },
    protocol::Product,
    settings::Provider,
};

/// LM Studio's internal interface takes the first free one of these, also while its server is switched off.
pub const INTERNAL_PORTS: [u16; 5] = [41343, 52993, 16141, 39414, 22931];
/// A program on this machine greets at once or not at all.
const GREETING_WITHIN: Duration = Duration::from_millis(800);
/// A neighbour on this machine says who it is within this time or is left alone.
const NEIGHBOUR_WITHIN: Duration = Duration::from_millis(1500);
/// LM Studio, Ollama, llama.cpp, vLLM, LiteLLM and Jan, unless somebody changed it.
const USUAL_PORTS: [u16; 6] = [LM_STUDIO_PORT, 11434, 8080, 8000, 4000, JAN_PORT];
/// Where Jan serves.
pub const JAN_PORT: u16 = 1337;
/// A configuration file of LM Studio is a few hundred bytes.
const FILE_LIMIT: u64 = 1 << 20;

/// Where an address comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Settings,
    LmStudioFile,
    DefaultPort,
    Demo,
}

impl Source {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Settings => "from the settings",
            Self::LmStudioFile => "from LM Studio's own configuration",
            Self::DefaultPort => "LM Studio's usual port",
            Self::Demo => "the built-in demo",
        }
    }
}

/// An address and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub base: BaseUrl,
    pub source: Source,
}

/// Finds the address of the server. `typed` is what the settings say; empty means that LM Studio is to be found.
pub fn discover(typed: &str, user_home: Option<&Path>) -> Result<Found, AddressError> {
    if !typed.trim().is_empty() {
        return Ok(Found { base: BaseUrl::parse(typed)?, source: Source::Settings });
    }
    match user_home.and_then(lm_studio_home).as_deref().and_then(port_in_file) {
        Some(port) => Ok(Found { base: BaseUrl::loopback(port), source: Source::LmStudioFile }),
        None => Ok(Found { base: BaseUrl::loopback(LM_STUDIO_PORT), source: Source::DefaultPort }),
    }
}

/// LM Studio's folder, if there is one.
pub fn lm_studio_home(user_home: &Path) -> Option<PathBuf> {
    let pointed = read_small(&user_home.join(".lmstudio-home-pointer")).map(|text| PathBuf::from(text.trim()));
    let places = [user_home.join(".cache/lm-studio"), user_home.join(".lmstudio")];
    pointed.into_iter().chain(places).find(|folder| folder.is_dir())
}

/// LM Studio's configuration of its server, as it last was.
pub fn server_config(user_home: &Path) -> Option<Value> {
    config_in(&lm_studio_home(user_home)?)
}

fn config_in(home: &Path) -> Option<Value> {
    serde_json::from_str(&read_small(&home.join(".internal/http-server-config.json"))?).ok()
}

/// Whether LM Studio keeps only one of the models that it loads on demand, which it does unless its settings say otherwise.
pub fn evicts_on_demand(user_home: Option<&Path>) -> bool {
    let settings = user_home.and_then(lm_studio_home).and_then(|home| read_small(&home.join("settings.json")));
    let settings: Option<Value> = settings.and_then(|text| serde_json::from_str(&text).ok());
    let says = settings.as_ref().and_then(|settings| settings.pointer("/developer/unloadPreviousJITModelOnLoad"));
    says.and_then(Value::as_bool).unwrap_or(true)
}

/// The port the server last used.
fn port_in_file(home: &Path) -> Option<u16> {
    let config = config_in(home)?;
    config.get("port").and_then(Value::as_u64).and_then(|port| u16::try_from(port).ok()).filter(|port| *port > 0)
}

/// A file that should be small; anything else, and anything that is no text, counts as absent.
pub fn read_small(path: &Path) -> Option<String> {
    let size = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?.len();
    (size <= FILE_LIMIT).then(|| std::fs::read_to_string(path).ok()).flatten()
}

/// True when LM Studio runs, whatever its server does: its internal interface answers on one of its ports.
pub async fn app_is_running(http: &Arc<Http>) -> bool {
    let mut greetings = JoinSet::new();
    for port in INTERNAL_PORTS {
        let http = Arc::clone(http);
        greetings.spawn(async move { greets(&http, port).await });
    }
    while let Some(greeting) = greetings.join_next().await {
        if greeting.unwrap_or(false) {
            return true;
        }
    }
    false
}

async fn greets(http: &Http, port: u16) -> bool {
    let call = Call {
        by: "discovery",
        provider: Provider::Local,
        method: Method::Get,
        url: BaseUrl::loopback(port).at("/lms-status"),
        token: None,
        token_in: TokenIn::Bearer,
        headers: &[],
        more: &[],
        body: None,
        model: None,
        gate: None,
        limit: (Limit::Answer, GREETING_WITHIN),
    };
    let Ok(reply) = http.send(call).await else { return false };
    reply.json().await.is_ok_and(|(status, _)| status.get("package").is_some() && status.get("version").is_some())
}

/// Model servers on this machine, at the ports they usually have and the one LM Studio's file names, nearest first.
/// `but` is the port that is known to be dead.
pub async fn neighbours(http: &Arc<Http>, user_home: Option<&Path>, but: u16) -> Vec<(Product, BaseUrl)> {
    let in_file = user_home.and_then(lm_studio_home).as_deref().and_then(port_in_file);
    let mut ports: Vec<u16> = Vec::new();
    for port in in_file.into_iter().chain(USUAL_PORTS).filter(|port| *port != but) {
        if !ports.contains(&port) {
            ports.push(port);
        }
    }
    let mut looking = JoinSet::new();
    for (index, port) in ports.into_iter().enumerate() {
        let http = Arc::clone(http);
        looking.spawn(async move { (index, timeout(NEIGHBOUR_WITHIN, neighbour(http, port)).await.ok().flatten()) });
    }
    let mut found: Vec<_> =
        looking.join_all().await.into_iter().filter_map(|(index, found)| Some((index, found?))).collect();
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().map(|(_, found)| found).collect()
}

/// What answers at a port, if it is a model server.
async fn neighbour(http: Arc<Http>, port: u16) -> Option<(Product, BaseUrl)> {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok()?;
    let base = BaseUrl::loopback(port);
    let server = LmStudio::new(http, base.clone(), None).asked_by("discovery");
    let product = server.identify().await.ok()?.server.product;
    if product == Product::Unknown && server.listing_of(Product::Vllm).await.is_err() {
        return None;
    }
    Some((product, base))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_config(folder: &Path, home: &str, config: &str) {
        let internal = folder.join(home).join(".internal");
        std::fs::create_dir_all(&internal).unwrap();
        std::fs::write(internal.join("http-server-config.json"), config).unwrap();
    }

    #[test]
    fn lm_studios_own_file_names_the_port() {
        let folder = tempfile::tempdir().unwrap();
        let find = || discover("", Some(folder.path())).unwrap();
        assert_eq!(find().source, Source::DefaultPort);
        with_config(folder.path(), ".lmstudio", r#"{"port": 4321, "networkInterface": "0.0.0.0", "new": {}}"#);
        assert_eq!(find(), Found { base: BaseUrl::loopback(4321), source: Source::LmStudioFile });
        with_config(folder.path(), ".cache/lm-studio", r#"{"port": 5555}"#);
        assert_eq!(find().base.port(), 5555, "an old home counts first, as in LM Studio itself");
        std::fs::write(folder.path().join(".lmstudio-home-pointer"), folder.path().join(".lmstudio").to_str().unwrap())
            .unwrap();
        assert_eq!(find().base.port(), 4321, "the pointer counts before both");
    }

    #[test]
    fn strange_files_are_tolerated() {
        let folder = tempfile::tempdir().unwrap();
        for config in ["", "not json", "[]", r#"{"port": "1234"}"#, r#"{"port": 99999999}"#, r#"{"port": 0}"#] {
            with_config(folder.path(), ".lmstudio", config);
            assert_eq!(discover("", Some(folder.path())).unwrap().source, Source::DefaultPort, "{config}");
        }
        std::fs::write(folder.path().join(".lmstudio-home-pointer"), b"\xff\xfe").unwrap();
        assert!(discover("", Some(folder.path())).is_ok());
    }

    #[test]
    fn what_the_user_typed_counts_first() {
        assert_eq!(discover(" 10.0.0.5:99/v1", None).unwrap().base.to_string(), "http://10.0.0.5:99");
        assert_eq!(discover("ftp://x", None), Err(AddressError::Scheme { scheme: "ftp".into() }));
    }
}
