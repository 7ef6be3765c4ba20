// Sorting and filtering of tables, and scrolling them by keyboard. Without it every table is shown in full, in its own order.
(function () {
  "use strict";
  var compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
  // In a long table the browser draws the rows in sight first (style.css); the others follow in batches
  // while nothing is typed, for readers who use a screen reader or search.
  var batch = 40;
  var waiting = 0;

  function drawRest() {
    var rows = document.querySelectorAll("table.long > tbody > tr:not(.drawn):not([hidden])");
    for (var place = 0; place < rows.length && place < batch; place += 1) { rows[place].classList.add("drawn"); }
    waiting = rows.length > batch ? window.setTimeout(drawRest, 20) : 0;
  }
  function drawLater() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(drawRest, 500);
  }

  function isBlank(key) { return key === "" || key === "–"; }

  // What a cell sorts by: its own key, a date, or its words.
  function key(row, column) {
    var cell = row.cells[column];
    if (!cell) { return ""; }
    if (cell.dataset.key !== undefined) { return cell.dataset.key; }
    var time = cell.querySelector("time");
    return time ? time.getAttribute("datetime") : cell.textContent.trim();
  }

  function sort(table, heads, column) {
    var head = heads[column];
    var down = head.getAttribute("aria-sort") === "ascending";
    var body = table.tBodies[0];
    var entries = Array.from(body.rows).map(function (row) {
      var own = key(row, column);
      return { row: row, key: own, blank: isBlank(own) };
    });
    entries.sort(function (a, b) {
      // Blank cells stay at the end in both directions; equal cells keep their order.
      if (a.blank || b.blank) { return a.blank - b.blank; }
      if (a.key === b.key) { return 0; }
      return down ? compare(b.key, a.key) : compare(a.key, b.key);
    });
    var sorted = document.createDocumentFragment();
    entries.forEach(function (entry) {
      sorted.appendChild(entry.row);
      entry.row.classList.remove("drawn");
    });
    body.appendChild(sorted);
    drawLater();
    heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  }

  function addSorting(table) {
    var heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.title = "Sort by this column";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () { sort(table, heads, column); });
    });
  }

  function addFilter(table, number) {
    var rows = Array.from(table.tBodies[0].rows);
    if (rows.length < 8) { return; }
    var box = document.createElement("div");
    var label = document.createElement("label");
    var input = document.createElement("input");
    var where = document.createElement("select");
    var shown = document.createElement("span");
    box.className = "filter";
    input.type = "search";
    input.id = "filter-" + number;
    label.htmlFor = input.id;
    label.textContent = "Show only rows with";
    where.setAttribute("aria-label", "Column to look in");
    where.add(new Option("in any column", ""));
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      where.add(new Option("in " + head.textContent.trim(), column));
    });
    shown.setAttribute("role", "status");
    box.append(label, input, where, shown);
    table.before(box);
    // The texts of the rows or of a column, gathered at the first filter.
    var said = {};
    function textsOf(column) {
      said[column] = said[column] || rows.map(function (row) {
        var part = column === "" ? row : row.cells[column];
        return part ? part.textContent.toLowerCase() : "";
      });
      return said[column];
    }
    function filter() {
      var texts = textsOf(where.value);
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var left = 0;
      rows.forEach(function (row, place) {
        var hide = !words.every(function (word) { return texts[place].includes(word); });
        if (row.hidden !== hide) {
          row.hidden = hide;
          row.classList.remove("drawn");
        }
        if (!hide) { left += 1; }
      });
      shown.textContent = words.length ? left + " of " + rows.length + " rows" : "";
      drawLater();
    }
    input.addEventListener("input", filter);
    where.addEventListener("change", filter);
  }

  // A table that fits scrolls with the page, and its head stays at the top of the screen; one that is too wide and
  // long scrolls within its box, and its head stays at the top of that.
  function placeHeads() {
    var boxes = Array.from(document.querySelectorAll(".scroll"));
    boxes.forEach(function (box) { box.classList.remove("fits", "tall"); });
    var wide = boxes.map(function (box) { return box.scrollWidth > box.clientWidth; });
    boxes.forEach(function (box, place) { box.classList.add(wide[place] ? "tall" : "fits"); });
  }

  // An element too wide for the screen can be focused, and then scrolled with the arrow keys.
  function reachScrollers() {
    placeHeads();
    document.querySelectorAll(".scroll, .chart, pre").forEach(function (box) {
      if (box.scrollWidth <= box.clientWidth || box.hasAttribute("tabindex")) { return; }
      box.tabIndex = 0;
      if (box.tagName !== "DIV") { return; }
      var caption = box.querySelector("caption");
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", caption ? caption.textContent : "Table");
    });
  }

  // A table as cards on a phone (style.css): each cell says its column, and stays a cell for screen readers.
  function addCards(table) {
    var head = table.tHead && table.tHead.rows[0];
    if (!head || table.tHead.rows.length > 1 || table.querySelector("[colspan], [rowspan]") || table.closest(".form")) { return; }
    var labels = Array.from(head.cells).map(function (cell) { return cell.textContent.trim(); });
    table.classList.add("cards");
    table.setAttribute("role", "table");
    Array.from(table.tBodies).forEach(function (body) {
      body.setAttribute("role", "rowgroup");
      Array.from(body.rows).forEach(function (row) {
        row.setAttribute("role", "row");
        Array.from(row.cells).forEach(function (cell, column) {
          var inner = document.createElement("div");
          cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
          cell.dataset.label = labels[column] || "";
          if (!cell.childNodes.length) { return; }
          inner.className = "cell";
          while (cell.firstChild) { inner.appendChild(cell.firstChild); }
          cell.appendChild(inner);
        });
      });
    });
    table.tHead.setAttribute("role", "rowgroup");
    head.setAttribute("role", "row");
    Array.from(head.cells).forEach(function (cell) { cell.setAttribute("role", "columnheader"); });
  }

  // The search of every page leads to the first page, which has the records.
  document.querySelectorAll(".find").forEach(function (box) {
    var input = box.querySelector("input");
    box.hidden = false;
    input.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && input.value.trim()) {
        window.location.href = box.dataset.start + "#find=" + encodeURIComponent(input.value.trim());
      }
    });
  });

  if (window.matchMedia("(max-width: 40rem)").matches) { document.querySelectorAll("table").forEach(addCards); }
  document.querySelectorAll("table.sortable").forEach(function (table, number) {
    if (!table.tHead || !table.tBodies.length || table.tBodies[0].rows.length < 2) { return; }
    addSorting(table);
    addFilter(table, number);
  });
  reachScrollers();
  window.addEventListener("resize", reachScrollers);
  drawLater();
})();
