//! Ctrl-C: the first asks a batch or stream to end well and any other command to stop, the second stops at once.

use crate::files;
use crate::status::Status;
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// Whether the user asked to end.
pub fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// Lets the command end by itself at the first Ctrl-C.
pub fn end_well() {
    set(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            stop();
        }
    });
}

/// Removes the unfinished output at Ctrl-C, and stops; unless [`end_well`] came before. Without a handler the
/// system stops the program at once, and what it leaves never has the name of an output.
pub fn clean_up() {
    set(stop);
}

fn stop() {
    files::remove_unfinished();
    std::process::exit(Status::Interrupted.code());
}

fn set(handler: impl FnMut() + Send + 'static) {
    // A system without such signals loses only the comfort.
    let _ = ctrlc::set_handler(handler);
}
