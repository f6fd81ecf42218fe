//! The body of a form with files, piece by piece: of what nobody asked for yet, little is kept. The library that takes the
//! form apart collects whatever has come, and would do so for the head of a part that never ends.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::BoxError;
use axum::body::{Body, Bytes};
use hyper::body::Frame;

/// Bytes after which a step must have led somewhere: no browser writes a head of a part near to this.
const STEP_MAX: usize = 64 * 1024;

/// What has come since the reader of a form began to look for the next thing in it: a head, or a piece of a field.
#[derive(Clone, Default)]
pub(crate) struct Step(Arc<AtomicUsize>);

impl Step {
    pub(crate) fn begin(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
    pub(crate) fn is_too_long(&self) -> bool {
        self.0.load(Ordering::Relaxed) >= STEP_MAX
    }
}

/// A body that breaks off when a step becomes too long.
pub(crate) struct Pieces {
    body: Body,
    step: Step,
    /// Whether the reader shall look at what it has before there is more.
    pause: bool,
}

impl Pieces {
    pub(crate) fn new(body: Body, step: Step) -> Pieces {
        Pieces { body, step, pause: false }
    }
}

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.get_mut();
        if std::mem::take(&mut this.pause) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        if this.step.is_too_long() {
            return Poll::Ready(Some(Err("it has too much before the next field".into())));
        }
        let frame = Pin::new(&mut this.body).poll_frame(cx);
        if let Poll::Ready(Some(Ok(frame))) = &frame {
            this.step.0.fetch_add(frame.data_ref().map_or(0, Bytes::len), Ordering::Relaxed);
            this.pause = true;
        }
        frame.map_err(BoxError::from)
    }
}
