//! Codes a stream of documents on several threads.
//!
//! In: an iterator of items, most of which hold a document. Out: each item with its outcome, in input order, the same
//! for any number of threads. Memory is bounded: so many documents, or so many bytes of text, are under way at most. A
//! document whose coding panics is that document's failure alone. Reading the items and taking the outcomes both happen
//! on the calling thread, so neither has to be `Send`; an outcome may therefore wait for the next item to be read.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use chancery_model::{Coded, Document};

use crate::Engine;

/// How a stream is worked through.
#[derive(Clone, Copy, Debug)]
pub struct Parallel<'s> {
    /// Number of coding threads; 0 is taken as 1.
    pub threads: usize,
    /// Once true, no further item is read; what is under way is finished.
    pub stop: &'s AtomicBool,
}

/// What became of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Its document was coded.
    Coded(Box<Coded>),
    /// It holds no document to code.
    Passed,
    /// Coding its document panicked, with these words.
    Failed(String),
}

/// Name of the coding threads, by which a panic hook can know a panic that is reported as an outcome.
pub const THREAD_NAME: &str = "coder";

/// Documents under way at most: enough to keep the threads busy while the caller writes a batch.
const DOCUMENTS_UNDER_WAY: usize = 256;
/// Bytes of text under way at most (and one document more).
const BYTES_UNDER_WAY: usize = 32 << 20;
/// Deeply nested text must not end the process, which an overflowing stack does.
const STACK: usize = 16 << 20;

/// Codes the documents of `items` and hands every item with its outcome to `each`, in order. `document` says which
/// document an item holds; one without is passed on in its place. True if all items were read, false if stopped.
///
/// # Errors
/// The first from `each`; nothing more is then read, coded or handed over.
pub fn code_in_order<T: Send, E>(
    engine: &Engine,
    parallel: Parallel,
    items: impl Iterator<Item = T>,
    document: impl Fn(&T) -> Option<&Document> + Sync,
    each: impl FnMut(T, Outcome) -> Result<(), E>,
) -> Result<bool, E> {
    work_in_order(&|document: &Document| engine.code(document), parallel, items, &document, each)
}

fn work_in_order<T: Send, E>(
    code: &(impl Fn(&Document) -> Coded + Sync),
    parallel: Parallel,
    mut items: impl Iterator<Item = T>,
    document: &(impl Fn(&T) -> Option<&Document> + Sync),
    mut each: impl FnMut(T, Outcome) -> Result<(), E>,
) -> Result<bool, E> {
    let (to_do, waiting) = channel();
    let (finished, done) = channel();
    let waiting = Mutex::new(waiting);
    let abandoned = AtomicBool::new(false);
    thread::scope(|scope| {
        let _abandon = SetOnDrop(&abandoned);
        for _ in 0..parallel.threads.max(1) {
            let finished = finished.clone();
            let (waiting, abandoned) = (&waiting, &abandoned);
            let thread = thread::Builder::new().name(THREAD_NAME.to_owned()).stack_size(STACK);
            thread
                .spawn_scoped(scope, move || work(code, document, waiting, &finished, abandoned))
                .expect("the system gives a thread");
        }
        drop(finished);
        let to_do: Sender<(u64, T)> = to_do;
        let mut window = Window::default();
        let mut all_read = false;
        loop {
            let stopped = parallel.stop.load(Ordering::Relaxed);
            while !all_read && !stopped && window.has_room() {
                let Some(item) = items.next() else {
                    all_read = true;
                    break;
                };
                match document(&item) {
                    None => window.push_passed(item),
                    Some(held) => {
                        let number = window.push_waiting(held.text.len());
                        // The receiver lives outside this scope, so sending cannot fail.
                        let _ = to_do.send((number, item));
                    }
                }
                if window.first_is_ready() {
                    break;
                }
            }
            if window.is_empty() {
                return Ok(all_read);
            }
            if !window.first_is_ready() {
                let (number, item, outcome) = done.recv().expect("a coding thread answers every document");
                window.put(number, item, outcome);
            }
            while let Some((item, outcome)) = window.pop_ready() {
                each(item, outcome)?;
            }
        }
    })
}

/// One coding thread.
fn work<T>(
    code: &impl Fn(&Document) -> Coded,
    document: &impl Fn(&T) -> Option<&Document>,
    waiting: &Mutex<Receiver<(u64, T)>>,
    finished: &Sender<(u64, T, Outcome)>,
    abandoned: &AtomicBool,
) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, item)) = next else { return };
        if abandoned.load(Ordering::Relaxed) {
            continue;
        }
        let outcome = match document(&item) {
            None => Outcome::Passed,
            // Coding is a pure function of document and engine: a panic leaves nothing half changed behind.
            Some(document) => match catch_unwind(AssertUnwindSafe(|| code(document))) {
                Ok(coded) => Outcome::Coded(Box::new(coded)),
                Err(panic) => Outcome::Failed(words_of(panic.as_ref())),
            },
        };
        if finished.send((number, item, outcome)).is_err() {
            return;
        }
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no reason given".to_owned())
}

struct SetOnDrop<'f>(&'f AtomicBool);

impl Drop for SetOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The items that were read and not yet handed over, in order.
struct Window<T> {
    slots: VecDeque<Slot<T>>,
    /// Number of the first slot.
    first: u64,
    bytes: usize,
}

struct Slot<T> {
    bytes: usize,
    ready: Option<(T, Outcome)>,
}

impl<T> Default for Window<T> {
    fn default() -> Self {
        Window { slots: VecDeque::new(), first: 0, bytes: 0 }
    }
}

impl<T> Window<T> {
    fn has_room(&self) -> bool {
        self.slots.len() < DOCUMENTS_UNDER_WAY && self.bytes < BYTES_UNDER_WAY
    }

    fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    fn first_is_ready(&self) -> bool {
        self.slots.front().is_some_and(|slot| slot.ready.is_some())
    }

    fn push_passed(&mut self, item: T) {
        self.slots.push_back(Slot { bytes: 0, ready: Some((item, Outcome::Passed)) });
    }

    fn push_waiting(&mut self, bytes: usize) -> u64 {
        self.slots.push_back(Slot { bytes, ready: None });
        self.bytes += bytes;
        self.first + self.slots.len() as u64 - 1
    }

    fn put(&mut self, number: u64, item: T, outcome: Outcome) {
        self.slots[(number - self.first) as usize].ready = Some((item, outcome));
    }

    fn pop_ready(&mut self) -> Option<(T, Outcome)> {
        if !self.first_is_ready() {
            return None;
        }
        let slot = self.slots.pop_front()?;
        self.first += 1;
        self.bytes -= slot.bytes;
        slot.ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(n: usize) -> impl Iterator<Item = Document> {
        (0..n).map(|i| Document { id: i.to_string(), text: "a ".repeat(i % 97), ..Document::default() })
    }

    /// Takes longer for some than for others, and panics for every 50th.
    fn code(document: &Document) -> Coded {
        let number: u64 = document.id.parse().unwrap();
        thread::sleep(std::time::Duration::from_micros(number * 7919 % 300));
        assert!(number % 50 != 49, "number {number} is bad");
        Coded::empty(document, "en")
    }

    fn run(threads: usize, stop_after: usize) -> (Vec<String>, bool) {
        let stop = AtomicBool::new(false);
        let mut seen = Vec::new();
        let items = documents(1000);
        let holds = |document: &Document| (!document.id.ends_with('3')).then_some(());
        let finished = work_in_order(
            &code,
            Parallel { threads, stop: &stop },
            items,
            &|document: &Document| holds(document).map(|()| document),
            |document, outcome| {
                let outcome = match outcome {
                    Outcome::Coded(coded) => format!("coded {}", coded.id),
                    Outcome::Passed => "passed".to_owned(),
                    Outcome::Failed(words) => words,
                };
                seen.push(format!("{}: {outcome}", document.id));
                stop.store(seen.len() >= stop_after, Ordering::Relaxed);
                Ok::<(), ()>(())
            },
        );
        (seen, finished.unwrap())
    }

    #[test]
    fn order_and_outcomes_do_not_depend_on_the_number_of_threads() {
        let (one, finished) = run(1, usize::MAX);
        assert!(finished && one.len() == 1000);
        assert_eq!((one[3].as_str(), one[4].as_str()), ("3: passed", "4: coded 4"));
        assert_eq!(one[49], "49: number 49 is bad");
        for threads in [2, 5, 16] {
            assert_eq!(run(threads, usize::MAX).0, one);
        }
    }

    #[test]
    fn a_stop_finishes_what_is_under_way() {
        let (seen, finished) = run(3, 100);
        assert!(!finished);
        assert!((100..100 + 2 * DOCUMENTS_UNDER_WAY).contains(&seen.len()), "{}", seen.len());
    }

    #[test]
    fn an_error_ends_it_at_once() {
        let stop = AtomicBool::new(false);
        let mut taken = 0;
        let result = work_in_order(
            &code,
            Parallel { threads: 4, stop: &stop },
            documents(10_000),
            &|document: &Document| Some(document),
            |_, _| {
                taken += 1;
                if taken == 10 { Err("full") } else { Ok(()) }
            },
        );
        assert_eq!((result, taken), (Err("full"), 10));
    }
}
