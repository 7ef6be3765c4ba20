// The form of a vote: it makes the text that a member signs, and the command with which staff add the vote.
(function () {
  "use strict";
  var form = document.querySelector("div.vote");
  if (!form || !window.Intl || !window.TextEncoder) { return; }
  var status = form.querySelector("[role=status]");
  var shown = form.querySelector("pre");
  var ofNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  form.hidden = false;

  // "2026-11-17 14:05" in the time zone of the records.
  function now() {
    var parts = {};
    var format = new Intl.DateTimeFormat("en-US", {
      timeZone: form.dataset.zone, hourCycle: "h23",
      year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit"
    });
    format.formatToParts(new Date()).forEach(function (part) { parts[part.type] = part.value; });
    return parts.year + "-" + parts.month + "-" + parts.day + " " + parts.hour + ":" + parts.minute;
  }

  function hex(buffer) {
    return Array.prototype.map.call(new Uint8Array(buffer), function (byte) {
      return ("0" + byte.toString(16)).slice(-2);
    }).join("");
  }

  function digest(text) {
    if (text === "") { return Promise.resolve(ofNothing); }
    if (!window.crypto || !window.crypto.subtle) { return Promise.reject(new Error("insecure")); }
    return window.crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)).then(hex);
  }

  function quoted(text) { return "'" + text.replace(/'/g, "'\\''") + "'"; }

  function download(text) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    link.download = "vote.txt";
    document.body.appendChild(link);
    link.click();
    link.remove();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  function field(name) { return form.querySelector("[name=" + name + "]"); }

  form.querySelector("button").addEventListener("click", function () {
    var by = field("by").value;
    var decision = field("decision").value;
    var reason = field("reason").value.trim();
    shown.hidden = true;
    if (decision !== "approve" && reason === "") {
      status.textContent = "Enter a reason: every decision but approve needs one.";
      field("reason").focus();
      return;
    }
    var at = now();
    digest(reason).then(function (ofReason) {
      download(["heatpack decision v1", "cr " + form.dataset.cr, "digest " + form.dataset.digest,
        "decision " + decision, "by " + by, "at " + at, "reason sha256:" + ofReason, ""].join("\n"));
      status.textContent = "vote.txt is in your downloads. Send this command to the Help Desk with it:";
      shown.textContent = "heatpack sign " + form.dataset.cr + " --decision " + decision + " --as " + by +
        " --at " + quoted(at) + (reason === "" ? "" : " --reason " + quoted(reason)) + " --signature vote.txt.sig";
      shown.hidden = false;
    }, function () {
      status.textContent = "This browser allows no reason on a page without https. Ask the Help Desk for the text to sign.";
    });
  });
})();
