//! A Job Object: nothing gets out of it, and the system ends it together with this program. It can be terminated and
//! not asked, so a child here is asked by closing its input and in no other way.

use process_wrap::tokio::{ChildWrapper, CommandWrap, CreationFlags, JobObject, KillOnDrop};
use tokio::process::Command;
use windows::Win32::System::Threading::CREATE_NO_WINDOW;

/// There is no gentle request to a job.
pub const CAN_ASK: bool = false;
/// What is in the job stays in it and ends with it.
pub const HOLDS_ALL: bool = true;

/// The command, to be started in a job of its own that ends with its last handle.
pub fn wrap(command: Command) -> CommandWrap {
    let mut wrapped = CommandWrap::from(command);
    // Started from a program with a window, one for the terminal would open a window of its own.
    wrapped.wrap(KillOnDrop).wrap(CreationFlags(CREATE_NO_WINDOW)).wrap(JobObject);
    wrapped
}

/// There is nothing to ask with.
pub fn ask(_child: &dyn ChildWrapper) {}

/// Once the first process of a job has ended, the rest is ended by [`end_the_rest`] and needs no looking after.
pub fn lives(_group: u32) -> bool {
    false
}

/// Ends what the first process has left in the job.
pub fn end_the_rest(child: &mut dyn ChildWrapper) {
    let _the_job_may_be_empty = child.start_kill();
}
