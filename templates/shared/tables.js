// Sorting and filtering of tables, and scrolling them by keyboard. Without it every table reads as it stands.
(function () {
  "use strict";
  var compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;

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
    var rows = Array.from(body.rows).map(function (row, place) { return { row: row, key: key(row, column), place: place }; });
    rows.sort(function (a, b) {
      // Blank cells stay at the end, whichever way the rest is turned.
      var blank = (a.key === "" || a.key === "–") - (b.key === "" || b.key === "–");
      var order = compare(a.key, b.key);
      return blank || (down ? -order : order) || a.place - b.place;
    });
    rows.forEach(function (entry) { body.appendChild(entry.row); });
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
    var shown = document.createElement("span");
    box.className = "filter";
    input.type = "search";
    input.id = "filter-" + number;
    label.htmlFor = input.id;
    label.textContent = "Show only rows with";
    shown.setAttribute("role", "status");
    box.append(label, input, shown);
    table.before(box);
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var left = 0;
      rows.forEach(function (row, place) {
        row.hidden = !words.every(function (word) { return texts[place].includes(word); });
        if (!row.hidden) { left += 1; }
      });
      shown.textContent = words.length ? left + " of " + rows.length + " rows" : "";
    });
  }

  // A table that fits scrolls with the page, and its head stays at the top of the screen; one that is too wide and
  // long scrolls within its box, and its head stays at the top of that.
  function placeHeads() {
    var boxes = Array.from(document.querySelectorAll(".scroll"));
    boxes.forEach(function (box) { box.classList.remove("fits", "tall"); });
    // All are measured before one is changed: a large page is laid out once and not for every table.
    var wide = boxes.map(function (box) { return box.scrollWidth > box.clientWidth; });
    boxes.forEach(function (box, place) { box.classList.add(wide[place] ? "tall" : "fits"); });
  }

  // Whatever is too wide for the screen can be reached, and then moved with the arrow keys.
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
  reachScrollers();
  window.addEventListener("resize", reachScrollers);

  document.querySelectorAll("table.sortable").forEach(function (table, number) {
    if (!table.tHead || !table.tBodies.length || table.tBodies[0].rows.length < 2) { return; }
    addSorting(table);
    addFilter(table, number);
  });
})();
