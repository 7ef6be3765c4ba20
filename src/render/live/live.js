// Asks the server whether this page has changed, and reloads it then.
(function () {
  "use strict";
  var seen = document.currentScript.dataset.page;
  var waiting = null;

  function ask() {
    // A hidden page keeps no connection open.
    if (document.hidden || waiting) { return; }
    waiting = new AbortController();
    fetch("/.heatpack/changes" + location.pathname + "?seen=" + seen, { cache: "no-store", signal: waiting.signal })
      .then(function (answer) {
        waiting = null;
        if (answer.status === 200) { location.reload(); }
        else { setTimeout(ask, answer.status === 204 ? 0 : 1000); }
      })
      .catch(function () { waiting = null; setTimeout(ask, 1000); });
  }

  document.addEventListener("visibilitychange", function () {
    if (document.hidden && waiting) { waiting.abort(); }
    ask();
  });
  ask();
})();
