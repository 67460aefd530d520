//! The socket to the display server. No wait for it is endless: a server that hangs is an error, not a thread that is
//! never seen again.

use std::{
    io::{self, ErrorKind},
    net::{TcpStream, ToSocketAddrs},
    os::fd::{AsFd, BorrowedFd},
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};
use x11rb::{
    reexports::x11rb_protocol::{parse_display::ConnectAddress, xauth::Family},
    rust_connection::{DefaultStream, PollMode, Stream},
    utils::RawFdContainer,
};

/// How long the display server may take for one step of an answer.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(2);

#[derive(Debug)]
pub struct Wire(DefaultStream);

/// What a wait came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    /// The server has said something, or is gone, which reading tells.
    Said,
    /// The other end of what was to wake the wait is closed or has said something.
    Woken,
    InVain,
}

impl Wire {
    /// Connects, and says who the server is, for its key.
    pub fn connect(address: &ConnectAddress<'_>) -> io::Result<(Self, (Family, Vec<u8>))> {
        let (stream, peer) = match address {
            ConnectAddress::Hostname(host, port) => DefaultStream::from_tcp_stream(reached(host, *port)?)?,
            other => DefaultStream::connect(other)?,
        };
        Ok((Self(stream), peer))
    }

    /// Waits until the server says something, or what is to wake it does, but not longer than so.
    pub fn wait(&self, wake: Option<BorrowedFd<'_>>, within: Duration) -> io::Result<Waited> {
        let mut watched = vec![PollFd::from_borrowed_fd(AsFd::as_fd(&self.0), PollFlags::IN)];
        watched.extend(wake.map(|wake| PollFd::from_borrowed_fd(wake, PollFlags::IN)));
        if !wait_for(&mut watched, within)? {
            return Ok(Waited::InVain);
        }
        let is_woken = watched.get(1).is_some_and(|wake| !wake.revents().is_empty());
        Ok(if is_woken { Waited::Woken } else { Waited::Said })
    }
}

impl Stream for Wire {
    fn poll(&self, mode: PollMode) -> io::Result<()> {
        let mut wanted = PollFlags::empty();
        if mode.readable() {
            wanted |= PollFlags::IN;
        }
        if mode.writable() {
            wanted |= PollFlags::OUT;
        }
        if wait_for(&mut [PollFd::from_borrowed_fd(AsFd::as_fd(&self.0), wanted)], ANSWER_WITHIN)? {
            return Ok(());
        }
        let words = format!("it did not answer within {} s", ANSWER_WITHIN.as_secs());
        Err(io::Error::new(ErrorKind::TimedOut, words))
    }

    fn read(&self, bytes: &mut [u8], files: &mut Vec<RawFdContainer>) -> io::Result<usize> {
        self.0.read(bytes, files)
    }

    fn write(&self, bytes: &[u8], files: &mut Vec<RawFdContainer>) -> io::Result<usize> {
        self.0.write(bytes, files)
    }

    fn write_vectored(&self, bytes: &[io::IoSlice<'_>], files: &mut Vec<RawFdContainer>) -> io::Result<usize> {
        self.0.write_vectored(bytes, files)
    }
}

/// False if nothing came of it in time.
fn wait_for(watched: &mut [PollFd<'_>], within: Duration) -> io::Result<bool> {
    let until = Instant::now() + within;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let limit = Timespec::try_from(left).map_err(|_| io::Error::from(ErrorKind::InvalidInput))?;
        match poll(watched, Some(&limit)) {
            Ok(ready) => return Ok(ready > 0),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn reached(host: &str, port: u16) -> io::Result<TcpStream> {
    let mut failed = io::Error::from(ErrorKind::NotFound);
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, ANSWER_WITHIN) {
            Ok(stream) => return Ok(stream),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

#[cfg(test)]
mod tests {
    use std::{io::Write, os::unix::net::UnixStream};

    use super::*;

    #[test]
    fn a_wait_ends_by_the_server_by_what_wakes_it_or_by_its_limit() {
        let (near, mut far) = UnixStream::pair().unwrap();
        let wire = Wire(DefaultStream::from_unix_stream(near).unwrap().0);
        let (awake, wake) = UnixStream::pair().unwrap();
        let moment = Duration::from_millis(5);
        assert_eq!(wire.wait(Some(wake.as_fd()), moment).unwrap(), Waited::InVain);
        far.write_all(b"!").unwrap();
        assert_eq!(wire.wait(Some(wake.as_fd()), ANSWER_WITHIN).unwrap(), Waited::Said);
        drop(awake);
        assert_eq!(wire.wait(Some(wake.as_fd()), ANSWER_WITHIN).unwrap(), Waited::Woken);
    }
}
