//! Whoever connects without knowing the token does nothing, learns nothing and stops nothing.

use std::{
    collections::VecDeque,
    fs,
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use singularis::worker::instance::{FirstWindow, Window};

use crate::{
    PATIENCE,
    window::{first, second},
};

/// How long dropping the window may take, whatever is connected, on a busy machine.
const ENDS_WITHIN: Duration = Duration::from_secs(5);

/// A window that counts how often it was asked to the front.
struct Listener {
    folder: tempfile::TempDir,
    window: FirstWindow,
    asked: Arc<AtomicU64>,
    port: u16,
    token: String,
}

impl Listener {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut window = first(Window::claim(folder.path()).unwrap());
        let asked = Arc::new(AtomicU64::new(0));
        let counter = asked.clone();
        window.listen(move || {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        let (port, token) = address(folder.path());
        Self { folder, window, asked, port, token }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// What is answered to these bytes, until the other side closes.
    fn answer_to(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        // It may be closed before all of it has been said.
        let _cut_off = stream.write_all(bytes);
        let mut said = Vec::new();
        let _cut_off = stream.read_to_end(&mut said);
        said
    }

    fn times_asked(&self) -> u64 {
        self.asked.load(Ordering::SeqCst)
    }

    /// A real second copy is still answered.
    fn is_well(&self) {
        let before = self.times_asked();
        assert_eq!(second(&Window::claim(self.folder.path()).unwrap()), (std::process::id(), true));
        assert_eq!(self.times_asked(), before + 1);
    }

    fn ends_soon(self) {
        let began = Instant::now();
        drop(self.window);
        assert!(began.elapsed() < ENDS_WITHIN, "{:?}", began.elapsed());
    }
}

fn address(folder: &Path) -> (u16, String) {
    let text = fs::read(folder.join("window.lock.json")).unwrap();
    let address: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let port = address["port"].as_u64().unwrap().try_into().unwrap();
    (port, address["token"].as_str().unwrap().to_owned())
}

#[test]
fn only_the_token_opens_the_door() {
    let listener = Listener::open();
    let token = &listener.token;
    let almost = format!("front {}0\n", &token[1..]);
    let other_case = format!("FRONT {token}\n");
    let (nothing_before, nothing_after) = (format!("{token}\n"), format!("front {}\n", &token[..token.len() - 1]));
    let twice = format!("front {token}front {token}\n");
    let long = [b"front ".to_vec(), vec![b'a'; 1 << 20], b"\n".to_vec()].concat();
    let web = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    let wrongs: [&[u8]; 10] = [
        b"\n",
        b"front \n",
        b"\0\xff\xfe garbage \n",
        almost.as_bytes(),
        other_case.as_bytes(),
        nothing_before.as_bytes(),
        nothing_after.as_bytes(),
        twice.as_bytes(),
        &long,
        web,
    ];
    for wrong in wrongs {
        assert_eq!(listener.answer_to(wrong), b"", "{}", String::from_utf8_lossy(&wrong[..wrong.len().min(100)]));
    }
    assert_eq!(listener.times_asked(), 0);
    assert_eq!(listener.answer_to(format!("front {token}\n").as_bytes()), b"coming\n");
    assert_eq!(listener.times_asked(), 1);
    listener.is_well();
    listener.ends_soon();
}

#[test]
fn tokens_are_long_and_each_is_another() {
    let tokens = [Listener::open(), Listener::open()].map(|listener| listener.token);
    assert!(tokens.iter().all(|token| token.len() == 64), "{tokens:?}");
    assert_ne!(tokens[0], tokens[1]);
}

#[test]
fn who_says_nothing_is_shown_out_and_keeps_nobody_waiting() {
    let listener = Listener::open();
    let mut silent: Vec<TcpStream> = (0..40).map(|_| listener.connect()).collect();
    for stream in silent.iter_mut().take(20) {
        stream.write_all(b"fro").unwrap();
    }
    listener.is_well();
    for mut stream in silent {
        let mut said = Vec::new();
        // Ends because the other side closes, well before the patience is over.
        let _cut_off = stream.read_to_end(&mut said);
        assert_eq!(said, b"");
    }
    assert_eq!(listener.times_asked(), 1);
    listener.ends_soon();
}

#[test]
fn a_flood_does_not_stop_it_and_it_ends_in_the_midst_of_one() {
    let listener = Listener::open();
    let port = listener.port;
    let (is_over, connected) = (AtomicBool::new(false), AtomicU64::new(0));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| flood(port, &is_over, &connected));
        }
        let is_flooded = wait_for(|| connected.load(Ordering::SeqCst) > 500);
        let claims: Vec<bool> = (0..5).map(|_| second(&Window::claim(listener.folder.path()).unwrap()).1).collect();
        let answered = claims.iter().filter(|answered| **answered).count() as u64;
        let asked = listener.times_asked();
        let began = Instant::now();
        drop(listener.window);
        let took = began.elapsed();
        // Before any complaint: the threads end only when they are told to.
        is_over.store(true, Ordering::SeqCst);
        assert!(is_flooded, "only {} connected", connected.load(Ordering::SeqCst));
        // The queue of the system may be full of the flood for a moment, and not for good.
        assert!(answered > 0, "nobody was answered");
        // One that was heard too late to be answered in time was asked all the same.
        assert!((answered..=5).contains(&asked), "{asked} were asked, {answered} answered");
        assert!(took < ENDS_WITHIN, "{took:?}");
    });
}

/// Connects again and again, talks nonsense and holds some of it open.
fn flood(port: u16, is_over: &AtomicBool, connected: &AtomicU64) {
    let mut held = VecDeque::new();
    while !is_over.load(Ordering::SeqCst) {
        // Refused once nobody listens any more.
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) {
            let _cut_off = stream.write_all(b"garbage");
            connected.fetch_add(1, Ordering::SeqCst);
            held.push_back(stream);
        }
        if held.len() > 20 {
            held.pop_front();
        }
        // The system has only so many ports to connect from.
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn it_ends_while_others_are_connected() {
    let listener = Listener::open();
    let held: Vec<TcpStream> = (0..100).map(|_| listener.connect()).collect();
    held[0].shutdown(Shutdown::Write).unwrap();
    listener.ends_soon();
    drop(held);
}

fn wait_for(condition: impl Fn() -> bool) -> bool {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if condition() {
            return true;
        }
        thread::sleep(Duration::from_millis(1));
    }
    false
}
