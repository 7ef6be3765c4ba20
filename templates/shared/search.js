// The search box of the first page: it looks through the records that the page itself carries.
(function () {
  "use strict";
  var data = document.getElementById("search-data");
  var box = document.getElementById("search");
  if (!data || !box) { return; }
  var records = JSON.parse(data.textContent);
  var input = box.querySelector("input");
  var list = box.querySelector("ol");
  var status = box.querySelector("[role=status]");
  var most = 50;

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
  // "useful lives" finds "useful life": a word without the ending of its plural.
  function stem(word) {
    if (word.length < 4 || /\d/.test(word)) { return word; }
    return word.replace(/ies$/, "y").replace(/ves$/, "f").replace(/([sxz]|ch|sh)es$/, "$1").replace(/([^s])s$/, "$1").replace(/fe$/, "f");
  }
  function words(text) { return plain(text).split(/[^a-z0-9-]+/).filter(Boolean); }

  // "2026-11-18" as "Nov 18, 2026".
  var months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  function inWords(date) {
    var parts = (date || "").split("-");
    return parts.length === 3 ? months[parts[1] - 1] + " " + Number(parts[2]) + ", " + parts[0] : "";
  }

  var vocabulary = new Set();
  records.forEach(function (record) {
    record.date_words = inWords(record.date);
    var all = [record.id, record.title, record.kind, record.words, record.state, record.date_words, record.date || ""].join(" ");
    var own = words(all);
    record.id_key = plain(record.id);
    record.title_key = plain(record.title);
    record.stems_of_title = words(record.title).map(stem);
    record.all_key = plain(all) + " " + own.map(stem).join(" ");
    own.forEach(function (word) { if (word.length > 3) { vocabulary.add(stem(word)); } });
  });

  // Whether two words differ by one letter that is missing, added, wrong, or swapped with the next.
  function isNear(a, b) {
    if (Math.abs(a.length - b.length) > 1 || a === b) { return a === b; }
    var at = 0;
    while (at < a.length && a[at] === b[at]) { at += 1; }
    return a.slice(at + 1) === b.slice(at + 1) || a.slice(at + 1) === b.slice(at) || a.slice(at) === b.slice(at + 1) ||
      (a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2));
  }

  // A number named in full comes first, then ids, then titles, then the rest.
  function rank(record, words) {
    var first = words[0];
    if (record.id_key === first || record.id_key.endsWith("-" + first)) { return 0; }
    if (record.id_key.includes(first)) { return 1; }
    return words.every(function (word) {
      return record.title_key.includes(word) || record.stems_of_title.includes(stem(word));
    }) ? 2 : 3;
  }

  function line(record) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var title = document.createElement("bdi");
    link.href = record.href;
    link.className = "id";
    link.textContent = record.id;
    title.textContent = record.title;
    item.append(link, " ", title);
    var more = [record.state, record.date_words].filter(Boolean).join(", ");
    if (more) {
      var note = document.createElement("span");
      note.className = "faint";
      note.textContent = " – " + more;
      item.append(note);
    }
    return item;
  }

  function search() {
    var typed = plain(input.value).split(/[\s,]+/).filter(Boolean);
    list.replaceChildren();
    if (!typed.length) { status.textContent = ""; return; }
    function has(record, word) { return record.all_key.includes(word) || record.all_key.includes(stem(word)); }
    var found = records.filter(function (record) {
      return typed.every(function (word) { return has(record, word); });
    });
    var meant = "";
    if (!found.length) {
      // A word that no record has may have a slip of the keyboard.
      var near = typed.map(function (word) {
        var known = word.length < 4 || records.some(function (record) { return has(record, word); });
        return known ? [word] : Array.from(vocabulary).filter(function (other) { return isNear(stem(word), other); });
      });
      found = records.filter(function (record) {
        return near.every(function (some) { return some.some(function (word) { return has(record, word); }); });
      });
      typed = near.map(function (some) { return some[0] || ""; });
      meant = found.length ? " for " + near.map(function (some) { return some.slice(0, 3).join(" or "); }).join(" ") : "";
    }
    found.forEach(function (record, place) { record.place = rank(record, typed) * 1e9 + place; });
    found.sort(function (a, b) { return a.place - b.place; });
    found.slice(0, most).forEach(function (record) { list.append(line(record)); });
    status.textContent = found.length === 0 ? "No results" :
      (found.length > most ? "The first " + most + " of " + found.length + " found" : found.length + " found") + meant;
  }

  box.hidden = false;
  input.addEventListener("input", search);
  input.addEventListener("keydown", function (event) {
    var first = list.querySelector("a");
    if (event.key === "Enter" && first) { first.click(); }
  });
  function asked() {
    if (window.location.hash.indexOf("#find=") === 0) {
      input.value = decodeURIComponent(window.location.hash.slice(6));
      input.focus();
    }
    search();
  }
  window.addEventListener("hashchange", asked);
  asked();
})();
