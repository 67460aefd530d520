//! `singularis guardian`: the second small process, which the program starts by itself. It lets go of keys and ends
//! children once the program that started it is gone.

use std::{io, process::ExitCode, thread, time::Duration};

use crate::{
    environment::desktop::Releaser,
    guardian::{keep_watch, outlive_signals},
};

/// So long after the program is gone the display server may still be about to do what it asked for last.
const LAST_WISHES: Duration = Duration::from_millis(60);

pub fn carry_out() -> io::Result<ExitCode> {
    outlive_signals();
    // Connected now: once the program is gone, there is no time for it.
    let releaser = Releaser::new();
    let mut let_go = Vec::new();
    let kept = keep_watch(io::stdin().lock(), |key| {
        let_go.push(key.to_owned());
        releaser.release(key)
    });
    // A key that went down only after it was let go of would stay down. One that is up already stays up.
    if !let_go.is_empty() {
        thread::sleep(LAST_WISHES);
        let_go.iter().for_each(|key| {
            let _the_first_time_counts = releaser.release(key);
        });
    }
    kept?;
    Ok(ExitCode::SUCCESS)
}
