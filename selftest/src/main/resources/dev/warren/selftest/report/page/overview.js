// The parts of the page that never change: totals, slowest suites, testenvs, facts.
function totals() {
  const bad = SUITES.filter(isBad).length;
  const verdict = byId('verdict');
  verdict.classList.toggle('bad', bad > 0);
  verdict.classList.toggle('early', !bad && DATA.verdict !== 'Passed');
  verdict.prepend(bad ? '✕' : DATA.verdict === 'Passed' ? '✓' : '…', ' ');
  const start = new Date(DATA.start);
  byId('when').append(element('time', { datetime: start.toISOString() }, start.toLocaleString([], { dateStyle: 'long', timeStyle: 'short' })), ` · ${duration(DATA.length)}`);
  const box = byId('totals');
  const add = (name, value, result) => box.append(element('div', { class: value === 0 ? 'none' : undefined },
    element('dt', {}, ...(result ? [mark(result, true)] : []), name), element('dd', {}, number(value))));
  add('Suites', SUITES.filter(suite => !suite.unrun).length);
  add('Suites failed', bad);
  add('Tests', sum(DATA.tests));
  const names = { success: 'Passed', failure: 'Failed', error: 'Errors', uxsuccess: 'Unexpected', xfail: 'Expected', skip: 'Skipped' };
  for (const [result, name] of Object.entries(names)) {
    const count = DATA.tests[OUTCOMES.indexOf(result)];
    add(name, count, result);
    if (count) {
      const part = element('i', { class: cssOf(result), title: `${name}: ${number(count)}` });
      part.style.flexGrow = count;
      byId('proportion').append(part);
    }
  }
  byId('proportion').setAttribute('aria-label', Object.entries(names).map(([result, name]) => `${name} ${number(DATA.tests[OUTCOMES.indexOf(result)])}`).join(', '));
}

function notices() {
  const box = byId('notices');
  const add = (bad, ...what) => box.append(element('div', { class: `notice${bad ? ' bad' : ''}` }, ...what));
  if (DATA.interrupted) {
    add(false, `The run ended early: ${DATA.interrupted}.`);
  } else if (!DATA.finished) {
    add(false, 'The run still goes on, or was killed: its end is not among the events.');
  }
  if (DATA.damagedCount) {
    add(false, `${plural(DATA.damagedCount, 'line')} of events.jsonl could not be read, and may be missing here. `,
      DATA.damaged.map(([line, why]) => `Line ${line}: ${why}`).join('; '));
  }
  const failures = new Map();
  for (const lab of DATA.labs) {
    for (const setUp of lab.setUps) {
      if (setUp.failure) {
        const key = `${setUp.name}\n${setUp.failure}`;
        failures.set(key, { setUp, count: (failures.get(key)?.count ?? 0) + 1 });
      }
    }
  }
  for (const { setUp, count } of [...failures.values()].slice(0, 20)) {
    const lines = setUp.failure.split('\n');
    add(true, element('b', {}, `The testenv ${setUp.name} failed${count > 1 ? `, ${count} times` : ''}: `), lines[0],
      lines.length > 1 ? element('pre', {}, lines.slice(1).join('\n')) : '');
  }
}

function slowest() {
  const all = SUITES.filter(suite => !suite.unrun).sort((a, b) => b.took - a.took).slice(0, 12);
  byId('slow').append(...all.map(suite => {
    const bar = element('i', { class: cssOf(suite.outcome), 'aria-hidden': 'true' });
    bar.style.width = `${100 * suite.took / Math.max(1, all[0].took)}%`;
    return element('li', {}, element('a', { href: `#suite-${suite.number}`, title: suite.name }, element('time', {}, duration(suite.took)), element('span', {}, suite.name), bar));
  }));
  byId('slowest').hidden = !all.length;
}

function testenvs() {
  const known = new Map();
  for (const lab of DATA.labs) {
    for (const setUp of lab.setUps) {
      known.set(setUp.name, [...(known.get(setUp.name) ?? []), { setUp, lab }]);
    }
  }
  const suites = new Map();
  for (const suite of SUITES) {
    const name = suite.testenv.split(':')[0];
    if (!suite.unrun) {
      suites.set(name, [...(suites.get(name) ?? []), suite]);
    }
  }
  for (const [name, all] of known) {
    const failed = all.filter(one => one.setUp.failure).length;
    const list = element('dl', { class: 'facts' });
    const add = (what, value) => list.append(element('dt', {}, what), element('dd', {}, value));
    const copies = all.filter(one => one.setUp.snapshot).length;
    add('Set up', `${plural(all.length, 'time')}${copies ? `, ${number(copies)} from a snapshot` : ''}${failed ? `, ${number(failed)} failed` : ''}`);
    const times = all.map(one => one.setUp.end - one.setUp.start).sort((a, b) => a - b);
    add('Took', times.length > 1 ? `${duration(times[0])} to ${duration(times.at(-1))}` : duration(times[0]));
    const needs = all[0].lab.needs[name] ?? [];
    if (needs.length) {
      add('Needs', needs.join(', '));
    }
    const those = suites.get(name) ?? [];
    add('Suites', those.length ? `${number(those.length)}, ${duration(sum(those.map(suite => suite.took)))} in all` : 'none of its own');
    const longest = all.reduce((a, b) => (b.setUp.end - b.setUp.start > a.setUp.end - a.setUp.start ? b : a)).setUp;
    const steps = longest.steps.map(([at, what], i) => element('li', {}, element('span', {}, what), element('time', {}, duration((longest.steps[i + 1]?.[0] ?? longest.end) - at))));
    const links = all.flatMap(({ setUp, lab }) => setUpFiles(setUp, all.length > 1 ? ` in ${lab.name}` : ''));
    const files = links.length > 4 ? later(plural(links.length, 'file'), ' of its set-ups', false, () => paged(links, link => element('p', { class: 'files' }, link)))
      : links.length ? element('p', { class: 'files' }, ...links) : '';
    byId('envs').append(element('div', { class: `env${failed ? ' failed' : ''}`, id: `env-${name}` }, element('h3', {}, name), list, files,
      steps.length ? element('details', { class: 'more' }, element('summary', {}, plural(steps.length, 'step')), element('ol', {}, ...steps)) : ''));
  }
  byId('testenvs').hidden = !known.size && !DATA.pictures.length;
  DATA.pictures.forEach((_, i) => {
    const labs = DATA.labs.filter(lab => lab.picture === i);
    const names = labs[0] ? Object.keys(labs[0].needs) : [];
    byId('pictures').append(element('figure', {}, element('figcaption', {},
      `${plural(labs.length, 'lab')} with ${names.join(', ') || 'no testenv'}`), element('div', {}, picture(i))));
  });
}

// As an image it can neither run scripts nor load anything, and its style sheet is its own.
function picture(i) {
  const described = /<desc[^>]*>([^<]*)/.exec(DATA.pictures[i]);
  const image = element('img', { 'data-picture': i, alt: described ? described[1] : 'The topology of the lab', loading: 'lazy' });
  dye(image);
  return image;
}

const dark = () => (document.documentElement.dataset.theme ? document.documentElement.dataset.theme === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches);

function dye(image) {
  const drawn = DATA.pictures[Number(image.dataset.picture)].replaceAll('(prefers-color-scheme: dark)', dark() ? 'all' : 'not all');
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn)}`;
}

function about() {
  const box = byId('facts');
  const add = (name, ...value) => box.append(element('dt', {}, name), element('dd', {}, ...value));
  const facts = DATA.facts;
  if (facts?.command.length) {
    add('Command', element('code', {}, ['warren', ...facts.command].map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')));
  }
  add('Began', new Date(DATA.start).toISOString());
  add('Planned', plural(DATA.planned, 'suite'));
  if (facts) {
    add('Warren', `${facts.warren}, on Java ${facts.java}`);
    add('Machine', `${facts.hostName || 'without a name'}, ${facts.kernel}, ${plural(facts.processors, 'processor')}`);
    add('User', facts.user);
    if (facts.isolation) {
      add('Isolation', facts.isolation);
    }
  }
  add('Files', ...[['summary', 'summary'], ['subunit', 'subunit stream'], ['events.jsonl', 'events']].flatMap(([path, name], i) => [i ? ', ' : '', element('a', { href: path }, name)]));
  if (DATA.progress.length) {
    add('Before', later(plural(DATA.progress.length, 'message'), '', false, () => [element('pre', {}, DATA.progress.map(([at, what]) => `${duration(at).padStart(8)}  ${what}`).join('\n'))]));
  }
}
