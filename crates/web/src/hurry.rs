//! The body of a request that has to arrive: whoever sends a byte now and then holds no place for long.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::BoxError;
use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

/// What is waited for before anything has come.
pub(crate) const BODY_WAIT: Duration = Duration::from_secs(20);
/// Bytes that earn a second more: a slower line than any that carries a page.
const BYTES_A_SECOND: u64 = 1024;

/// A body that breaks off when it comes too slowly.
pub(crate) struct Hurried {
    body: Body,
    begun: Instant,
    wait: Duration,
    arrived: u64,
    clock: Pin<Box<Sleep>>,
}

impl Hurried {
    pub(crate) fn new(body: Body, wait: Duration) -> Hurried {
        Hurried { body, begun: Instant::now(), wait, arrived: 0, clock: Box::pin(sleep(wait)) }
    }
}

impl hyper::body::Body for Hurried {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.get_mut();
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) {
            if let Some(Ok(frame)) = &frame {
                this.arrived += frame.data_ref().map_or(0, |bytes| bytes.len() as u64);
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(BoxError::from)));
        }
        let earned = Duration::from_millis(this.arrived.saturating_mul(1000) / BYTES_A_SECOND);
        this.clock.as_mut().reset(this.begun + this.wait + earned);
        match this.clock.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Some(Err("it came too slowly".into()))),
            Poll::Pending => Poll::Pending,
        }
    }
    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    /// A byte, and then nothing.
    struct Stalled(Option<Bytes>);
    impl hyper::body::Body for Stalled {
        type Data = Bytes;
        type Error = BoxError;
        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            self.0.take().map_or(Poll::Pending, |bytes| Poll::Ready(Some(Ok(Frame::data(bytes)))))
        }
    }

    #[tokio::test]
    async fn a_body_that_stops_coming_is_broken_off() {
        let stalled = Body::new(Stalled(Some(Bytes::from_static(b"x"))));
        let hurried = Body::new(Hurried::new(stalled, Duration::from_millis(20)));
        assert!(to_bytes(hurried, 100).await.is_err());
        let whole = Body::new(Hurried::new(Body::from("whole"), Duration::ZERO));
        assert_eq!(to_bytes(whole, 100).await.expect("arrived"), "whole");
    }
}
