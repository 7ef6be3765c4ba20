//! `heatpack serve`: a real server, asked by plain requests. Times are generous: nothing here measures speed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Project, case, command, sample};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

const TICKET: &str = "data/tickets/2026/HEAT-10382.yaml";
const PAGE: &str = "/tickets/HEAT-10382.html";

/// A server, ended with the test.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(project: &Project) -> Server {
        let mut command = command(&project.root(), &["serve", "--port", "0", "--as-of", "2026-11-22"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let port = line.trim().strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix('/'));
        let port = port.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("no address: {line}"));
        Server { child, port }
    }

    /// Sends a request; returns the status, the head and the body.
    fn send(&self, request: &str) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        stream.write_all(request.as_bytes()).expect("a request sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head") + 4;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Reply { status, head, body: bytes[end..].to_vec() }
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> Reply {
        self.send(&format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &format!("127.0.0.1:{}", self.port))
    }

    /// Waits until the page is another than the one of that digest, and gives it.
    fn changed(&self, page: &str, digest: &str) -> Reply {
        let started = Instant::now();
        loop {
            let answer = self.get(&format!("/.heatpack/changes{page}?seen={digest}"));
            match answer.status {
                200 => return self.get(page),
                204 if started.elapsed() < PATIENCE => {}
                status => panic!("{status} after {:?}: {}", started.elapsed(), answer.text()),
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Reply {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What the page's script tells the server of it.
    fn digest(&self) -> String {
        let text = self.text();
        let digest = text.split("data-page=\"").nth(1).and_then(|rest| rest.split('"').next());
        digest.unwrap_or_else(|| panic!("no script in {text}")).to_owned()
    }
}

fn sample_project() -> Project {
    Project::copy_of(&sample())
}

#[test]
fn pages_and_files_are_served_as_they_would_be_written_with_a_script_added() {
    let project = sample_project();
    project.run(&["build", "--as-of", "2026-11-22", "-o", "output"]).ended(0);
    let server = Server::start(&project);
    let written = project.read("output/tickets/HEAT-10382.html");
    let served = server.get(PAGE);
    assert_eq!(served.status, 200);
    assert!(served.head.contains("content-type: text/html; charset=utf-8\r\n"), "{}", served.head);
    assert!(!written.contains(".heatpack") && !written.contains("data-page"), "nothing is added to what is written");
    // Without the script, and with the policy as it was, it is the page that is written.
    let text = served.text();
    let (before, rest) = text.split_once("<script data-page=").expect("the script");
    let after = rest.split_once("</script>").expect("its end").1;
    let policy = |page: &str| {
        let policy = page.split("Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
        policy.expect("a policy").to_owned()
    };
    let (own, live) = (policy(&written), policy(&text));
    assert_eq!(format!("{before}{after}").replace(&live, &own), written);
    assert!(live.ends_with("connect-src &#39;self&#39;") && !live.contains("unsafe"), "{live}");
    let data = server.get("/weekly/2026-11-25/weekly-2026-11-25.json");
    assert_eq!(data.text(), project.read("output/weekly/2026-11-25/weekly-2026-11-25.json"));
    assert!(server.get("/weekly/2026-11-25/weekly-2026-11-25.pdf").body.starts_with(b"%PDF-"));
    let book = server.get("/weekly/2026-11-25/weekly-2026-11-25.xlsx");
    let kind = "content-type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\r\n";
    assert!(book.body.starts_with(b"PK") && book.head.contains(kind), "{}", book.head);
    for page in ["/", "/index.html", "/weekly/2026-11-25/", "/check.html", "/rules.html"] {
        assert_eq!(server.get(page).status, 200, "{page}");
    }
    let head = server.ask("HEAD", PAGE, &format!("localhost:{}", server.port));
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn nothing_but_the_site_is_served_and_only_to_this_computer() {
    let project = Project::copy_of(&case("empty"));
    let server = Server::start(&project);
    let own = format!("127.0.0.1:{}", server.port);
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1", &format!("evil.example:{}", server.port), ""] {
        assert_eq!(server.ask("GET", "/", host).status, 403, "{host}");
    }
    assert_eq!(server.send("GET / HTTP/1.0\r\n\r\n").status, 403, "no host at all");
    for host in [&own, &format!("localhost:{}", server.port), &format!("[::1]:{}", server.port)] {
        assert_eq!(server.ask("GET", "/", host).status, 200, "{host}");
    }
    for path in [
        "/../data/heatpack.yaml",
        "/..%2fdata%2fheatpack.yaml",
        "/%2e%2e/data/heatpack.yaml",
        "/weekly/../../data/heatpack.yaml",
        "//data/heatpack.yaml",
        "/data/heatpack.yaml",
        "/etc/passwd",
        "/..\\data\\heatpack.yaml",
        "/index.html%00",
        "/.heatpack",
        "/nosuch.html",
    ] {
        let reply = server.ask("GET", path, &own);
        assert!(matches!(reply.status, 400 | 404), "{path}: {} {}", reply.status, reply.text());
        assert!(!reply.text().contains("root:") && !reply.text().contains("organization:"), "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(server.ask(method, "/", &own).status, 405, "{method}");
    }
}

/// The address that it listens on is this computer's alone: others that lead to it are not answered at all.
#[test]
fn nobody_else_reaches_it() {
    let project = Project::copy_of(&case("empty"));
    let server = Server::start(&project);
    // What the network calls this computer, where there is a network; nothing is sent.
    let outward = std::net::UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
        socket.connect("192.0.2.1:9")?;
        socket.local_addr()
    });
    let outward = outward.ok().map(|own| own.ip()).filter(|own| !own.is_loopback() && !own.is_unspecified());
    // All of 127/8 is this computer on Linux.
    let other = cfg!(target_os = "linux").then(|| std::net::IpAddr::from([127, 0, 0, 2]));
    for address in outward.into_iter().chain(other) {
        let socket = std::net::SocketAddr::new(address, server.port);
        assert!(TcpStream::connect_timeout(&socket, Duration::from_secs(10)).is_err(), "{socket} is answered");
    }
    assert_eq!(server.get("/").status, 200);
}

/// Whatever a path is made to look like, and whatever links lie in the project.
#[cfg(unix)]
#[test]
fn no_path_leads_out_of_the_site() {
    let project = Project::copy_of(&case("empty"));
    project.write("secret.txt", "top secret");
    for link in ["data/etc", "output", "weekly", "templates"] {
        std::os::unix::fs::symlink("/etc", project.root().join(link)).expect("a link");
    }
    let server = Server::start(&project);
    let own = format!("127.0.0.1:{}", server.port);
    let long = format!("/{}", "../".repeat(2000));
    let root = project.root().display().to_string();
    for path in [
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/.%2e/secret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/index.html/../../secret.txt",
        "/./../secret.txt",
        "/....//secret.txt",
        "/..;/secret.txt",
        "/secret.txt",
        "/secret.txt%00.html",
        "/%00",
        "/output/passwd",
        "/weekly/passwd",
        "/data/etc/passwd",
        "/templates/passwd",
        "/file:///etc/passwd",
        "//etc/passwd",
        "/.heatpack/../secret.txt",
        "/.heatpack/changes/../../secret.txt?seen=",
        &long,
        &format!("{root}/secret.txt"),
    ] {
        let reply = server.ask("GET", path, &own);
        let text = reply.text();
        assert!(!text.contains("top secret") && !text.contains("root:"), "{path}: {text}");
        assert!(matches!(reply.status, 200 | 400 | 404 | 414 | 431), "{path}: {}", reply.status);
        assert!(reply.status != 200 || path.starts_with("/.heatpack/changes/"), "{path} is served: {text}");
    }
    // A request that names another place than its host is not for this server, and a text that is not a request is rejected.
    for request in [
        "GET http://evil.example/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: HOST@evil.example\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: evil.example#HOST\r\nConnection: close\r\n\r\n",
    ] {
        let reply = server.send(&request.replace("HOST", &own));
        assert!(matches!(reply.status, 400 | 403), "{request}: {}", reply.status);
    }
    for request in
        ["GET /\0 HTTP/1.1\r\nHost: HOST\r\n\r\n", "GET ../secret.txt HTTP/1.1\r\nHost: HOST\r\n\r\n", "GET\r\n\r\n"]
    {
        assert_eq!(server.send(&request.replace("HOST", &own)).status, 400, "{request:?}");
    }
}

#[test]
fn a_ticket_that_is_saved_is_on_the_page_that_is_open() {
    let project = sample_project();
    let server = Server::start(&project);
    let before = server.get(PAGE);
    let other = server.get("/rules.html").digest();
    let text = project.read(TICKET).replace("Leadership dashboard stops half-way", "Dashboard stops at tile five");
    project.write(TICKET, text);
    let after = server.changed(PAGE, &before.digest());
    assert!(after.text().contains("Dashboard stops at tile five"), "{}", after.text());
    assert!(!after.text().contains("heatpack-live"), "nothing is wrong");
    // A page that the change does not touch stays as it is.
    assert_eq!(server.get("/rules.html").digest(), other);
    // A new ticket gets a page, and one that is gone loses its own.
    let new = project.read(TICKET).replace("HEAT-10382", "HEAT-19999").replace("N-2021", "N-9999");
    let missing = server.get("/tickets/HEAT-19999.html");
    assert_eq!(missing.status, 404);
    project.write("data/tickets/2026/HEAT-19999.yaml", new);
    let there = server.changed("/tickets/HEAT-19999.html", &missing.digest());
    assert_eq!(there.status, 200);
    project.remove("data/tickets/2026/HEAT-19999.yaml");
    assert_eq!(server.changed("/tickets/HEAT-19999.html", &there.digest()).status, 404);
}

#[test]
fn an_error_in_a_record_is_shown_above_the_page_until_it_is_mended() {
    let project = sample_project();
    let server = Server::start(&project);
    let sound = server.get("/rules.html");
    let text = project.read(TICKET);
    project.write(TICKET, text.replace("poc: psample", "poc: psampel <b>"));
    let broken = server.changed("/rules.html", &sound.digest());
    let page = broken.text();
    assert!(page.contains("There is an error in the records."), "{page}");
    assert!(page.contains(&format!("--&gt; {TICKET}:6:6")) && page.contains("poc: psampel &lt;b&gt;"), "{page}");
    project.write(TICKET, text);
    let fixed = server.changed("/rules.html", &broken.digest());
    assert_eq!(fixed.text(), sound.text());
}

#[test]
fn an_error_in_a_template_is_shown_and_ours_stands_in_until_it_is_mended() {
    let project = Project::copy_of(&case("empty"));
    let server = Server::start(&project);
    let ours = server.get("/rules.html");
    // One that cannot be read, then one that cannot be filled in, in a folder that was not there.
    let mut seen = ours.digest();
    for (text, line) in [("one\n  {% for x in %}\n", 2), ("one\n\n{{ page.nosuch }}\n", 3)] {
        project.write("templates/site/rules.html", text);
        let broken = server.changed("/rules.html", &seen);
        let page = broken.text();
        assert!(page.contains("A template has an error"), "{page}");
        assert!(page.contains(&format!("--&gt; templates/site/rules.html:{line}:")), "{page}");
        assert!(page.contains("<h1>"), "ours stands in: {page}");
        seen = broken.digest();
    }
    project.write("templates/site/rules.html", "<!doctype html><title>{{ site.organization }}</title><body>Own</body>");
    let own = server.changed("/rules.html", &seen);
    assert!(own.text().contains("<body>Own<script data-page="), "{}", own.text());
    project.remove("templates/site/rules.html");
    assert_eq!(server.changed("/rules.html", &own.digest()).text(), ours.text());
}

#[test]
fn settings_that_cannot_be_read_are_told_and_the_server_goes_on() {
    let project = Project::copy_of(&case("empty"));
    let server = Server::start(&project);
    let before = server.get("/rules.html");
    let settings = project.read("data/heatpack.yaml");
    project.write("data/heatpack.yaml", "organization: [\n");
    let broken = server.changed("/rules.html", &before.digest());
    assert!(broken.text().contains("--&gt; data/heatpack.yaml:"), "{}", broken.text());
    project.write("data/heatpack.yaml", settings);
    assert_eq!(server.changed("/rules.html", &broken.digest()).text(), before.text());
}

#[test]
fn a_port_that_is_taken_is_said() {
    let project = Project::copy_of(&case("empty"));
    let server = Server::start(&project);
    let run = project.run(&["serve", "--port", &server.port.to_string()]).ended(2);
    assert!(run.stderr.contains(&format!("cannot listen on port {}; use `--port 0` for any free port", server.port)));
}

/// Ctrl-C and `kill` end the process at once, with nothing left behind.
#[cfg(unix)]
#[test]
fn it_ends_when_it_is_told_to() {
    use std::os::unix::process::ExitStatusExt;
    for (name, number) in [("INT", 2), ("TERM", 15)] {
        let project = Project::copy_of(&case("empty"));
        let before = crate::support::files(&project.root());
        let mut server = Server::start(&project);
        // A browser that waits for changes is no reason to stay.
        let digest = server.get("/").digest();
        let mut waiting = TcpStream::connect(("127.0.0.1", server.port)).expect("a connection");
        let request =
            format!("GET /.heatpack/changes/?seen={digest} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port);
        waiting.write_all(request.as_bytes()).expect("a request sent");
        let told =
            std::process::Command::new("sh").args(["-c", &format!("kill -{name} {}", server.child.id())]).status();
        assert!(told.expect("a shell").success());
        let started = Instant::now();
        let status = loop {
            match server.child.try_wait().expect("a status") {
                Some(status) => break status,
                None if started.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(20)),
                None => panic!("it goes on after the signal {name}"),
            }
        };
        assert_eq!(status.signal(), Some(number));
        assert!(TcpStream::connect(("127.0.0.1", server.port)).is_err(), "the port is closed");
        assert_eq!(crate::support::files(&project.root()), before, "nothing was written");
    }
}
