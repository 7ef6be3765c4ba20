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
  records.forEach(function (record) {
    record.id_key = plain(record.id);
    record.title_key = plain(record.title);
    record.all_key = plain([record.id, record.title, record.kind, record.words].join(" "));
  });

  // A number named in full comes first, then ids, then titles, then the rest.
  function rank(record, words) {
    var first = words[0];
    if (record.id_key === first || record.id_key.endsWith("-" + first)) { return 0; }
    if (record.id_key.includes(first)) { return 1; }
    return words.every(function (word) { return record.title_key.includes(word); }) ? 2 : 3;
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
    return item;
  }

  function search() {
    var words = plain(input.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!words.length) { status.textContent = ""; return; }
    var found = records.filter(function (record) {
      return words.every(function (word) { return record.all_key.includes(word); });
    });
    found.forEach(function (record, place) { record.place = rank(record, words) * 1e9 + place; });
    found.sort(function (a, b) { return a.place - b.place; });
    found.slice(0, most).forEach(function (record) { list.append(line(record)); });
    status.textContent = found.length === 0 ? "No results" :
      found.length > most ? "The first " + most + " of " + found.length + " found" : found.length + " found";
  }

  box.hidden = false;
  input.addEventListener("input", search);
  input.addEventListener("keydown", function (event) {
    var first = list.querySelector("a");
    if (event.key === "Enter" && first) { first.click(); }
  });
  search();
})();
