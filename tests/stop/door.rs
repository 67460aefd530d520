//! A port in front of a server: everybody is led in, until it is shut. Then it is still there, and whoever wants to
//! connect waits for ever, as before a program that hangs.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpSocket, TcpStream},
    task::{JoinHandle, JoinSet},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

/// So many may wait to be let in.
const BACKLOG: u32 = 8;
/// More than ever wait, whatever a system makes of the backlog.
const MOST_WAITING: usize = 256;
/// On this machine a connection is there at once or not at all.
const AT_ONCE: Duration = Duration::from_millis(250);

/// An open door.
pub struct Door {
    address: SocketAddr,
    shut: CancellationToken,
    leading: JoinHandle<TcpListener>,
}

/// A door at which everybody waits.
pub struct ShutDoor {
    address: SocketAddr,
    _nobody_is_let_in: TcpListener,
}

impl Door {
    pub fn before(server: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a free port");
        let listener = socket.listen(BACKLOG).expect("a listener");
        let address = listener.local_addr().expect("it is bound");
        let shut = CancellationToken::new();
        let leading = tokio::spawn(lead_in(listener, server, shut.clone()));
        Self { address, shut, leading }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Cuts every connection and lets nobody in any more. When this returns, connecting hangs.
    pub async fn shut(self) -> ShutDoor {
        self.shut.cancel();
        let listener = self.leading.await.expect("nothing breaks down there");
        let door = ShutDoor { address: self.address, _nobody_is_let_in: listener };
        for _ in 0..MOST_WAITING {
            // Whoever has come and gone keeps a place in the queue, and is no open connection of this program.
            if door.is_shut().await {
                return door;
            }
        }
        panic!("this system lets more than {MOST_WAITING} connections wait");
    }
}

impl ShutDoor {
    /// Whether connecting hangs.
    pub async fn is_shut(&self) -> bool {
        timeout(AT_ONCE, TcpStream::connect(self.address)).await.is_err()
    }
}

/// Connections end with this.
async fn lead_in(listener: TcpListener, server: SocketAddr, shut: CancellationToken) -> TcpListener {
    let mut guests = JoinSet::new();
    loop {
        tokio::select! {
            () = shut.cancelled() => return listener,
            Ok((guest, _)) = listener.accept() => {
                guests.spawn(lead(guest, server));
            }
            Some(_) = guests.join_next(), if !guests.is_empty() => {}
        }
    }
}

async fn lead(mut guest: TcpStream, server: SocketAddr) {
    if let Ok(mut host) = TcpStream::connect(server).await {
        let _one_of_them_left = copy_bidirectional(&mut guest, &mut host).await;
    }
}
