//! A proxy in between: its page is told from the server's answer, and the button leaves it out.

use std::sync::Arc;

use singularis::{
    health::{Checkup, Subject, discover},
    llm::{Http, HttpConfig, OpenThings},
    protocol::{Cause, Depth, Fix, HealthReport, Remedy},
    settings::{Endpoint, Role},
};

use crate::{
    CONNECT, patient,
    reply::Reply,
    wire::{Plan, Wire},
};

/// A network for examples, where nothing is.
const FAR: &str = "http://192.0.2.7:1234";

/// Climbs to a far place with this proxy between.
async fn through(proxy: &Wire, bypass: &[&str]) -> HealthReport {
    let config = HttpConfig { connect: CONNECT, proxy: Some(proxy.url()), ..HttpConfig::default() };
    let http = Arc::new(Http::new(config, OpenThings::default()).expect("TLS can be set up"));
    let bypass_proxy: Vec<String> = bypass.iter().map(|host| (*host).to_owned()).collect();
    http.bypass_proxy(&bypass_proxy);
    let subject = Subject {
        http,
        found: discover(FAR, None),
        endpoint: Endpoint::FIRST.to_owned(),
        token: None,
        roles: vec![Role::new("synthesizer", "synthesizer")],
        depth: Depth::Full,
        limits: patient(),
        connect: CONNECT,
        user_home: None,
        path: None,
        proxy: Some(proxy.url()),
        bypass_proxy,
    };
    Checkup::run(&subject, &mut |_finding| {}).await
}

#[tokio::test]
async fn the_page_of_a_proxy_is_named_and_can_be_left_out() {
    let proxy = Wire::start(Plan::Http(|_asked| Reply::html(502, "502 Bad Gateway"))).await;
    let report = through(&proxy, &[]).await;
    assert_eq!(report.cause, Some(Cause::ProxyInterference), "{report}");
    let button = Remedy::Action(Fix::BypassProxy { host: "192.0.2.7".to_owned() });
    assert!(report.first_problem().expect("a problem").remedies.contains(&button), "{report}");
    let asked = proxy.asked();
    assert!(asked > 0, "the proxy was asked");
    let report = through(&proxy, &["192.0.2.7"]).await;
    assert_eq!(proxy.asked(), asked, "and is left alone afterwards");
    assert_eq!(report.cause, Some(Cause::FirewallOrLanBinding), "{report}");
}
