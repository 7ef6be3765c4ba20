//! `heatpack serve`: the site on this computer, rebuilt and reloaded as files change.

mod http;
mod message;
mod search;
mod theme;
mod watch;
mod worker;

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;

use anyhow::Context as _;

use crate::commands::common::options::Common;
use crate::commands::common::{parallel, session};
use http::Server;
use message::Message;
use worker::SiteWorker;

/// Preview the site locally and reload on changes
///
/// Writes nothing: each page or PDF is built when you open it. Errors in records and templates appear above the page
/// until you fix them. Only this computer can open the site. Press Ctrl-C to stop.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack serve\n  heatpack serve --port 0")]
pub struct Arguments {
    /// Port to listen on; 0 means any free port
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// Runs the command.
pub fn execute(common: &Common, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let root = session::root(common)?;
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port)))
        .with_context(|| format!("cannot listen on port {}; use `--port 0` for any free port", arguments.port))?;
    let address = listener.local_addr().context("cannot find out the port")?;
    listener.set_nonblocking(true).context("cannot listen")?;
    let (messages, inbox) = mpsc::channel();
    let changes = messages.clone();
    // The receiver is dropped on shutdown.
    let tell = move |changed| drop(changes.send(Message::Changed(changed)));
    let watcher = watch::Watcher::new(&root, tell)?;
    let worker = SiteWorker::new(root, common.as_of.clone(), watcher)?;
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "http://{address}/")?;
    stdout.flush()?;
    drop(stdout);
    say!("open this address in a browser; press Ctrl-C to stop");
    let server = Server::new(address.port(), messages, worker.version());
    thread::Builder::new()
        .stack_size(parallel::STACK)
        .spawn(move || worker.run(&inbox))
        .context("cannot start a thread")?;
    // Pages are filled in and PDFs laid out by threads of the pool, two at a time: the rest of the computer is the
    // user's.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .thread_stack_size(parallel::STACK)
        .max_blocking_threads(2)
        .build()
        .context("cannot start the server")?;
    runtime.block_on(http::run(listener, server))?;
    Ok(ExitCode::SUCCESS)
}
