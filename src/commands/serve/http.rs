//! Requests and answers: who may ask, for what, and with which headers.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use tokio::sync::{OnceCell, oneshot, watch};

use super::message::{Answer, Ask, Message};
use crate::render::LIVE_PATH;
use crate::report::places::{INDEX, PackFormat};

/// How long a question for changes waits; browsers and what is between give up after a minute or so.
const PATIENCE: Duration = Duration::from_secs(25);

/// How many pages are kept; a change discards them all.
const REMEMBERED: usize = 500;

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// What all requests share.
pub struct Server {
    port: u16,
    messages: Sender<Message>,
    version: watch::Receiver<u64>,
    made: Mutex<PageCache>,
}

/// The pages of one version that were made.
#[derive(Default)]
struct PageCache {
    version: u64,
    pages: BTreeMap<String, Arc<OnceCell<Arc<Reply>>>>,
}

/// An answer, ready to be sent as often as it is asked for.
struct Reply {
    status: StatusCode,
    kind: &'static str,
    body: Bytes,
    /// Of a page.
    digest: String,
}

impl Server {
    /// A server on that port.
    pub fn new(port: u16, messages: Sender<Message>, version: watch::Receiver<u64>) -> Server {
        Server { port, messages, version, made: Mutex::default() }
    }
}

/// Answers until the process is ended.
pub async fn run(listener: TcpListener, server: Server) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener).context("cannot listen")?;
    let router = Router::new().fallback(answer).with_state(Arc::new(server));
    axum::serve(listener, router).await.context("cannot serve")
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    // A page of another site whose name leads to this computer must not read the records (DNS rebinding).
    if !is_own(request.headers(), request.uri(), server.port) {
        return plain(StatusCode::FORBIDDEN, "use the address that `heatpack serve` printed\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "the site can only be read\n");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let path = request.uri().path();
    match path.strip_prefix(LIVE_PATH) {
        Some(page) => server.changes(page, request.uri().query().unwrap_or_default()).await,
        None => match server.reply(path).await {
            Some(reply) => response(reply.status, reply.kind, Body::from(reply.body.clone())),
            None => plain(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be made; see the terminal\n"),
        },
    }
}

impl Server {
    /// What stands at a path. Paths are compared letter by letter with those of the site, so that none leads out.
    async fn reply(&self, path: &str) -> Option<Arc<Reply>> {
        let mut path = path.strip_prefix('/')?.to_owned();
        if path.is_empty() || path.ends_with('/') {
            path.push_str(INDEX);
        }
        let cell = self.made.lock().unwrap_or_else(PoisonError::into_inner).cell(*self.version.borrow(), &path);
        let made = async || {
            let (reply, job) = oneshot::channel();
            self.messages.send(Message::Ask(Ask { path: path.clone(), reply })).map_err(drop)?;
            let job = job.await.map_err(drop)?;
            tokio::task::spawn_blocking(move || Arc::new(Reply::from(job()))).await.map_err(drop)
        };
        cell.get_or_try_init(made).await.ok().cloned()
    }

    /// Waits until a page is no longer the one whose digest was `seen`.
    async fn changes(&self, page: &str, query: &str) -> Response {
        let seen = query.strip_prefix("seen=").unwrap_or_default();
        let mut version = self.version.clone();
        let waited = tokio::time::timeout(PATIENCE, async {
            loop {
                version.borrow_and_update();
                match self.reply(page).await {
                    Some(reply) if reply.digest == seen => {}
                    _ => return,
                }
                if version.changed().await.is_err() {
                    return;
                }
            }
        });
        match waited.await {
            Ok(()) => plain(StatusCode::OK, "changed\n"),
            Err(_) => plain(StatusCode::NO_CONTENT, ""),
        }
    }
}

impl PageCache {
    /// The place of a page of that version.
    fn cell(&mut self, version: u64, path: &str) -> Arc<OnceCell<Arc<Reply>>> {
        if self.version != version || self.pages.len() >= REMEMBERED {
            *self = PageCache { version, pages: BTreeMap::new() };
        }
        self.pages.entry(path.to_owned()).or_default().clone()
    }
}

impl Reply {
    fn of_file(kind: &'static str, body: Bytes) -> Reply {
        Reply { status: StatusCode::OK, kind, body, digest: String::new() }
    }
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Reply {
        let (status, page) = match answer {
            Answer::File(bytes, format) => return Reply::of_file(kind(format), bytes.into()),
            Answer::Calendar(text) => return Reply::of_file("text/calendar; charset=utf-8", text.into()),
            Answer::Script(text) => return Reply::of_file("text/javascript; charset=utf-8", text.into()),
            Answer::Page(page) => (StatusCode::OK, page),
            Answer::Missing(page) => (StatusCode::NOT_FOUND, page),
            Answer::Failed(page) => (StatusCode::INTERNAL_SERVER_ERROR, page),
        };
        Reply { status, kind: HTML, body: Bytes::from(page.html), digest: page.digest }
    }
}

fn kind(format: PackFormat) -> &'static str {
    match format {
        PackFormat::Html => HTML,
        PackFormat::Pdf => "application/pdf",
        PackFormat::Json => "application/json",
        PackFormat::Csv => "text/csv; charset=utf-8",
        PackFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
}

/// Whether the request names this server, and by one of the names of this computer.
fn is_own(headers: &HeaderMap, uri: &Uri, port: u16) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let is_own = |named: &str| {
        let (name, named_port) = match named.rsplit_once(':') {
            Some((name, digits)) if !digits.ends_with(']') => (name, digits.parse().ok()),
            // The port that a browser omits.
            _ => (named, Some(80)),
        };
        let is_here = ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own));
        is_here && named_port == Some(port)
    };
    host.to_str().is_ok_and(is_own) && uri.authority().is_none_or(|authority| is_own(authority.as_str()))
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    response(status, TEXT, Body::from(text))
}

fn response(status: StatusCode, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A page's own policy limits what it can do, but only a header can forbid frames.
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'none'"));
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("referrer-policy", "no-referrer"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(host: &'static str, port: u16) -> bool {
        let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))]);
        is_own(&headers, &Uri::from_static("/"), port)
    }

    #[test]
    fn only_the_names_of_this_computer_are_answered() {
        for own in ["127.0.0.1:8080", "localhost:8080", "LocalHost:8080", "[::1]:8080"] {
            assert!(asks(own, 8080), "{own}");
        }
        for other in [
            "",
            "127.0.0.1",
            "[::1]",
            "localhost:80",
            "evil.example:8080",
            "127.0.0.1.evil.example:8080",
            "x:8080:8080",
        ] {
            assert!(!asks(other, 8080), "{other}");
        }
        assert!(asks("localhost", 80) && asks("[::1]", 80));
        let twice = HeaderMap::from_iter([(HOST, HeaderValue::from_static("localhost:1"))]);
        assert!(!is_own(&HeaderMap::new(), &Uri::from_static("/"), 8080));
        assert!(!is_own(&twice, &Uri::from_static("http://evil.example/"), 1));
    }
}
