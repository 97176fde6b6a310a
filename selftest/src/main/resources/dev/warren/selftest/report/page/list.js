// The list of suites and of their tests that did not pass: as many rows as fit are in the page, however long it is.
const ROW = 52;
const list = byId('list');
const rows = byId('rows');
const state = { show: 'all', testenv: '', order: 'run', words: [], items: [], active: -1 };

const KINDS = {
  all: { name: 'All', has: () => true },
  bad: { name: 'Failed', has: isBad },
  known: { name: 'Expected failures', has: suite => suite.counts[4] > 0 },
  skipped: { name: 'With skips', has: suite => suite.unrun || suite.counts[3] > 0 },
  good: { name: 'Passed', has: suite => !isBad(suite) && !suite.unrun },
};

// Lower-case texts to search in; made when first needed.
function searchable(thing) {
  if (thing.searchable === undefined) {
    thing.searchable = (thing.suite ? `${thing.id}\n${thing.reason}\n${thing.note}`
      : `${thing.name}\n${thing.testenv}\n${thing.reason}\n${thing.command}`).toLowerCase();
  }
  return thing.searchable;
}

// Its tests that passed are no rows, but they make it found.
function passedText(suite) {
  suite.passedText ??= passedOf(suite).join('\n').toLowerCase();
  return suite.passedText;
}

const finds = thing => state.words.every(word => searchable(thing).includes(word) || (!thing.suite && passedText(thing).includes(word)));

// The tests that passed for which a suite was found.
function passedHits(suite) {
  const words = state.words.filter(word => !searchable(suite).includes(word));
  if (!words.length) {
    return [];
  }
  const names = passedOf(suite);
  const all = names.filter(name => words.every(word => name.toLowerCase().includes(word)));
  return all.length ? all : names.filter(name => words.some(word => name.toLowerCase().includes(word)));
}

const shown = { all: isBad, bad: isBad, good: () => false, known: test => test.outcome === 'xfail', skipped: test => test.outcome === 'skip' };

function refresh(keep) {
  const before = keep ? state.items[state.active] : undefined;
  const chosen = SUITES.filter(suite => KINDS[state.show].has(suite) && (!state.testenv || suite.testenv === state.testenv));
  if (state.order === 'time') {
    chosen.sort((a, b) => b.took - a.took);
  } else if (state.order === 'name') {
    chosen.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }
  state.items = [];
  let suites = 0;
  for (const suite of chosen) {
    const found = finds(suite);
    const all = suite.tests.filter(test => (found ? shown[state.show](test) : finds(test)));
    if (found || all.length) {
      suites++;
      state.items.push(suite, ...all);
    }
  }
  rows.style.height = `${Math.max(1, state.items.length) * ROW}px`;
  const tests = state.items.length - suites;
  byId('found').textContent = `${plural(suites, 'suite')}${tests ? `, ${plural(tests, 'test')} of note` : ''}${suites === SUITES.length ? '' : ` of ${plural(SUITES.length, 'suite')}`}`;
  state.active = before ? state.items.indexOf(before) : -1;
  if (!keep) {
    list.scrollTop = 0;
  }
  draw();
}

function rowOf(item, position) {
  const test = item.suite;
  const [hit] = test ? [] : passedHits(item);
  const about = test
    ? lastLine(item.reason || item.note) || WORDS[item.outcome]
    : item.unrun ? `${item.testenv} · not run: ${item.reason}`
      : hit !== undefined ? `passed: ${shortId({ suite: item, id: hit })}`
        : `${item.testenv} · ${summary(item)}`;
  return element('div', {
    id: `row-${position}`, class: `row${test ? ' test' : ''}`, role: 'option', 'data-position': position,
    'aria-selected': String(position === state.active), 'aria-setsize': state.items.length, 'aria-posinset': position + 1,
    title: test ? item.id : item.name,
    'aria-label': `${test ? `Test ${item.id}` : `Suite ${item.name}`}, ${WORDS[item.outcome]}, ${about}`,
  }, mark(item.outcome), element('div', {}, element('b', {}, test ? shortId(item) : item.name), element('small', {}, about)),
  item.unrun ? '' : element('time', {}, duration(item.took)));
}

function summary(suite) {
  const all = sum(suite.counts);
  const bad = suite.counts[1] + suite.counts[2] + suite.counts[5];
  const parts = [bad ? `${number(bad)} of ${plural(all, 'test')} bad` : plural(all, 'test')];
  if (!bad && isBad(suite)) {
    parts.push(lastLine(suite.reason) || WORDS[suite.outcome]);
  }
  if (suite.counts[4]) {
    parts.push(`${number(suite.counts[4])} expected`);
  }
  if (suite.counts[3]) {
    parts.push(`${number(suite.counts[3])} skipped`);
  }
  return parts.join(' · ');
}

function draw() {
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 4);
  const last = Math.min(state.items.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + 4);
  const made = [];
  for (let i = first; i < last; i++) {
    const row = rowOf(state.items[i], i);
    row.style.top = `${i * ROW}px`;
    made.push(row);
  }
  if (!state.items.length) {
    made.push(element('p', { class: 'empty' }, state.words.length ? 'Nothing matches.' : 'There is none.'));
  }
  rows.replaceChildren(...made);
  if (state.active >= 0) {
    list.setAttribute('aria-activedescendant', `row-${state.active}`);
  } else {
    list.removeAttribute('aria-activedescendant');
  }
}

function choose(position, open) {
  if (!state.items.length) {
    return;
  }
  state.active = Math.min(Math.max(position, 0), state.items.length - 1);
  const top = state.active * ROW;
  if (top < list.scrollTop) {
    list.scrollTop = top;
  } else if (top + ROW > list.scrollTop + list.clientHeight) {
    list.scrollTop = top + ROW - list.clientHeight;
  }
  draw();
  if (open || wide()) {
    show(state.items[state.active], open);
  }
}

const wide = () => window.matchMedia('(min-width: 861px)').matches;

list.addEventListener('scroll', draw, { passive: true });
new ResizeObserver(draw).observe(list);
list.addEventListener('click', event => {
  const row = event.target.closest('.row');
  if (row) {
    choose(Number(row.dataset.position), true);
  }
});
list.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  const page = Math.max(1, Math.floor(list.clientHeight / ROW) - 1);
  const moves = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
  if (event.key in moves) {
    event.preventDefault();
    choose(state.active < 0 ? 0 : state.active + moves[event.key], false);
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    choose(state.active, true);
    byId('detail').focus();
  }
});

function chips() {
  const box = byId('chips');
  for (const [kind, { name, has }] of Object.entries(KINDS)) {
    const count = SUITES.filter(has).length;
    if (count || kind === 'all' || kind === 'bad') {
      box.append(element('button', { type: 'button', role: 'radio', 'data-kind': kind, on: { click: () => filter(kind) } },
        name, element('b', {}, number(count))));
    }
  }
  box.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const all = [...box.children];
      const next = all[(all.findIndex(one => one.dataset.kind === state.show) + step + all.length) % all.length];
      filter(next.dataset.kind);
      next.focus();
    }
  });
}

function filter(kind) {
  state.show = kind;
  for (const chip of byId('chips').children) {
    const on = chip.dataset.kind === kind;
    chip.setAttribute('aria-checked', String(on));
    chip.tabIndex = on ? 0 : -1;
  }
  refresh(false);
}

// Makes a suite or test the chosen one, whatever was filtered.
function reveal(item) {
  let position = state.items.indexOf(item);
  if (position < 0) {
    byId('search').value = '';
    byId('testenv').value = '';
    Object.assign(state, { words: [], testenv: '' });
    filter('all');
    position = state.items.indexOf(item);
    if (position < 0) {
      position = state.items.indexOf(item.suite ?? item);
    }
  }
  choose(position, false);
}
