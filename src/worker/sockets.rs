//! How many connections of this process to an address are open, as the operating system sees it.
//!
//! Linux tells through `/proc`. Windows and macOS need other means; there the answer is `None`, which the certificate
//! shows as *not counted* and never as zero.

use std::net::SocketAddr;

/// Open connections from this process to any of these addresses, and to any address at one of these ports; `None` where
/// that cannot be told. Names in the cloud lead to other addresses every minute, so there the port has to do.
#[cfg(target_os = "linux")]
pub fn open_to(addresses: &[SocketAddr], ports: &[u16]) -> Option<usize> {
    if addresses.is_empty() && ports.is_empty() {
        return None;
    }
    let mine = linux::own_sockets()?;
    let tables = ["/proc/self/net/tcp", "/proc/self/net/tcp6"];
    let rows: Vec<String> = tables.iter().filter_map(|table| std::fs::read_to_string(table).ok()).collect();
    if rows.is_empty() {
        return None;
    }
    let connections = rows.iter().flat_map(|table| table.lines().skip(1)).filter_map(linux::connection);
    let is_meant = |remote: &SocketAddr| addresses.contains(remote) || ports.contains(&remote.port());
    Some(connections.filter(|(remote, inode)| is_meant(remote) && mine.contains(inode)).count())
}

/// Open connections from this process to any of these addresses; `None` where this system is not asked.
#[cfg(not(target_os = "linux"))]
pub fn open_to(_addresses: &[SocketAddr], _ports: &[u16]) -> Option<usize> {
    None
}

#[cfg(target_os = "linux")]
mod linux {
    //! The tables of `/proc`: addresses are hexadecimal, in the byte order of the machine for each four bytes.

    use std::{
        collections::BTreeSet,
        net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    };

    /// `TCP_ESTABLISHED` and `TCP_SYN_SENT` of the kernel: what is open or being opened. What the other side has closed
    /// and this side still holds (`TCP_CLOSE_WAIT`) counts as open too.
    const OPEN_STATES: [&str; 3] = ["01", "02", "08"];

    /// The inodes of this process's sockets.
    pub fn own_sockets() -> Option<BTreeSet<u64>> {
        let files = std::fs::read_dir("/proc/self/fd").ok()?;
        let links = files.flatten().filter_map(|file| std::fs::read_link(file.path()).ok());
        let inode = |link: std::path::PathBuf| link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok();
        Some(links.filter_map(inode).collect())
    }

    /// One row of a table: the remote address and the inode, if it is open.
    pub fn connection(row: &str) -> Option<(SocketAddr, u64)> {
        let fields: Vec<&str> = row.split_whitespace().collect();
        let (remote, state, inode) = (fields.get(2)?, fields.get(3)?, fields.get(9)?);
        OPEN_STATES.contains(state).then_some(())?;
        let (address, port) = remote.split_once(':')?;
        let port = u16::from_str_radix(port, 16).ok()?;
        Some((SocketAddr::new(parse_address(address)?, port), inode.parse().ok()?))
    }

    fn parse_address(hex: &str) -> Option<IpAddr> {
        let word = |at: usize| u32::from_str_radix(hex.get(at..at + 8)?, 16).ok().map(u32::to_ne_bytes);
        match hex.len() {
            8 => Some(IpAddr::V4(Ipv4Addr::from(word(0)?))),
            32 => {
                let mut bytes = [0; 16];
                for part in 0..4 {
                    bytes[part * 4..part * 4 + 4].copy_from_slice(&word(part * 8)?);
                }
                Some(IpAddr::V6(Ipv6Addr::from(bytes)))
            }
            _ => None,
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        #[cfg(target_endian = "little")]
        fn a_row_is_understood() {
            let row = " 1: 0100007F:8AE2 0100007F:04D2 01 00000000:00000000 00:00000000 00000000 0 0 4711 1 0 20";
            assert_eq!(connection(row), Some(("127.0.0.1:1234".parse().unwrap(), 4711)));
            assert_eq!(connection(&row.replace(" 01 ", " 06 ")), None, "a closed connection that lingers is closed");
            assert_eq!(connection("sl local_address"), None);
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn an_own_connection_is_counted_until_it_is_closed() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        assert_eq!(open_to(&[address], &[]), Some(0));
        let stream = TcpStream::connect(address).unwrap();
        assert_eq!(open_to(&[address], &[]), Some(1));
        drop(stream);
        assert_eq!(open_to(&[address], &[]), Some(0));
    }
}
