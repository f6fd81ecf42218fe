//! What people see of a hall: on a telephone, on the big screen, at the desk of the secretary.

pub(super) mod desk;
pub(super) mod phone;
pub(super) mod screen;

use std::net::{IpAddr, UdpSocket};

use askama::Template;
use journal::View;
use kernel::{Deed, Permit, Stop};
use serde::Serialize;
use web::{Cx, Fragment, Frame, SlotAt};

use super::{SeeHall, tables};
use crate::meetings;
use crate::proposals::Voice;

/// The voice of the telephone in this meeting.
fn voice_of<D: Deed>(cx: &Cx<D>) -> Option<Voice> {
    cx.device().map(|device| Voice::Hall(device.alias(&cx.book().to_string())))
}

/// The address under which telephones of the local network reach this site, such as `http://192.168.1.7:8470`.
fn origin<D: Deed>(cx: &Cx<D>) -> String {
    let scheme = if cx.site().settings.https { "https" } else { "http" };
    let host = &cx.visit().host;
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => (name, format!(":{port}")),
        _ => (host.as_str(), String::new()),
    };
    let is_this_machine = name == "localhost" || name.parse().is_ok_and(|it: IpAddr| it.is_loopback());
    match local_address().filter(|_| is_this_machine) {
        Some(address) => format!("{scheme}://{address}{port}"),
        None => format!("{scheme}://{host}"),
    }
}

/// The address of this machine on its network. Nothing is sent: the system only says from where it would be.
fn local_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("10.255.255.255:1").ok()?;
    socket
        .local_addr()
        .ok()
        .map(|address| address.ip())
        .filter(|it| !it.is_loopback() && !it.is_unspecified())
}

#[derive(Template)]
#[template(path = "hall/pages/in_meeting.html")]
struct InMeeting<'a> {
    frame: &'a Frame,
    is_open: bool,
    joined: i64,
    path: String,
}

#[derive(Serialize)]
struct Data {
    is_open: bool,
    joined: i64,
}

/// The hall of a meeting, on its page: where it is or was open, and for those who may open it.
pub(super) fn in_meeting(
    view: &mut View<'_, '_>,
    _: &Permit<SeeHall>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(meeting) = at.book else { return Ok(None) };
    let hall = tables::hall(view, &at.village, meeting)?;
    if hall.is_none() && !frame.may("hall.keep") {
        return Ok(None);
    }
    let is_open = hall.is_some_and(|it| it.admission.is_some());
    let joined = tables::joined(view, &at.village, meeting)?;
    let path = meetings::path(&at.village, meeting, "/hall");
    let part = InMeeting { frame, is_open, joined, path };
    Ok(Some(Fragment::new("hall", &part, &Data { is_open, joined })?))
}
