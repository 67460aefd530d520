//! A child's input. Whoever ends the child can close it, even while somebody else holds it and hears nothing.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use tokio::{io::AsyncWrite, process::ChildStdin};

/// Writes to a child. Dropping it closes the child's input; after the child was asked to end, writing fails.
#[derive(Debug)]
pub struct Input(Arc<Inlet>);

/// The pipe itself, which both sides reach.
#[derive(Debug, Default)]
pub struct Inlet(Mutex<Mouth>);

#[derive(Debug, Default)]
struct Mouth {
    pipe: Option<ChildStdin>,
    /// Somebody holds the [`Input`].
    is_held: bool,
    /// Waits until there is room in the pipe.
    writer: Option<Waker>,
}

impl Inlet {
    pub fn new(pipe: Option<ChildStdin>) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Mouth { pipe, ..Mouth::default() })))
    }

    /// The one handle to write with; `None` if somebody has it, or the child has no input or not any more.
    pub fn take(self: &Arc<Self>) -> Option<Input> {
        let mut mouth = self.mouth();
        let is_free = mouth.pipe.is_some() && !mouth.is_held;
        mouth.is_held |= is_free;
        is_free.then(|| Input(Arc::clone(self)))
    }

    /// Closes the pipe. True if it was open, so that the child can notice.
    pub fn close(&self) -> bool {
        let mut mouth = self.mouth();
        if let Some(writer) = mouth.writer.take() {
            writer.wake();
        }
        mouth.pipe.take().is_some()
    }

    fn mouth(&self) -> MutexGuard<'_, Mouth> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl AsyncWrite for Input {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut mouth = self.0.mouth();
        let Some(pipe) = mouth.pipe.as_mut() else { return Poll::Ready(Err(closed())) };
        let written = Pin::new(pipe).poll_write(context, bytes);
        mouth.writer = written.is_pending().then(|| context.waker().clone());
        written
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut mouth = self.0.mouth();
        let Some(pipe) = mouth.pipe.as_mut() else { return Poll::Ready(Err(closed())) };
        let flushed = Pin::new(pipe).poll_flush(context);
        mouth.writer = flushed.is_pending().then(|| context.waker().clone());
        flushed
    }

    fn poll_shutdown(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.close();
        Poll::Ready(Ok(()))
    }
}

fn closed() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "the child was asked to end")
}
