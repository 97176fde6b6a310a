// The data of the page: rows become objects here, and nothing else knows their columns.
const byId = id => document.getElementById(id);
const DATA = JSON.parse(byId('data').textContent);
const OUTCOMES = ['success', 'failure', 'error', 'skip', 'xfail', 'uxsuccess'];
const WORDS = {
  success: 'passed', failure: 'failed', error: 'error', skip: 'skipped',
  xfail: 'failed as expected', uxsuccess: 'passed unexpectedly', open: 'never finished',
};
const MARKS = { success: '✓', failure: '✕', error: '!', skip: '–', xfail: '~', uxsuccess: '?', open: '…' };
const BAD = new Set(['failure', 'error', 'uxsuccess', 'open']);
const text = number => (number < 0 ? '' : DATA.texts[number]);
const outcome = number => OUTCOMES[number] ?? 'open';

const SUITES = DATA.suites.map((row, number) => ({
  number, name: row[0], testenv: text(row[1]), lab: text(row[2]), start: row[3], took: row[4],
  outcome: outcome(row[5]), counts: row[6], reason: text(row[7]), command: text(row[8]),
  log: row[9], capture: row[10], index: row[11], traces: row[12], tests: [],
}));
for (const row of DATA.unusual) {
  const suite = SUITES[row[0]];
  suite.tests.push({
    suite, number: suite.tests.length, id: row[1], outcome: outcome(row[2]), start: row[3], took: row[4],
    reason: text(row[5]), note: text(row[6]),
  });
}
for (const [name, testenv, reason] of DATA.skipped) {
  SUITES.push({
    number: SUITES.length, name, testenv: text(testenv), lab: '', start: DATA.length, took: 0, outcome: 'skip',
    counts: [0, 0, 0, 0, 0, 0], reason: text(reason), command: '', log: '', capture: '', index: 0, traces: '', tests: [],
    unrun: true,
  });
}
const isBad = thing => BAD.has(thing.outcome);
const sum = numbers => numbers.reduce((a, b) => a + b, 0);

// An element; children that are texts stay texts, whatever they hold.
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key === 'on') {
      Object.entries(value).forEach(([event, does]) => made.addEventListener(event, does));
    } else if (value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? '' : value);
    }
  }
  made.append(...children.filter(child => child !== undefined && child !== ''));
  return made;
}

function mark(result, small) {
  return element('span', { class: `mark ${cssOf(result)}${small ? ' small' : ''}`, 'aria-hidden': 'true' }, MARKS[result]);
}

const cssOf = result => (result === 'skip' ? 'skip-result' : result);

function duration(ms) {
  if (ms < 950) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 59950) {
    return `${(ms / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [h, m, s] = parts.map((part, i) => (i ? String(part).padStart(2, '0') : String(part)));
  return parts[0] ? `${h} h ${m} min` : `${Number(m)} min ${s} s`;
}

const number = value => value.toLocaleString('en');
const plural = (count, word) => `${number(count)} ${word}${count === 1 ? '' : 's'}`;
const clock = ms => new Date(DATA.start + ms).toLocaleTimeString([], { hour12: false });

// The name of a test without what it shares with its suite's.
function shortId(test) {
  const stem = test.suite.name.replace(/\([^()]*\)$/, '');
  const ending = test.suite.name.slice(stem.length);
  let id = test.id;
  if (stem.length > 5 && id.startsWith(stem) && id.length > stem.length + ending.length) {
    id = id.slice(stem.length).replace(/^[.:]/, '');
  }
  return ending && id.endsWith(ending) && id.length > ending.length ? id.slice(0, -ending.length) : id;
}

const lastLine = reason => reason.trimEnd().split('\n').pop().trim();

// The names of a suite's tests that passed; read from the page when somebody searches for the first time.
let passedRows;
function passedOf(suite) {
  passedRows ??= JSON.parse(byId('passed').textContent);
  const [start, end, ...middles] = passedRows[suite.number] ?? [];
  return middles.map(middle => start + middle + end);
}

// The last parts of a suite's logs; read from the page when they are wanted.
function logsOf(suite) {
  const found = byId(`detail-${suite.number}`);
  return found ? JSON.parse(found.textContent) : undefined;
}

// The set-ups in a lab's life that was under way at a time.
function labOf(suite) {
  return DATA.labs.find(lab => lab.name === suite.lab && lab.start <= suite.start && suite.start <= lab.end)
    ?? DATA.labs.find(lab => lab.name === suite.lab);
}

// What a suite waited for: what ended last in its lab before it began.
function waitedFor(suite) {
  const lab = labOf(suite);
  if (!lab || suite.unrun) {
    return undefined;
  }
  const setUps = lab.setUps.map(one => ({ ...one, what: `the set-up of ${one.name}`, setUp: one }));
  const suites = SUITES.filter(one => one !== suite && one.lab === suite.lab && !one.unrun && one.start >= lab.start)
    .map(one => ({ start: one.start, end: one.start + one.took, what: one.name, suite: one }));
  return [...setUps, ...suites].filter(one => one.end <= suite.start)
    .reduce((last, one) => (!last || one.end >= last.end ? one : last), undefined);
}
