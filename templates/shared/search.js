// The search box of the first page: it loads the parts of the index that a query needs.
// They are scripts, so that it works from a disk too. It does what src/search does: it cuts and stems words, and weighs
// documents in integers.
(function () {
  "use strict";
  var box = document.getElementById("search");
  if (!box) { return; }
  var input = box.querySelector("input");
  var list = box.querySelector("ol");
  var status = box.querySelector("[role=status]");
  var more = box.querySelector("button");
  var page = 20;
  var mostWords = 16;
  var exact = 8, begun = 4, slipped = 6;

  // Files, each loaded once, by name.
  var waiting = {};
  var loaded = {};
  window.heatpackSearch = function (name, value) { loaded[name] = value; };
  function load(name) {
    if (!waiting[name]) {
      waiting[name] = new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = "search/" + name + ".js?" + box.dataset.version;
        script.onload = function () { done(loaded[name]); };
        script.onerror = function () { delete waiting[name]; failed(new Error(name)); };
        document.head.append(script);
      });
    }
    return waiting[name];
  }
  function loadAll(names) { return Promise.all(names.map(load)); }

  // The words of a text, folded: as src/search/chunk.rs.
  var isWord = /[\p{Alphabetic}\p{N}]/u;
  var isDigit = /[0-9]/;
  function chunks(text) {
    var plain = Array.from(text.normalize("NFD").replace(/[\u0300-\u036f]/g, ""));
    var letters = Array.from(plain.map(function (letter) { return letter.toLowerCase(); }).join(""));
    var found = [];
    var open = "";
    letters.forEach(function (letter, at) {
      var next = letters[at + 1] || "";
      var last = open.slice(-1);
      if (isWord.test(letter)) {
        open += letter;
      } else if (open && /[-\u2010\u2011'\u2019]/.test(letter) && last !== "-" && last !== "'" && isWord.test(next)) {
        open += /['\u2019]/.test(letter) ? "'" : "-";
      } else if (open && /[.,]/.test(letter) && isDigit.test(last) && isDigit.test(next)) {
        open += letter;
      } else {
        if (open) { found.push(open); }
        open = "";
      }
    });
    if (open) { found.push(open); }
    return found;
  }
  function plainNumber(part) {
    if (/^[0-9]+$/.test(part)) { return part.replace(/^0+(?=.)/, ""); }
    return part.replace(/^fy20([0-9]{2})$/, "fy$1");
  }
  // The words to look for.
  function wanted(text, start) {
    var words = [];
    chunks(text).forEach(function (chunk) {
      var plain = chunk.replace(/'s$/, "").replace(/[',]/g, "");
      var parts = plain.split("-").filter(Boolean);
      if (isDigit.test(plain)) { parts = [parts.map(plainNumber).join("-")]; }
      parts.forEach(function (word) {
        var own = { word: word, stem: stem(word, start.irregular) };
        var isNew = words.every(function (other) { return other.stem !== own.stem; });
        if (isNew && words.length < mostWords && start.stop.indexOf(word) < 0) { words.push(own); }
      });
    });
    return words;
  }

  // The stem of an English word: Snowball's algorithm, version 3.
  var special = { skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl",
    sky: "sky", news: "news", howe: "howe", atlas: "atlas", cosmos: "cosmos", bias: "bias", andes: "andes" };
  var second = [["ization", "ize"], ["ational", "ate"], ["fulness", "ful"], ["ousness", "ous"], ["iveness", "ive"], ["tional", "tion"],
    ["biliti", "ble"], ["lessli", "less"], ["entli", "ent"], ["ation", "ate"], ["alism", "al"], ["aliti", "al"], ["ousli", "ous"],
    ["iviti", "ive"], ["fulli", "ful"], ["ogist", "og"], ["enci", "ence"], ["anci", "ance"], ["abli", "able"], ["izer", "ize"],
    ["ator", "ate"], ["alli", "al"], ["bli", "ble"], ["ogi", "og"], ["li", ""]];
  var third = [["ational", "ate"], ["tional", "tion"], ["alize", "al"], ["icate", "ic"], ["iciti", "ic"], ["ative", ""], ["ical", "ic"],
    ["ness", ""], ["ful", ""]];
  var fourth = ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic"];
  function stem(word, irregular) {
    if (word.length > 40 || !/^[a-z]+$/.test(word)) { return word; }
    var regular = irregular.filter(function (pair) { return pair[0] === word; })[0];
    var w = regular ? regular[1] : word;
    if (Object.prototype.hasOwnProperty.call(special, w)) { return special[w]; }
    if (w.length < 3) { return w; }
    w = w.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    function region(from) {
      var found = /[aeiouy][^aeiouy]/.exec(w.slice(from));
      return found ? from + found.index + 2 : w.length;
    }
    var begins = /^(arsen|commun|emerg|gener|inter|later|organ|past|univers)/.exec(w);
    var r1 = begins ? begins[0].length : region(0);
    var r2 = region(r1);
    function ends(suffix) { return w.slice(-suffix.length) === suffix && w.length >= suffix.length; }
    function without(count) { return w.slice(0, w.length - count); }
    function isShort(text) {
      return /[^aeiouy][aeiouy][^aeiouywxY]$/.test(text) || /^[aeiouy][^aeiouy]$/.test(text) || /past$/.test(text);
    }

    if (ends("sses")) { w = without(2); }
    else if (ends("ied") || ends("ies")) { w = w.length > 4 ? without(2) : without(1); }
    else if (ends("s") && !/(us|ss)$/.test(w) && /[aeiouy]/.test(without(2))) { w = without(1); }

    var suffix = (/(eedly|ingly|edly|eed|ing|ed)$/.exec(w) || [""])[0];
    var rest = without(suffix.length);
    if (suffix === "eed" || suffix === "eedly") {
      if (rest.length >= r1 && !/^(succ|proc|exc)$/.test(rest)) { w = rest + "ee"; }
    } else if (suffix === "ing" && /^[^aeiouy]y$/.test(rest)) {
      w = rest[0] + "ie";
    } else if (suffix && !(suffix === "ing" && /^(even|cann|inn|earr|herr|out)$/.test(rest)) && /[aeiouy]/.test(rest)) {
      w = rest;
      if (/(at|bl|iz)$/.test(w)) { w += "e"; }
      else if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(w)) { if (!/^[aeo]..$/.test(w)) { w = without(1); } }
      else if (w.length === r1 && isShort(w)) { w += "e"; }
    }

    if (/[yY]$/.test(w) && w.length > 2 && !/[aeiouy].$/.test(w)) { w = without(1) + "i"; }

    replaceFirst(second, function (from, before) {
      return from === "ogi" ? /l$/.test(before) : from !== "li" || /[cdeghkmnrt]$/.test(before);
    });
    replaceFirst(third, function (from, before) { return from !== "ative" || before.length >= r2; });
    function replaceFirst(pairs, fits) {
      var pair = pairs.filter(function (own) { return ends(own[0]); })[0];
      var before = pair ? without(pair[0].length) : "";
      if (pair && before.length >= r1 && fits(pair[0], before)) { w = before + pair[1]; }
    }

    var last = fourth.filter(ends)[0];
    if (last && w.length - last.length >= r2 && (last !== "ion" || /[st]ion$/.test(w))) { w = without(last.length); }

    if (ends("e")) {
      if (w.length - 1 >= r2 || (w.length - 1 >= r1 && !isShort(without(1)))) { w = without(1); }
    } else if (ends("ll") && w.length - 1 >= r2) {
      w = without(1);
    }
    return w.replace(/Y/g, "y");
  }

  // Whether a word may have a slip, and whether two words differ by one letter that is missing, added, wrong, or swapped.
  function mayHaveASlip(word) { return Array.from(word).length >= 4 && !isDigit.test(word); }
  function isNear(a, b) {
    if (Math.abs(a.length - b.length) > 2) { return false; }
    var x = Array.from(a), y = Array.from(b), at = 0;
    while (at < x.length && at < y.length && x[at] === y[at]) { at += 1; }
    function same(from, other) { return x.slice(from).join("") === y.slice(other).join(""); }
    return (x.length === y.length && (same(at + 1, at + 1) || (x[at] === y[at + 1] && x[at + 1] === y[at] && same(at + 2, at + 2)))) ||
      (x.length === y.length + 1 && same(at + 1, at)) || (x.length + 1 === y.length && same(at, at + 1));
  }

  // The stems are in the order of their code points.
  function isBefore(a, b) {
    var x = Array.from(a), y = Array.from(b), at = 0;
    while (at < x.length && at < y.length && x[at] === y[at]) { at += 1; }
    return at < y.length && (at >= x.length || x[at].codePointAt(0) < y[at].codePointAt(0));
  }
  // The shards that may have stems with that beginning; those of one stem alone if it is whole.
  function shardsOf(start, text, isWhole) {
    var from = 0, names = [];
    while (from + 1 < start.firsts.length && !isBefore(text, start.firsts[from + 1])) { from += 1; }
    do {
      names.push("stems-" + from);
      from += 1;
    } while (!isWhole && from < start.firsts.length && start.firsts[from].indexOf(text) === 0);
    return start.firsts.length ? names : [];
  }
  var parsed = {};
  function termsOf(name) {
    if (!parsed[name]) {
      parsed[name] = new Map();
      loaded[name].split("\n").forEach(function (line) {
        var parts = line.split("|");
        if (parts.length === 4) { parsed[name].set(parts[0], parts); }
      });
    }
    return parsed[name];
  }
  var digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  var values = {};
  Array.from(digits).forEach(function (digit, value) { values[digit] = value; });
  // Adds to `best` what a stem counts for in each document.
  function weigh(term, eighths, best) {
    var rarity = Number(term[2]), text = term[3], at = 0, place = 0;
    function number() {
      var value = 0, shift = 0, digit;
      do {
        digit = values[text[at]];
        value += (digit & 31) << shift;
        shift += 5;
        at += 1;
      } while (digit & 32);
      return value;
    }
    while (at < text.length) {
      place += number();
      var score = rarity * number() * eighths;
      if (score > (best.get(place) || 0)) { best.set(place, score); }
    }
  }

  var words = null;
  function allWords() {
    return load("words").then(function (text) {
      var before = [];
      words = words || text.split(" ").filter(Boolean).map(function (coded) {
        before = before.slice(0, parseInt(coded[0], 36)).concat(Array.from(coded.slice(1)));
        return before.join("");
      });
      return words;
    });
  }

  // The stems to look for, each as [term, eighths].
  function termsFor(own, isLast, start, meant) {
    var letters = Array.from(own.word);
    var isStart = isLast && letters.length >= 3;
    var head = letters.slice(0, 3).join("");
    return loadAll(shardsOf(start, own.stem, true).concat(isStart ? shardsOf(start, head, false) : [])).then(function () {
      var terms = find(start, own.stem, exact);
      if (isStart) {
        shardsOf(start, head, false).forEach(function (name) {
          termsOf(name).forEach(function (term, stem) {
            var all = term[1] ? term[1].split(" ") : [];
            var fits = stem.indexOf(own.word) === 0 || all.some(function (word) { return word.indexOf(own.word) === 0; });
            if (fits && stem !== own.stem && stem.indexOf(head) === 0) { terms.push([term, begun]); }
          });
        });
      }
      if (terms.length || !mayHaveASlip(own.word)) { return terms; }
      return allWords().then(function (words) {
        var near = words.filter(function (word) { return isNear(own.word, word); });
        var stems = Array.from(new Set(near.map(function (word) { return stem(word, start.irregular); })));
        if (near.length) { meant.push([own.word, near]); }
        var names = [].concat.apply([], stems.map(function (stem) { return shardsOf(start, stem, true); }));
        return loadAll(names).then(function () {
          return [].concat.apply([], stems.map(function (stem) { return find(start, stem, slipped); }));
        });
      });
    });
  }
  function find(start, stem, eighths) {
    var name = shardsOf(start, stem, true)[0];
    var term = name && termsOf(name).get(stem);
    return term ? [[term, eighths]] : [];
  }

  // What a query finds: `found` holds the places of documents, the best first.
  function search(text) {
    return load("start").then(function (start) {
      var all = wanted(text, start);
      var meant = all.map(function () { return []; });
      return Promise.all(all.map(function (own, place) {
        return termsFor(own, place + 1 === all.length, start, meant[place]);
      })).then(function (terms) {
        var scores = new Map();
        terms.forEach(function (own) {
          var best = new Map();
          own.forEach(function (term) { weigh(term[0], term[1], best); });
          best.forEach(function (score, place) {
            var sum = scores.get(place) || [0, 0];
            scores.set(place, [sum[0] + score, sum[1] + 1]);
          });
        });
        var fewest = Math.ceil(all.length / 2);
        var found = [];
        scores.forEach(function (sum, place) { if (sum[1] >= fewest) { found.push({ place: place, score: sum[0] * sum[1] }); } });
        found.sort(function (a, b) { return b.score - a.score || b.place - a.place; });
        return { found: found, meant: [].concat.apply([], meant), size: start.size };
      });
    });
  }

  // "2026-11-18" as "Nov 18, 2026".
  var months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  function inWords(date) {
    var parts = date.split("-");
    return parts.length === 3 ? months[parts[1] - 1] + " " + Number(parts[2]) + ", " + parts[0] : "";
  }
  function line(record) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var title = document.createElement("bdi");
    link.href = record[4];
    link.className = "id";
    link.textContent = record[0];
    title.textContent = record[1];
    item.append(link, " ", title);
    var about = [record[2], inWords(record[3])].filter(Boolean).join(", ");
    if (about) {
      var note = document.createElement("span");
      note.className = "faint";
      note.textContent = " – " + about;
      item.append(note);
    }
    return item;
  }

  // The last query typed; earlier ones that are still loading are dropped.
  var current = 0;
  function show(hits, from) {
    var own = current;
    var some = hits.found.slice(from, from + page);
    var names = some.map(function (found) { return "records-" + Math.floor(found.place / hits.size); });
    return loadAll(Array.from(new Set(names))).then(function () {
      if (own !== current) { return; }
      var lines = some.map(function (found, at) { return line(loaded[names[at]][found.place % hits.size]); });
      if (from === 0) { list.replaceChildren(); }
      list.append.apply(list, lines);
      var shown = from + some.length, all = hits.found.length;
      var meant = hits.meant.map(function (pair) { return pair[1].slice(0, 3).join(" or "); }).join(", ");
      status.textContent = all === 0 ? "No results" :
        (all > shown ? "The first " + shown + " of " + all + " found" : all + " found") + (meant ? ", for " + meant : "");
      more.hidden = all <= shown;
      more.onclick = function () {
        show(hits, shown).then(function () {
          var next = list.children[shown];
          if (next) { next.querySelector("a").focus(); }
        });
      };
    });
  }
  function typed() {
    current += 1;
    var own = current;
    box.dataset.shown = "";
    if (!input.value.trim()) {
      list.replaceChildren();
      status.textContent = "";
      more.hidden = true;
      return;
    }
    search(input.value).then(function (hits) {
      return own === current ? show(hits, 0) : null;
    }).then(function () {
      if (own === current) { box.dataset.shown = input.value; }
      if (own === opening) { open(); }
    }).catch(function () {
      if (own === current) { status.textContent = "The search cannot be loaded. The lists below work without it."; }
    });
  }

  // Enter opens the first record; if it is still to be found, as soon as it is.
  var opening = 0;
  function open() {
    var first = list.querySelector("a");
    if (first) { first.click(); }
  }

  box.hidden = false;
  input.addEventListener("input", typed);
  input.addEventListener("focus", function () { load("start").catch(function () {}); });
  input.addEventListener("keydown", function (event) {
    if (event.key !== "Enter") { return; }
    if (box.dataset.shown === input.value) { open(); } else { opening = current; }
  });
  // For tests, which compare this with the terminal.
  box.heatpack = { search: search, stem: stem, load: load };
  function asked() {
    if (window.location.hash.indexOf("#find=") === 0) {
      input.value = decodeURIComponent(window.location.hash.slice(6));
      input.focus();
    }
    typed();
  }
  window.addEventListener("hashchange", asked);
  asked();
})();
