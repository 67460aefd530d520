//! A second copy of the program asks the first one to come to the front.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use super::{Address, COMING, request};

/// The least that a wait is given: none at all would be an error.
const A_MOMENT: Duration = Duration::from_millis(1);

/// True once the first one has said, before the deadline, that it comes. Whoever else listens there by now gets a token
/// that is of no use to anybody.
pub(super) fn ask(first: &Address, deadline: Instant) -> bool {
    asked(first, deadline).unwrap_or(false)
}

fn asked(first: &Address, deadline: Instant) -> io::Result<bool> {
    let place = SocketAddr::from((Ipv4Addr::LOCALHOST, first.port));
    let mut stream = TcpStream::connect_timeout(&place, left(deadline))?;
    stream.set_write_timeout(Some(left(deadline)))?;
    stream.write_all(request(&first.token).as_bytes())?;
    let mut said = Vec::with_capacity(COMING.len());
    let mut buffer = [0; COMING.len()];
    while said.len() < COMING.len() && Instant::now() < deadline {
        // Each time anew: a drop every moment must not stretch the wait.
        stream.set_read_timeout(Some(left(deadline)))?;
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => said.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(said == COMING)
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now()).max(A_MOMENT)
}
