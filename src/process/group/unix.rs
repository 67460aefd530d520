//! A process group: one signal reaches all of it. A process can leave it, and then has to be found by its mark.

use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop, ProcessGroup};
use rustix::{
    io::Errno,
    process::{Pid, Signal, test_kill_process_group},
};
use tokio::process::Command;

use crate::process::kin;

/// A group can be asked to end.
pub const CAN_ASK: bool = true;
/// A process can leave it, and it outlives the program.
pub const HOLDS_ALL: bool = false;

/// The command, to be started as the first of a group of its own.
pub fn wrap(command: Command) -> CommandWrap {
    let mut wrapped = CommandWrap::from(command);
    wrapped.wrap(KillOnDrop).wrap(ProcessGroup::leader());
    wrapped
}

/// Asks everything in the group to end. A group that is gone meanwhile has nothing against it.
pub fn ask(child: &dyn ChildWrapper) {
    let _gone_or_shown_at_the_end = child.signal(Signal::TERM.as_raw());
}

/// Whether anybody of the group lives.
pub fn lives(group: u32) -> bool {
    let Some(number) = i32::try_from(group).ok().and_then(Pid::from_raw) else { return false };
    match test_kill_process_group(number) {
        Err(Errno::SRCH) => false,
        // The dead that nobody has buried answer too, on some systems with an error.
        answer => kin::group_lives(group).unwrap_or(answer.is_ok()),
    }
}

/// Nothing is left to be done once the group is gone.
pub fn end_the_rest(_child: &mut dyn ChildWrapper) {}
