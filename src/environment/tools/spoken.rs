//! What an environment needs of a server that is spoken to, so that everything above can be tried without one.

use std::{future::Future, time::Duration};

use tokio_util::sync::CancellationToken;

use super::{
    Surroundings,
    calling::{CallLimits, Called},
    connection::{About, Connection},
    listing::Listed,
    trouble::Trouble,
};
use crate::{
    guardian::Guardian,
    process::Children,
    protocol::{ActionCall, CertificateItem},
    settings::ServerSettings,
};

/// Hears how far a call has come.
pub type Progress = dyn Fn(String) + Send + Sync;

/// A server that is spoken to; a [`Connection`] does what is described there.
pub trait Spoken: Send + Sync + 'static {
    fn about(&self) -> &About;
    fn list(&self, within: Duration) -> impl Future<Output = Result<Listed, Trouble>> + Send;
    fn call(
        &self,
        call: &ActionCall,
        limits: CallLimits,
        stop: &CancellationToken,
        progress: &Progress,
    ) -> impl Future<Output = Called> + Send;
    fn changes(&self) -> u64;
    fn is_alive(&self) -> bool;
    fn complaints(&self) -> Vec<String>;
    fn close(self) -> impl Future<Output = Vec<CertificateItem>> + Send + 'static;
}

/// Whoever can start the server, or reach it, again and again.
pub trait Opens: Send + Sync + 'static {
    type Server: Spoken;
    fn open(&self) -> impl Future<Output = Result<Self::Server, Trouble>> + Send;
}

/// Boxed, because what waits for a process and a protocol is large.
impl Spoken for Connection {
    fn about(&self) -> &About {
        Self::about(self)
    }

    fn list(&self, within: Duration) -> impl Future<Output = Result<Listed, Trouble>> + Send {
        Box::pin(Self::list(self, within))
    }

    fn call(
        &self,
        call: &ActionCall,
        limits: CallLimits,
        stop: &CancellationToken,
        progress: &Progress,
    ) -> impl Future<Output = Called> + Send {
        Box::pin(Self::call(self, call, limits, stop, progress))
    }

    fn changes(&self) -> u64 {
        Self::changes(self)
    }

    fn is_alive(&self) -> bool {
        Self::is_alive(self)
    }

    fn complaints(&self) -> Vec<String> {
        Self::complaints(self)
    }

    fn close(self) -> impl Future<Output = Vec<CertificateItem>> + Send + 'static {
        Box::pin(Self::close(self))
    }
}

/// A server as the settings describe it.
pub struct Configured {
    pub server: ServerSettings,
    pub around: Surroundings,
    pub children: Children,
    /// It ends with the last one who holds it, which is after the children.
    pub guardian: Option<Guardian>,
}

impl Opens for Configured {
    type Server = Connection;

    fn open(&self) -> impl Future<Output = Result<Connection, Trouble>> + Send {
        Box::pin(Connection::open(&self.server, &self.around, &self.children, self.guardian.as_ref()))
    }
}
