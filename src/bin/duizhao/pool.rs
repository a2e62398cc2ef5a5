//! Many documents at once: a fixed number of threads, results in the order of the documents, memory bounded by
//! the documents in flight, and a limit of time for each.
//!
//! A thread that runs out of its time cannot be stopped; it is left to itself and replaced, and what it comes
//! to is dropped. This is why the threads are the pool's own and not those of a work-stealing library.

use crate::interrupt;
use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

/// Documents that may be read ahead or wait for their turn, for each thread.
const WINDOW: usize = 8;
/// How often the pool looks whether it was interrupted.
const TICK: Duration = Duration::from_millis(100);
/// Stack of a thread, the same as the main one has.
const STACK: usize = 8 << 20;

/// What is done with each document.
pub trait Work: Send + Sync + 'static {
    /// A document.
    type Item: Send + Sync + 'static;
    /// What is computed from it; nothing outside has changed yet.
    type Draft;
    /// What comes of it.
    type Outcome: Send + 'static;

    /// Computes. May be left to itself if it takes too long.
    fn compute(&self, item: &Self::Item) -> Self::Draft;
    /// Makes the draft count, such as by writing it to its file. Never runs for a document that is late.
    fn commit(&self, item: &Self::Item, draft: Self::Draft) -> Self::Outcome;
    /// The outcome of a document that took too long.
    fn late(&self, item: &Self::Item) -> Self::Outcome;
    /// The outcome of a document on which the program failed.
    fn failed(&self, item: &Self::Item, message: String) -> Self::Outcome;
}

/// How many documents at once, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Threads, at least one.
    pub jobs: usize,
    /// The longest time for one document; zero is without end.
    pub timeout: Duration,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// All documents are done.
    Complete,
    /// Interrupted from outside; what was begun is done.
    Interrupted,
    /// The receiver wanted no more.
    Stopped,
}

/// Takes the outcomes in the order of the documents.
pub trait Receive<O> {
    /// Takes one.
    fn take(&mut self, outcome: O) -> ControlFlow<()>;
    /// Called when nothing is under way: a good moment to flush.
    fn idle(&mut self) {}
}

/// Works on all items.
pub fn run<W: Work>(
    work: W,
    items: impl Iterator<Item = W::Item> + Send + 'static,
    settings: Settings,
    receive: &mut dyn Receive<W::Outcome>,
) -> Ended {
    let pool = Arc::new(Pool::new(work, settings));
    // Outcomes name what failed; the default message of a panic would come between them.
    std::panic::set_hook(Box::new(|_| {}));
    {
        let pool = Arc::clone(&pool);
        spawn(move || pool.feed(items));
    }
    for _ in 0..settings.jobs.max(1) {
        start(&pool);
    }
    let ended = pool.deliver(receive);
    let _ = std::panic::take_hook();
    ended
}

struct Pool<W: Work> {
    work: W,
    settings: Settings,
    state: Mutex<State<W>>,
    /// There is something to do, or nothing more.
    todo: Condvar,
    /// There is an outcome, or an end.
    ready: Condvar,
    /// There is room for more documents.
    room: Condvar,
}

struct State<W: Work> {
    queue: VecDeque<(usize, Arc<W::Item>)>,
    running: BTreeMap<usize, (Instant, Arc<W::Item>)>,
    done: BTreeMap<usize, W::Outcome>,
    /// Documents that came in.
    fed: usize,
    /// Documents that went out.
    delivered: usize,
    /// No more will come in.
    ended: bool,
}

fn spawn(run: impl FnOnce() + Send + 'static) {
    let builder = thread::Builder::new().stack_size(STACK);
    if let Err(error) = builder.spawn(run) {
        // Without threads nothing can be done at all.
        eprintln!("The system gives no thread to work with: {error}.");
        std::process::exit(crate::status::Status::Failed.code());
    }
}

fn start<W: Work>(pool: &Arc<Pool<W>>) {
    let pool = Arc::clone(pool);
    spawn(move || while pool.work_once() {});
}

impl<W: Work> Pool<W> {
    fn new(work: W, settings: Settings) -> Self {
        let state = State {
            queue: VecDeque::new(),
            running: BTreeMap::new(),
            done: BTreeMap::new(),
            fed: 0,
            delivered: 0,
            ended: false,
        };
        Pool {
            work,
            settings,
            state: Mutex::new(state),
            todo: Condvar::new(),
            ready: Condvar::new(),
            room: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<W>> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn feed(&self, items: impl Iterator<Item = W::Item>) {
        let window = self.settings.jobs.max(1) * WINDOW;
        for item in items {
            let mut state = self.lock();
            while !state.ended && state.fed - state.delivered >= window {
                state = self.room.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner());
            }
            if state.ended {
                return;
            }
            let index = state.fed;
            state.queue.push_back((index, Arc::new(item)));
            state.fed += 1;
            drop(state);
            self.todo.notify_one();
        }
        self.lock().ended = true;
        self.todo.notify_all();
        self.ready.notify_all();
    }

    /// Works on one document; answers whether the thread should go on.
    fn work_once(&self) -> bool {
        let mut state = self.lock();
        let (index, item) = loop {
            match state.queue.pop_front() {
                Some(next) => break next,
                None if state.ended => return false,
                None => state = self.todo.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner()),
            }
        };
        state.running.insert(index, (Instant::now(), Arc::clone(&item)));
        drop(state);
        let draft = catch_unwind(AssertUnwindSafe(|| self.work.compute(&item)));
        if self.lock().running.remove(&index).is_none() {
            // Too late: it was given up, and another thread has taken this one's place.
            return false;
        }
        let outcome =
            draft.and_then(|draft| catch_unwind(AssertUnwindSafe(|| self.work.commit(&item, draft))));
        let outcome = outcome.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            self.work.failed(&item, text.unwrap_or("no message").to_owned())
        });
        self.lock().done.insert(index, outcome);
        self.ready.notify_one();
        true
    }

    fn deliver(self: &Arc<Self>, receive: &mut dyn Receive<W::Outcome>) -> Ended {
        let mut ended = Ended::Complete;
        let mut state = self.lock();
        loop {
            let turn = state.delivered;
            if let Some(outcome) = state.done.remove(&turn) {
                state.delivered += 1;
                drop(state);
                self.room.notify_one();
                let flow = receive.take(outcome);
                state = self.lock();
                if flow.is_break() {
                    self.close(&mut state);
                    return Ended::Stopped;
                }
                continue;
            }
            if state.delivered == state.fed {
                drop(state);
                receive.idle();
                state = self.lock();
                if state.ended && state.delivered == state.fed {
                    return ended;
                }
            }
            if ended == Ended::Complete && interrupt::asked() {
                ended = Ended::Interrupted;
                self.close(&mut state);
                continue;
            }
            self.give_up_late(&mut state);
            if !state.done.contains_key(&state.delivered) {
                let wait = self.ready.wait_timeout(state, self.tick());
                state = wait.unwrap_or_else(|poisoned| poisoned.into_inner()).0;
            }
        }
    }

    /// Takes back what was not begun, and lets nothing more in.
    fn close(&self, state: &mut State<W>) {
        state.fed -= state.queue.len();
        state.queue.clear();
        state.ended = true;
        self.todo.notify_all();
        self.room.notify_all();
    }

    fn give_up_late(self: &Arc<Self>, state: &mut State<W>) {
        let timeout = self.settings.timeout;
        if timeout.is_zero() {
            return;
        }
        let late: Vec<usize> = state
            .running
            .iter()
            .filter(|(_, (since, _))| since.elapsed() >= timeout)
            .map(|(&k, _)| k)
            .collect();
        for index in late {
            if let Some((_, item)) = state.running.remove(&index) {
                state.done.insert(index, self.work.late(&item));
                start(self);
            }
        }
    }

    fn tick(&self) -> Duration {
        let timeout = self.settings.timeout;
        if timeout.is_zero() { TICK } else { TICK.min(timeout / 4).max(Duration::from_millis(1)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Doubles numbers; is slow on multiples of 10 and fails on 7.
    struct Double;

    impl Work for Double {
        type Item = u64;
        type Draft = u64;
        type Outcome = Result<u64, String>;

        fn compute(&self, item: &u64) -> u64 {
            if item.is_multiple_of(10) {
                thread::sleep(Duration::from_millis(30));
            }
            assert!(*item != 7, "seven");
            if *item == 13 {
                thread::sleep(Duration::from_secs(60));
            }
            item * 2
        }
        fn commit(&self, _: &u64, draft: u64) -> Self::Outcome {
            Ok(draft)
        }
        fn late(&self, item: &u64) -> Self::Outcome {
            Err(format!("{item} late"))
        }
        fn failed(&self, item: &u64, message: String) -> Self::Outcome {
            Err(format!("{item} {message}"))
        }
    }

    #[derive(Default)]
    struct Collect {
        outcomes: Vec<Result<u64, String>>,
        stop_at: Option<usize>,
        idle: usize,
    }

    impl Receive<Result<u64, String>> for Collect {
        fn take(&mut self, outcome: Result<u64, String>) -> ControlFlow<()> {
            self.outcomes.push(outcome);
            if self.stop_at == Some(self.outcomes.len()) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
        fn idle(&mut self) {
            self.idle += 1;
        }
    }

    fn settings(jobs: usize) -> Settings {
        Settings { jobs, timeout: Duration::from_millis(1500) }
    }

    #[test]
    fn outcomes_come_in_order_whatever_happens_to_each() {
        for jobs in [1, 4] {
            let mut collect = Collect::default();
            let ended = run(Double, 0..40, settings(jobs), &mut collect);
            let expected = |item: u64| match item {
                7 => Err("7 seven".to_owned()),
                13 => Err("13 late".to_owned()),
                _ => Ok(item * 2),
            };
            assert_eq!(ended, Ended::Complete);
            assert_eq!(collect.outcomes, (0..40).map(expected).collect::<Vec<_>>(), "{jobs} jobs");
            assert!(collect.idle > 0);
        }
    }

    #[test]
    fn the_receiver_may_stop() {
        let mut collect = Collect { stop_at: Some(3), ..Collect::default() };
        assert_eq!(run(Double, 20.., settings(2), &mut collect), Ended::Stopped);
        assert_eq!(collect.outcomes.len(), 3);
    }

    #[test]
    fn nothing_is_complete_at_once() {
        let mut collect = Collect::default();
        assert_eq!(run(Double, 0..0, settings(3), &mut collect), Ended::Complete);
        assert!(collect.outcomes.is_empty());
    }
}
