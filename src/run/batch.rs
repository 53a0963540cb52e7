//! Many papers at once: a pool of jobs, each with its worker, and rows in the order of the inputs.
//!
//! Memory grows with the number of jobs, not of papers: papers are handed out only a little ahead of the last row
//! that was passed on.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::report::{PaperReport, PaperStatus};

use super::inputs::Input;
use super::job::{self, Bench, JobSettings};

/// How often the user has asked to stop.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicUsize>);

impl Interrupt {
    /// Counts one more request and gives the count.
    pub fn raise(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Whether there was a request.
    pub fn raised(&self) -> bool {
        self.0.load(Ordering::SeqCst) > 0
    }
}

/// What a run tells while it goes on. All calls come from the thread that called [`check`].
pub trait Observer {
    /// A paper was begun, in no particular order.
    fn started(&mut self, source: &str);

    /// A paper was finished, in no particular order; a paper that was not reached is not told here.
    fn finished(&mut self, row: &PaperReport);

    /// Some time has passed.
    fn tick(&mut self);

    /// The next row in the order of the inputs. An error ends the run.
    fn row(&mut self, row: PaperReport) -> io::Result<()>;
}

/// What a thread of the pool tells.
enum Told {
    Started(usize),
    Finished(usize, Box<PaperReport>),
    NotReached(usize),
}

/// How often [`Observer::tick`] is called at least.
const TICK: Duration = Duration::from_millis(200);
/// How many papers a job may be ahead of the rows that were passed on.
const AHEAD: usize = 8;

/// Why a run could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// The threads could not be started.
    #[error("the threads could not be started ({0})")]
    Pool(#[from] rayon::ThreadPoolBuildError),
    /// A row could not be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// Checks the inputs with `jobs` workers at once. Rows come in the order of the inputs and are the same for any `jobs`.
/// After an interrupt the papers that are being worked on are finished; the others are rows that say so.
pub fn check(
    inputs: &[Input],
    jobs: usize,
    settings: &JobSettings,
    interrupt: &Interrupt,
    observer: &mut dyn Observer,
) -> Result<(), BatchError> {
    let jobs = jobs.clamp(1, inputs.len().max(1));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).thread_name(|at| format!("job {at}")).build()?;
    let (hand_out, queue) = mpsc::channel::<usize>();
    let queue = Arc::new(Mutex::new(queue));
    let (tell, told) = mpsc::channel::<Told>();
    let mut rows = Rows { inputs, hand_out: Some(hand_out), next_out: 0, next_row: 0, waiting: BTreeMap::new() };
    rows.hand_out(AHEAD * jobs);
    let written = pool.in_place_scope(|scope| {
        for _ in 0..jobs {
            let (queue, tell) = (Arc::clone(&queue), tell.clone());
            scope.spawn(move |_| work(inputs, settings, interrupt, &queue, &tell));
        }
        drop(tell);
        let written = rows.follow(&told, observer);
        if written.is_err() {
            // Nobody takes the rows any more: what is running is finished, nothing else is begun.
            interrupt.raise();
            rows.hand_out = None;
        }
        written
    });
    Ok(written?)
}

/// One job: takes papers until there are none.
fn work(
    inputs: &[Input],
    settings: &JobSettings,
    interrupt: &Interrupt,
    queue: &Mutex<Receiver<usize>>,
    tell: &Sender<Told>,
) {
    let mut bench = Bench::default();
    loop {
        // The lock is held while waiting, which only makes the other jobs wait for the same thing.
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(at) = next else { return };
        // The turn ends with the paper, however it ends.
        let turn = settings.reasoning.as_ref().map(|reasoning| reasoning.turn(at));
        let told = if interrupt.raised() {
            Told::NotReached(at)
        } else {
            // The listener is gone only when the run is ending anyway.
            let _ = tell.send(Told::Started(at));
            Told::Finished(at, Box::new(bench.check(&inputs[at], settings, turn.as_ref())))
        };
        if tell.send(told).is_err() {
            return;
        }
    }
}

/// Brings rows into order and hands out papers as rows leave.
struct Rows<'i> {
    inputs: &'i [Input],
    hand_out: Option<Sender<usize>>,
    next_out: usize,
    next_row: usize,
    waiting: BTreeMap<usize, PaperReport>,
}

impl Rows<'_> {
    fn hand_out(&mut self, count: usize) {
        for _ in 0..count {
            if self.next_out == self.inputs.len() {
                // Without a sender the jobs end when the queue is empty.
                self.hand_out = None;
                return;
            }
            if let Some(queue) = &self.hand_out
                && queue.send(self.next_out).is_ok()
            {
                self.next_out += 1;
            }
        }
        if self.next_out == self.inputs.len() {
            self.hand_out = None;
        }
    }

    fn follow(&mut self, told: &Receiver<Told>, observer: &mut dyn Observer) -> io::Result<()> {
        loop {
            match told.recv_timeout(TICK) {
                Ok(Told::Started(at)) => observer.started(&self.inputs[at].source),
                Ok(Told::Finished(at, row)) => {
                    observer.finished(&row);
                    self.row(at, *row, observer)?;
                }
                Ok(Told::NotReached(at)) => {
                    let reason = Some("the run was interrupted before its turn".to_owned());
                    self.row(at, job::row(&self.inputs[at], PaperStatus::NotReached, reason), observer)?;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            observer.tick();
        }
    }

    fn row(&mut self, at: usize, row: PaperReport, observer: &mut dyn Observer) -> io::Result<()> {
        self.waiting.insert(at, row);
        while let Some(row) = self.waiting.remove(&self.next_row) {
            self.next_row += 1;
            observer.row(row)?;
            self.hand_out(1);
        }
        Ok(())
    }
}
