(function () {
  'use strict';
  var SCREEN = 100, PAPER = 5000, PAGE = SCREEN;
  var data = JSON.parse(document.getElementById('data').textContent);
  var byId = function (id) { return document.getElementById(id); };
  var shown = data.findings, page = 0, current = -1, opened = -1;

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  }
  function option(select, value) {
    var made = element('option', '', value);
    made.value = value;
    byId(select).appendChild(made);
  }
  data.findings.forEach(function (f) {
    f.text = (data.rules[f.rule].title + ' ' + f.rule + ' ' + f.where + ' ' + f.evidence + ' ' +
      f.fields.join(' ')).toLowerCase();
  });
  ['severity', 'group', 'rule'].forEach(function (key) {
    var seen = new Set(data.findings.map(function (f) { return f[key]; }));
    var values = Array.from(seen);
    if (key === 'rule') { values.sort(); }
    values.forEach(function (value) { option(key, value); });
    byId(key).addEventListener('change', filter);
  });

  function filter() {
    var words = byId('search').value.toLowerCase(), path = byId('path').value.toLowerCase();
    shown = data.findings.filter(function (f) {
      return ['severity', 'group', 'rule'].every(function (key) {
        return !byId(key).value || f[key] === byId(key).value;
      }) && f.where.toLowerCase().indexOf(path) >= 0 && f.text.indexOf(words) >= 0;
    });
    page = 0; current = -1; opened = -1;
    draw();
  }
  function detail(f) {
    var rule = data.rules[f.rule], box = element('div', 'detail');
    box.id = 'detail';
    box.appendChild(element('p', '', rule.description));
    box.appendChild(element('p', 'path', f.where));
    box.appendChild(element('p', 'soft', 'volume ' + f.volume + ', ' + f.origin +
      (f.status ? ', ' + f.status : '') + (f.further ? ', ' + f.further : '')));
    if (f.evidence) {
      box.appendChild(element('h3', '', 'Evidence'));
      box.appendChild(element('pre', '', f.evidence));
    }
    f.fields.forEach(function (field) { box.appendChild(element('p', 'soft', field)); });
    box.appendChild(element('h3', '', 'What to do'));
    box.appendChild(element('pre', '', rule.remediation));
    rule.references.forEach(function (r) { box.appendChild(element('p', 'soft', r)); });
    return box;
  }
  function draw() {
    var rows = byId('rows'), from = page * PAGE, to = Math.min(shown.length, from + PAGE);
    rows.textContent = '';
    var group = '';
    for (var i = from; i < to; i++) {
      var f = shown[i];
      if (f.group !== group) {
        group = f.group;
        rows.appendChild(element('div', 'group', group));
      }
      var row = element('button', 'row');
      row.type = 'button';
      row.dataset.index = i;
      row.setAttribute('aria-expanded', String(i === opened));
      row.appendChild(element('b', f.severity, f.severity));
      row.appendChild(element('span', 'what', data.rules[f.rule].title + ' (' + f.rule + ')' +
        (f.status ? ', ' + f.status : '')));
      row.appendChild(element('span', 'path', f.where));
      rows.appendChild(row);
      if (i === opened) { rows.appendChild(detail(f)); }
    }
    if (shown.length === 0) { rows.appendChild(element('div', 'group', 'No finding matches.')); }
    byId('count').textContent = shown.length + ' of ' + data.findings.length + ' findings';
    byId('where').textContent = shown.length ? (from + 1) + '–' + to : '';
    byId('previous').disabled = page === 0;
    byId('next').disabled = to >= shown.length;
  }
  function focus(index) {
    if (index < 0 || index >= shown.length) { return; }
    current = index;
    if (Math.floor(index / PAGE) !== page) { page = Math.floor(index / PAGE); draw(); }
    var row = byId('rows').querySelector('[data-index="' + index + '"]');
    if (row) { row.focus(); }
  }
  function toggle(index) {
    opened = opened === index ? -1 : index;
    draw();
    focus(index);
  }
  byId('rows').addEventListener('click', function (event) {
    var row = event.target.closest('.row');
    if (row) { toggle(Number(row.dataset.index)); }
  });
  byId('rows').addEventListener('focusin', function (event) {
    var row = event.target.closest('.row');
    if (row) { current = Number(row.dataset.index); }
  });
  ['search', 'path'].forEach(function (id) { byId(id).addEventListener('input', filter); });
  function turn(by) { page += by; current = -1; opened = -1; draw(); }
  byId('previous').addEventListener('click', function () { turn(-1); });
  byId('next').addEventListener('click', function () { turn(1); });
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    var tag = event.target.tagName, typing = tag === 'INPUT' || tag === 'SELECT';
    if (event.key === 'Escape') {
      if (typing) { event.target.blur(); } else if (opened >= 0) { toggle(opened); }
      return;
    }
    if (typing) { return; }
    var next = current < 0 ? page * PAGE : current + 1;
    if (event.key === '/') { byId('search').focus(); }
    else if (event.key === 'j' || event.key === 'ArrowDown') { focus(next); }
    else if (event.key === 'k' || event.key === 'ArrowUp') { focus(current - 1); }
    else { return; }
    event.preventDefault();
  });
  // Paper has no next page to turn to.
  window.addEventListener('beforeprint', function () { PAGE = PAPER; turn(-page); });
  window.addEventListener('afterprint', function () { PAGE = SCREEN; turn(-page); });
  byId('plain').remove();
  byId('live').hidden = false;
  draw();
})();
