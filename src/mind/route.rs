//! Where a question goes: here or into the cloud, in which order. A pure function over what the user allows and how both
//! sides stand, with a table as its test.

use crate::settings::CloudMode;

/// A side that can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// This machine and the user's own hosts.
    Local,
    Cloud,
}

/// How one side stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// There is a model that can be asked at all.
    pub is_there: bool,
    /// It has failed again and again and is left alone for a while.
    pub is_paused: bool,
}

/// The sides to ask, first choice first. A paused side is asked only where nobody else may be; an empty list means that
/// nobody may be asked.
pub fn route(mode: CloudMode, local: Standing, cloud: Standing) -> Vec<Side> {
    let order: &[(Side, Standing)] = match mode {
        CloudMode::LocalOnly => &[(Side::Local, local)],
        CloudMode::CloudOnly => &[(Side::Cloud, cloud)],
        CloudMode::LocalFirst => &[(Side::Local, local), (Side::Cloud, cloud)],
        CloudMode::CloudFirst => &[(Side::Cloud, cloud), (Side::Local, local)],
    };
    let there = || order.iter().filter(|(_, standing)| standing.is_there);
    let ready: Vec<Side> = there().filter(|(_, standing)| !standing.is_paused).map(|(side, _)| *side).collect();
    if ready.is_empty() { there().map(|(side, _)| *side).take(1).collect() } else { ready }
}

#[cfg(test)]
mod tests {
    use super::{Side::*, *};

    #[test]
    fn the_table() {
        let well = Standing { is_there: true, is_paused: false };
        let paused = Standing { is_there: true, is_paused: true };
        let absent = Standing::default();
        for (mode, local, cloud, expected) in [
            (CloudMode::LocalOnly, well, well, vec![Local]),
            (CloudMode::LocalOnly, paused, well, vec![Local]),
            (CloudMode::LocalOnly, absent, well, vec![]),
            (CloudMode::CloudOnly, well, well, vec![Cloud]),
            (CloudMode::CloudOnly, well, absent, vec![]),
            (CloudMode::LocalFirst, well, well, vec![Local, Cloud]),
            (CloudMode::LocalFirst, paused, well, vec![Cloud]),
            (CloudMode::LocalFirst, well, paused, vec![Local]),
            (CloudMode::LocalFirst, paused, paused, vec![Local]),
            (CloudMode::LocalFirst, absent, well, vec![Cloud]),
            (CloudMode::LocalFirst, well, absent, vec![Local]),
            (CloudMode::CloudFirst, well, well, vec![Cloud, Local]),
            (CloudMode::CloudFirst, well, paused, vec![Local]),
            (CloudMode::CloudFirst, absent, paused, vec![Cloud]),
            (CloudMode::CloudFirst, absent, absent, vec![]),
        ] {
            assert_eq!(route(mode, local, cloud), expected, "{mode:?} {local:?} {cloud:?}");
        }
    }
}
