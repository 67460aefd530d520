//! Who is asked, in which order. A pure function over what the user allows, what the part wants and how everybody stands,
//! with a table as its test.

use crate::{
    protocol::Moment,
    settings::{CloudMode, Need, Provider},
};

/// How one provider stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// There is a model that can be asked at all.
    pub is_there: bool,
    /// It is left alone until then.
    pub rests_until: Option<Moment>,
}

/// The providers to ask, first choice first. One that is left alone is asked only where nobody else may be, and then whoever
/// is back first; an empty list means that nobody may be asked.
pub fn route(mode: CloudMode, need: Need, standing: impl Fn(Provider) -> Standing) -> Vec<Provider> {
    let there: Vec<Provider> = order(mode, need).into_iter().filter(|provider| standing(*provider).is_there).collect();
    let ready: Vec<Provider> =
        there.iter().copied().filter(|provider| standing(*provider).rests_until.is_none()).collect();
    if ready.is_empty() {
        there.into_iter().min_by_key(|provider| standing(*provider).rests_until).into_iter().collect()
    } else {
        ready
    }
}

/// Everybody who may be asked for this, whether there or not.
pub fn order(mode: CloudMode, need: Need) -> Vec<Provider> {
    let (local, cloud) = (vec![Provider::Local], need.in_cloud());
    match mode {
        CloudMode::LocalOnly => local,
        CloudMode::CloudOnly => cloud,
        CloudMode::LocalFirst => [local, cloud].concat(),
        CloudMode::CloudFirst => [cloud, local].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{
        CloudMode::{CloudFirst, CloudOnly, LocalFirst, LocalOnly},
        Need::{Anyone, First, Only},
        Provider::{Claude, Gemini, Local},
    };

    #[test]
    fn the_table() {
        let everybody = [Local, Gemini, Claude];
        for (mode, need, there, paused, expected) in [
            (LocalOnly, Anyone, &everybody[..], &[][..], &[Local][..]),
            (LocalOnly, Only(Gemini), &everybody, &[], &[Local]),
            (LocalOnly, Anyone, &everybody, &[Local], &[Local]),
            (LocalOnly, Anyone, &[Gemini, Claude], &[], &[]),
            (CloudOnly, Anyone, &everybody, &[], &[Claude, Gemini]),
            (CloudOnly, Anyone, &everybody, &[Claude], &[Gemini]),
            (CloudOnly, Anyone, &everybody, &[Claude, Gemini], &[Claude]),
            (CloudOnly, Anyone, &everybody, &[Gemini, Claude], &[Gemini]),
            (CloudOnly, First(Gemini), &everybody, &[], &[Gemini, Claude]),
            (CloudOnly, First(Claude), &[Local, Gemini], &[], &[Gemini]),
            (CloudOnly, Only(Gemini), &everybody, &[Gemini], &[Gemini]),
            (CloudOnly, Only(Gemini), &[Local, Claude], &[], &[]),
            (LocalFirst, Anyone, &everybody, &[], &[Local, Claude, Gemini]),
            (LocalFirst, Anyone, &everybody, &[Local], &[Claude, Gemini]),
            (LocalFirst, Anyone, &[Gemini], &[], &[Gemini]),
            (LocalFirst, Only(Gemini), &everybody, &[Local, Claude], &[Gemini]),
            (LocalFirst, First(Gemini), &everybody, &everybody, &[Local]),
            (CloudFirst, Anyone, &everybody, &[], &[Claude, Gemini, Local]),
            (CloudFirst, First(Gemini), &everybody, &[Gemini], &[Claude, Local]),
            (CloudFirst, Only(Claude), &everybody, &[], &[Claude, Local]),
            (CloudFirst, Only(Claude), &everybody, &[Claude], &[Local]),
            (CloudFirst, Only(Claude), &[Local], &[Local], &[Local]),
            (CloudFirst, Anyone, &[], &[], &[]),
        ] {
            let standing = |provider| Standing {
                is_there: there.contains(&provider),
                // Whoever is named later is back later.
                rests_until: paused.iter().position(|other| *other == provider).map(|at| Moment(at as u64)),
            };
            assert_eq!(route(mode, need, standing), expected, "{mode:?} {need:?} {there:?} {paused:?}");
        }
    }
}
