//! Notices the user: whatever keys and mouse do on this display and was not sent from here, wherever the focus is.
//!
//! The display server announces raw deeds to whoever wants to know, even while another program has taken the keyboard.
//! It announces neither the repeats of a key that is held nor that a program has put the pointer elsewhere.

use std::{
    any::Any,
    os::unix::net::UnixStream,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver},
    },
    thread::{self, ThreadId},
    time::Duration,
};

use x11rb::protocol::xinput::{self, Device, EventMask, XIEventMask};

use super::{
    super::machine::{Activity, DesktopError, Sentry},
    connection::Connection,
    sent::Sent,
    stop_key::StopKey,
    watching::Watching,
};

/// How long the end of the thread is waited for.
const ENDS_WITHIN: Duration = Duration::from_millis(500);

pub struct XSentry {
    sent: Arc<Sent>,
}

impl XSentry {
    /// An error if this display does not announce what keys and mouse do.
    pub fn open(sent: Arc<Sent>) -> Result<Self, DesktopError> {
        announcing()?;
        Ok(Self { sent })
    }
}

impl Sentry for XSentry {
    fn watch(
        &self,
        stop_key: &str,
        heard: Box<dyn Fn(Activity) + Send + Sync>,
    ) -> Result<Box<dyn Any + Send + Sync>, DesktopError> {
        let stop_key = StopKey::parse(stop_key).map_err(DesktopError::Refused)?;
        let connection = announcing()?;
        let wanted = XIEventMask::RAW_KEY_PRESS
            | XIEventMask::RAW_KEY_RELEASE
            | XIEventMask::RAW_BUTTON_PRESS
            | XIEventMask::RAW_MOTION;
        // Of the masters: each deed is announced once for them.
        let masks = [EventMask { deviceid: Device::ALL_MASTER.into(), mask: vec![wanted] }];
        xinput::xi_select_events(&connection.server, connection.root, &masks)?.check()?;
        let mut watching = Watching::begin(connection, stop_key, Arc::clone(&self.sent), heard)?;
        let no_thread = |error: std::io::Error| DesktopError::Refused(format!("no thread to watch it with: {error}"));
        let (awake, wake) = UnixStream::pair().map_err(no_thread)?;
        let (ending, ended) = mpsc::channel::<()>();
        let work = move || {
            watching.watch(&wake);
            drop(watching);
            drop(ending);
        };
        let thread = thread::Builder::new().name("desktop sentry".to_owned()).spawn(work).map_err(no_thread)?;
        Ok(Box::new(Watch { awake: Some(awake), ended: Mutex::new(ended), thread: thread.thread().id() }))
    }
}

/// Ends the thread when it is dropped.
struct Watch {
    awake: Option<UnixStream>,
    ended: Mutex<Receiver<()>>,
    thread: ThreadId,
}

impl Drop for Watch {
    fn drop(&mut self) {
        drop(self.awake.take());
        // What was heard may be why it is dropped, in that very thread.
        if thread::current().id() != self.thread {
            let ended = self.ended.get_mut().unwrap_or_else(PoisonError::into_inner);
            if ended.recv_timeout(ENDS_WITHIN) == Err(mpsc::RecvTimeoutError::Timeout) {
                tracing::warn!("the desktop sentry takes long to end");
            }
        }
    }
}

/// A connection on which deeds are announced. Since version 2.1 they are even while a program has taken the keyboard.
fn announcing() -> Result<Connection, DesktopError> {
    let connection = Connection::open()?;
    if connection.speaks(xinput::X11_EXTENSION_NAME)? {
        let version = xinput::xi_query_version(&connection.server, 2, 2)?.reply()?;
        if (version.major_version, version.minor_version) >= (2, 1) {
            return Ok(connection);
        }
    }
    let words = "The display server does not say what keys and mouse do: it lacks version 2.1 of its input extension";
    Err(DesktopError::Absent(words.to_owned()))
}
