// What is known of one suite, and of its tests that did not simply pass.
const detail = byId('detail');
const MANY = 100;

function show(item, focus) {
  const suite = item.suite ?? item;
  const test = item.suite ? item : undefined;
  const parts = [
    element('button', { type: 'button', class: 'back', on: { click: close } }, '← All results'),
    element('div', { class: 'head' }, mark(suite.outcome), element('h3', {}, suite.name)),
    facts(suite),
    files(suite),
  ];
  if (suite.reason) {
    parts.push(element('h4', {}, suite.unrun ? 'Why it was not run' : 'Reason'), element('pre', {}, suite.reason));
  }
  const bad = suite.tests.filter(isBad);
  if (bad.length) {
    parts.push(element('h4', {}, plural(bad.length, 'test') + ' of the suite failed'), ...paged(bad, one => entry(one, test ? one === test : one === bad[0], one === test)));
  }
  if (suite.command) {
    parts.push(element('h4', {}, 'Command'), copied(suite.command));
  }
  parts.push(...logs(suite, test ? [test] : bad));
  const others = suite.tests.filter(one => !isBad(one));
  if (others.length) {
    parts.push(later(`${plural(others.length, 'test')} expected to fail or skipped`, '', others.includes(test),
      () => paged(others, one => entry(one, one === test, one === test))));
  }
  const hits = passedHits(suite);
  if (suite.counts[0]) {
    parts.push(later(`${plural(suite.counts[0], 'test')} passed`, hits.length ? ` ${plural(hits.length, 'hit')}` : '', hits.length > 0, () => passed(suite, hits)));
  }
  const lab = labOf(suite);
  if (lab?.picture !== undefined && !suite.unrun) {
    parts.push(later('The lab that it ran in', ` ${lab.name}`, false, () => [picture(lab.picture)]));
  }
  detail.replaceChildren(...parts);
  detail.scrollTop = 0;
  detail.querySelector('.chosen')?.scrollIntoView({ block: 'nearest' });
  const hash = `#suite-${suite.number}${test ? `-${test.number}` : ''}`;
  if (location.hash !== hash) {
    history.replaceState(null, '', hash);
  }
  if (focus) {
    document.body.classList.add('shows-detail');
  }
}

function close() {
  document.body.classList.remove('shows-detail');
  list.focus();
}

function facts(suite) {
  const made = element('dl', { class: 'facts' });
  const add = (name, ...value) => made.append(element('dt', {}, name), element('dd', {}, ...value));
  add('Result', `${WORDS[suite.outcome]}${suite.unrun ? '' : `, after ${duration(suite.took)}`}`);
  add('Testenv', suite.testenv);
  if (suite.unrun) {
    return made;
  }
  const counts = suite.counts.map((count, i) => (count ? `${number(count)} ${WORDS[OUTCOMES[i]]}` : '')).filter(Boolean);
  add('Tests', counts.join(', ') || 'none');
  add('Began', `${clock(suite.start)}, ${duration(suite.start)} into the run, in ${suite.lab || 'no lab'}`);
  const waited = waitedFor(suite);
  if (waited) {
    add('Waited for', waited.suite
      ? element('a', { href: `#suite-${waited.suite.number}` }, waited.what) : waited.what, ` (${duration(waited.end - waited.start)})`);
  }
  return made;
}

function href(path) {
  return path.split('/').map(encodeURIComponent).join('/');
}

function files(suite) {
  const links = [];
  if (suite.log) {
    const junit = suite.log.replace(/^suites\/(.*)\.log$/, 'junit/TEST-$1.xml');
    links.push(element('a', { href: href(suite.log) }, 'Whole output'));
    if (junit !== suite.log) {
      links.push(element('a', { href: href(junit) }, 'JUnit XML'));
    }
  }
  if (suite.traces) {
    links.push(element('a', { href: href(suite.traces) }, 'Processes at its time limit'));
  }
  if (suite.capture) {
    links.push(element('a', { href: href(suite.capture), download: true }, 'Capture of the network (pcapng)'));
  }
  // One that never began has nothing of its own: its testenv failed.
  if (!suite.log && !suite.unrun) {
    links.push(...(labOf(suite)?.setUps ?? []).filter(one => one.failure).flatMap(one => setUpFiles(one, ` of ${one.name}`)));
  }
  return links.length ? element('p', { class: 'files' }, ...links) : '';
}

function setUpFiles(setUp, where) {
  const links = [];
  if (setUp.traces) {
    links.push(element('a', { href: href(setUp.traces) }, `Processes at the time limit of the set-up${where}`));
  }
  if (setUp.capture) {
    links.push(element('a', { href: href(setUp.capture), download: true }, `Capture of the set-up${where} (pcapng)`));
  }
  return links;
}

function entry(test, open, chosen) {
  const made = element('details', { class: `test-entry${chosen ? ' chosen' : ''}`, open },
    element('summary', { title: test.id }, mark(test.outcome), element('span', {}, shortId(test)), element('time', {}, duration(test.took))));
  const fill = () => {
    if (made.open && made.children.length === 1) {
      made.append(element('p', {}, `${WORDS[test.outcome]} at ${clock(test.start + test.took)} · ${test.id}`));
      if (test.reason) {
        made.append(element('pre', {}, test.reason));
      }
      if (test.note) {
        made.append(element('p', {}, test.note));
      }
    }
  };
  made.addEventListener('toggle', fill);
  fill();
  return made;
}

// What was searched for comes first.
function passed(suite, hits) {
  const found = new Set(hits);
  const all = passedOf(suite);
  const names = [...hits, ...all.filter(name => !found.has(name))];
  const made = paged(names, name => element('p', { class: 'passed', title: name }, mark('success', true),
    element(found.has(name) ? 'b' : 'span', {}, shortId({ suite, id: name }))));
  return all.length < suite.counts[0] ? [...made, element('p', {}, `${plural(suite.counts[0] - all.length, 'name')} more in events.jsonl.`)] : made;
}

// The first hundred, and a button for the next.
function paged(all, make) {
  const box = element('div', {});
  const more = from => {
    box.append(...all.slice(from, from + MANY).map(make));
    if (from + MANY < all.length) {
      const button = element('button', { type: 'button', on: { click: () => { button.remove(); more(from + MANY); } } },
        `${number(all.length - from - MANY)} more`);
      box.append(button);
    }
  };
  more(0);
  return [box];
}

function later(title, remark, open, make) {
  const made = element('details', { class: 'more', open }, element('summary', {}, title, element('small', {}, remark)));
  const fill = () => {
    if (made.open && made.children.length === 1) {
      made.append(...make());
    }
  };
  made.addEventListener('toggle', fill);
  fill();
  return made;
}

function copied(command) {
  const button = element('button', { type: 'button', on: { click: () => navigator.clipboard?.writeText(command).then(() => { button.textContent = 'Copied'; }) } }, 'Copy');
  return element('div', { class: 'line' }, element('pre', {}, command), button);
}

function logs(suite, tests) {
  const kept = logsOf(suite);
  if (!kept) {
    return [];
  }
  const made = [];
  if (kept.log || kept.logCut) {
    made.push(later('What the servers logged meanwhile', cutNote(kept.logCut), true, () => serverLog(kept, tests)));
  }
  if (kept.output || kept.outputCut) {
    made.push(later('What it printed', cutNote(kept.outputCut), !tests.length, () => [element('div', { class: 'logs' },
      element('pre', {}, kept.output || 'It is in the file.'))]));
  }
  return made;
}

const cutNote = cut => (cut ? ` the last part; ${number(cut)} characters more are in the file` : '');

// Times as Samba and most others have them, in UTC as everything in a testenv.
const TIME = /(\d{4})[-/](\d\d)[-/](\d\d)[ T](\d\d):(\d\d):(\d\d)/;

function serverLog(kept, tests) {
  const windows = tests.slice(0, 1000).map(test => [DATA.start + test.start - 1000, DATA.start + test.start + test.took + 1000]);
  const box = element('div', { class: 'logs' });
  let near = false;
  let marked = 0;
  let target;
  let run = [];
  const flush = () => {
    if (run.length) {
      target.append(near ? element('mark', {}, run.join('\n')) : run.join('\n'), '\n');
      run = [];
    }
  };
  const begin = name => {
    flush();
    near = false;
    target = element('pre', {});
    box.append(...(name ? [element('h5', {}, name)] : []), target);
  };
  for (const line of kept.log.split('\n')) {
    const head = /^== (.*) ==$/.exec(line);
    if (head) {
      begin(head[1]);
      continue;
    }
    if (!target) {
      begin('');
    }
    const time = TIME.exec(line);
    if (time) {
      const at = Date.UTC(time[1], time[2] - 1, time[3], time[4], time[5], time[6]);
      const is = windows.some(([from, to]) => at >= from - 999 && at <= to);
      if (is !== near) {
        flush();
        near = is;
      }
    }
    marked += near ? 1 : 0;
    run.push(line);
  }
  flush();
  if (marked) {
    box.prepend(element('p', { class: 'found' }, `Lines of the time of ${tests.length === 1 ? 'the test' : 'failed tests'} are marked.`));
  }
  return [box];
}
