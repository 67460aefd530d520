//! Other machines: each gets a name of its own, the same one everywhere, wherever its address stands.

use std::{
    net::{IpAddr, Ipv4Addr},
    ops::Range,
};

use super::words::{is_ordinary, is_whole_name, replace};
use crate::settings::redaction::HIDDEN;

/// The providers' own addresses are known to everybody, and a fault often lies in having one of them wrong.
const PUBLIC: [&str; 2] = ["api.anthropic.com", "generativelanguage.googleapis.com"];
/// What the names begin with.
const PSEUDONYM: &str = "machine-";
/// Endings of files that have the shape of a domain.
const FILES: [&str; 4] = ["bin", "gguf", "safetensors", "json"];

/// The machines that were seen so far; the first one is `machine-1`.
#[derive(Default)]
pub struct Places {
    hosts: Vec<String>,
}

impl Places {
    /// Gets to know a machine by its address as people type it: with a scheme or without, with a port, a path, a star
    /// or a mask.
    pub fn learn(&mut self, address: &str) {
        let address = address.trim();
        // A sentence in place of an address names no machine.
        if address.contains(char::is_whitespace) {
            return;
        }
        let bare = address.split('/').next().unwrap_or_default();
        if bare.parse::<IpAddr>().is_ok() {
            self.pseudonym(bare);
            return;
        }
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest).trim_start_matches(['*', '.']);
        if let Some(host) = host_in(rest) {
            self.pseudonym(&rest[host]);
        }
    }

    /// Replaces the machines in everything that has the form `scheme://…`, together with whoever signs in there; tells
    /// how many machines and how many users that were.
    pub fn hide_in_urls(&mut self, text: &str) -> (String, u64, u64) {
        let (mut out, mut rest) = (String::with_capacity(text.len()), text);
        let (mut machines, mut users) = (0, 0);
        while let Some(at) = rest.find("://") {
            let (before, after) = rest.split_at(at + 3);
            out.push_str(before);
            rest = after;
            let Some(Range { start, end }) = host_in(after) else { continue };
            if start > 0 {
                users += u64::from(after[..start - 1] != *HIDDEN);
                out.push_str(HIDDEN);
                out.push('@');
            }
            let host = &after[start..end];
            let pseudonym = self.pseudonym(host);
            machines += u64::from(pseudonym.is_some());
            out.push_str(pseudonym.as_deref().unwrap_or(host));
            rest = &after[end..];
        }
        out.push_str(rest);
        (out, machines, users)
    }

    /// Replaces addresses in figures that are not this machine's.
    pub fn hide_figures(&mut self, text: &str) -> (String, u64) {
        let is_figure = |letter: char| letter.is_ascii_hexdigit() || matches!(letter, '.' | ':');
        let (mut out, mut times, mut from) = (String::with_capacity(text.len()), 0, 0);
        while let Some(found) = text[from..].find(is_figure) {
            let start = from + found;
            let end = text[start..].find(|letter: char| !is_figure(letter)).map_or(text.len(), |length| start + length);
            out.push_str(&text[from..start]);
            let joins = |letter: char| letter.is_alphanumeric() || letter == '_';
            let is_inside = text[..start].ends_with(joins) || text[end..].starts_with(joins);
            let hidden = if is_inside { None } else { self.hide_figure(&text[start..end]) };
            times += u64::from(hidden.is_some());
            out.push_str(hidden.as_deref().unwrap_or(&text[start..end]));
            from = end;
        }
        out.push_str(&text[from..]);
        (out, times)
    }

    /// A run of hexadecimal digits, dots and colons, in which an address may stand with its port or before a full stop.
    fn hide_figure(&mut self, run: &str) -> Option<String> {
        let whole = run.trim_end_matches('.');
        for address in [whole, whole.trim_end_matches(':')] {
            // Without a digit it is the path of a module.
            if address.parse::<IpAddr>().is_ok() && address.contains(|letter: char| letter.is_ascii_digit()) {
                return self.pseudonym(address).map(|name| format!("{name}{}", &run[address.len()..]));
            }
        }
        let address = whole.split(':').find(|part| part.parse::<Ipv4Addr>().is_ok())?;
        self.pseudonym(address).map(|name| run.replacen(address, &name, 1))
    }

    /// Replaces the names of machines that are known by now, wherever they stand.
    pub fn hide_names(&self, text: &str) -> (String, u64) {
        let (mut text, mut times) = (text.to_owned(), 0);
        let mut hosts: Vec<(usize, &String)> = self.hosts.iter().enumerate().collect();
        // Of two names one of which begins like the other, the longer one is meant where both fit.
        hosts.sort_by_key(|(_, host)| std::cmp::Reverse(host.len()));
        for (index, host) in hosts.into_iter().filter(|(_, host)| host.parse::<IpAddr>().is_err()) {
            let has_port = |after: &str| after.strip_prefix(':').is_some_and(|port| port.starts_with(is_digit));
            let fits =
                |before: &str, after: &str| is_whole_name(before, after) && (!is_ordinary(host) || has_port(after));
            let (hidden, found) = replace(&text, host, &named(index), fits);
            (text, times) = (hidden, times + found);
        }
        (text, times)
    }

    /// What stands for this machine from now on; `None` where there is nothing to hide.
    fn pseudonym(&mut self, host: &str) -> Option<String> {
        let host = host.trim_matches(['[', ']']).to_lowercase();
        let is_pseudonym = host.strip_prefix(PSEUDONYM).is_some_and(|number| number.chars().all(is_digit));
        if is_pseudonym || is_this_machine(&host) || PUBLIC.contains(&host.as_str()) {
            return None;
        }
        let index = self.hosts.iter().position(|known| *known == host).unwrap_or_else(|| {
            self.hosts.push(host);
            self.hosts.len() - 1
        });
        Some(named(index))
    }
}

/// Replaces addresses for mail, which are people; tells how many.
pub fn hide_mail(text: &str, instead: &str) -> (String, u64) {
    let is_local = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '%' | '+' | '-');
    let is_domain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
    let (mut out, mut times, mut kept) = (String::with_capacity(text.len()), 0, 0);
    for (at, _) in text.match_indices('@') {
        // What was replaced already may reach beyond this one.
        let Some(before) = text.get(kept..at) else { continue };
        let start = at - (before.len() - before.trim_end_matches(is_local).len());
        let after = &text[at + 1..];
        let domain =
            after[..after.find(|letter: char| !is_domain(letter)).unwrap_or(after.len())].trim_end_matches(['.', '-']);
        if start < at && is_mail_domain(domain) {
            out.push_str(&text[kept..start]);
            out.push_str(instead);
            times += 1;
            kept = at + 1 + domain.len();
        }
    }
    out.push_str(&text[kept..]);
    (out, times)
}

/// Names of models have an `@` too, as in `qwen3-8b@q4_k_m`.
fn is_mail_domain(domain: &str) -> bool {
    let Some((name, top)) = domain.rsplit_once('.') else { return false };
    let is_top = top.len() >= 2 && top.chars().all(|letter| letter.is_ascii_alphabetic());
    is_top && !name.is_empty() && !name.starts_with('.') && !FILES.contains(&top.to_ascii_lowercase().as_str())
}

/// Where the host stands in what follows `://`. In bytes.
fn host_in(rest: &str) -> Option<Range<usize>> {
    let is_end = |letter: char| {
        letter.is_whitespace() || matches!(letter, '/' | '?' | '#' | '"' | '\'' | '`' | '<' | '>' | '\\' | '|')
    };
    let authority = &rest[..rest.find(is_end).unwrap_or(rest.len())];
    let start = authority.rfind('@').map_or(0, |at| at + 1);
    let host = &authority[start..];
    let length = if host.starts_with('[') {
        host.find(']')? + 1
    } else {
        let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_');
        let length = host.find(|letter: char| !is_part(letter)).unwrap_or(host.len());
        host[..length].trim_end_matches('.').len()
    };
    (length > 0).then(|| start..start + length)
}

fn is_this_machine(host: &str) -> bool {
    let is_own = |address: IpAddr| address.is_loopback() || address.is_unspecified();
    host == "localhost" || host.ends_with(".localhost") || host.parse::<IpAddr>().is_ok_and(is_own)
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

fn named(index: usize) -> String {
    format!("{PSEUDONYM}{}", index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that is done to a text, in the order in which it is done.
    fn hidden(places: &mut Places, text: &str) -> String {
        let (text, ..) = places.hide_in_urls(text);
        let (text, _) = places.hide_figures(&text);
        places.hide_names(&text).0
    }

    #[test]
    fn a_machine_has_one_name_everywhere_and_this_one_keeps_its_own() {
        let mut places = Places::default();
        places.learn("gpu-box.lan:1234");
        places.learn("*.example.org");
        for (text, expected) in [
            ("http://GPU-box.lan:1234/v1 and gpu-box.lan", "http://machine-1:1234/v1 and machine-1"),
            ("(https://api.example.org).", "(https://machine-3)."),
            ("at 10.0.0.5:1234, 10.0.0.5.", "at machine-4:1234, machine-4."),
            ("http://[fe80::1]:8080 fe80::1", "http://machine-5:8080 machine-5"),
            (
                "http://127.0.0.1:1234 ::1 localhost http://[::1]:1",
                "http://127.0.0.1:1234 ::1 localhost http://[::1]:1",
            ),
            ("https://api.anthropic.com/v1", "https://api.anthropic.com/v1"),
            ("0.0.0.0:1234 and 10.0.0.5", "0.0.0.0:1234 and machine-4"),
            ("example.org", "machine-2"),
        ] {
            assert_eq!(hidden(&mut places, text), expected);
        }
    }

    #[test]
    fn whoever_signs_in_is_hidden_too() {
        let mut places = Places::default();
        let said = "http://ann:(hidden)@tower:1/ http://(hidden)@tower ftp://b@localhost";
        let (text, machines, users) = places.hide_in_urls(said);
        assert_eq!(text, "http://(hidden)@machine-1:1/ http://(hidden)@machine-1 ftp://(hidden)@localhost");
        assert_eq!((machines, users), (2, 2));
    }

    #[test]
    fn what_only_looks_like_an_address_stays() {
        let text = "12:34:56.789 singularis::ui a::b ade::bed v0.4.1 1.2.3 5e:12 dead: face:: 300.1.1.1 x10.0.0.5y";
        assert_eq!(hidden(&mut Places::default(), text), text);
    }

    #[test]
    fn a_machine_with_an_ordinary_name_is_hidden_in_addresses_only() {
        let mut places = Places::default();
        places.learn("http://server:1234");
        let shown = hidden(&mut places, "The server at server:1234 is no server; http://server/");
        assert_eq!(shown, "The server at machine-1:1234 is no server; http://machine-1/");
    }

    #[test]
    fn mail_is_hidden_and_models_are_not() {
        let (text, times) = hide_mail("Ask ann.b+x@mail.example.org. qwen@q4_k_m x@q4.gguf @b.cd a@b", "(mail)");
        assert_eq!((text.as_str(), times), ("Ask (mail). qwen@q4_k_m x@q4.gguf @b.cd a@b", 1));
        assert_eq!(hide_mail("a@b.cd@e.fg", "(mail)").0, "(mail)@e.fg");
    }
}
