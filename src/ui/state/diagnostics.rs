//! The bundle that can be posted, while somebody looks at it.

use crate::protocol::Bundle;

/// Prepared or not.
#[derive(Default)]
pub struct DiagnosticsState {
    /// The one that is looked at.
    pub bundle: Option<Box<Bundle>>,
    /// It was asked for and has not come yet.
    pub is_preparing: bool,
}

impl DiagnosticsState {
    /// It has been asked for.
    pub fn prepare(&mut self) {
        self.is_preparing = true;
    }

    /// It has been put together.
    pub fn ready(&mut self, bundle: Bundle) {
        self.is_preparing = false;
        self.bundle = Some(Box::new(bundle));
    }

    /// Nobody looks at it any more.
    pub fn close(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_prepared_looked_at_and_put_away() {
        let mut state = DiagnosticsState::default();
        state.prepare();
        assert!(state.is_preparing && state.bundle.is_none());
        state.ready(Bundle { text: "text".into(), ..Bundle::default() });
        assert!(!state.is_preparing);
        assert_eq!(state.bundle.as_ref().unwrap().text, "text");
        state.close();
        assert!(state.bundle.is_none());
    }
}
