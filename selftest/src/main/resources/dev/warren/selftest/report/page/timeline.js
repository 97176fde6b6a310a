// What ran when: a band for each lab. Labs that were never there at the same time share one.
const scroller = byId('time-scroll');
const canvas = byId('time');
const says = byId('time-says');
const AXIS = 26;
const BAND = { label: 17, bar: 15, gap: 3, space: 13 };
const view = { zoom: 1, bars: [], bands: [], height: 0, chosen: -1, hover: -1, colours: {} };

// Puts what overlaps into rows of its own.
function pack(things) {
  const ends = [];
  for (const thing of [...things].sort((a, b) => a.start - b.start || b.end - a.end)) {
    let row = ends.findIndex(end => end <= thing.start);
    row = row < 0 ? ends.length : row;
    ends[row] = thing.end;
    thing.row = row;
  }
  return ends.length;
}

function layOut() {
  const labs = DATA.labs.map(lab => ({ lab, start: lab.start, end: Math.max(lab.end, lab.start + 1) }));
  pack(labs);
  const runs = SUITES.filter(suite => !suite.unrun).map(suite => ({
    kind: 'suite', suite, lab: suite.lab, start: suite.start, end: suite.start + suite.took, name: suite.name,
  }));
  for (const one of labs) {
    one.setUps = one.lab.setUps.map(setUp => ({ kind: 'setup', setUp, lab: one.lab, start: setUp.start, end: setUp.end, name: setUp.name }));
    one.suites = [];
  }
  const byName = new Map();
  labs.forEach(one => byName.set(one.lab.name, [...(byName.get(one.lab.name) ?? []), one]));
  for (const run of runs) {
    const those = byName.get(run.lab) ?? [];
    const one = those.find(lab => lab.start <= run.start && run.start <= lab.end) ?? those[0];
    if (one) {
      one.suites.push(run);
      run.home = one;
    }
  }
  for (const one of labs) {
    one.setUpRows = pack(one.setUps);
    one.suiteRows = pack(one.suites);
  }
  let y = AXIS;
  const bands = [];
  for (let row = 0; labs.some(one => one.row === row); row++) {
    const those = labs.filter(one => one.row === row);
    const setUpRows = Math.max(0, ...those.map(one => one.setUpRows));
    const suiteRows = Math.max(1, ...those.map(one => one.suiteRows));
    const step = BAND.bar + BAND.gap;
    for (const one of those) {
      one.y = y;
      one.setUps.forEach(bar => { bar.y = y + BAND.label + bar.row * step; });
      one.suites.forEach(bar => { bar.y = y + BAND.label + (setUpRows + bar.row) * step; });
    }
    const height = BAND.label + (setUpRows + suiteRows) * step;
    bands.push({ y, height, labs: those });
    y += height + BAND.space;
  }
  view.bands = bands;
  view.bars = labs.flatMap(one => [...one.setUps, ...one.suites]).sort((a, b) => a.start - b.start || a.y - b.y);
  view.height = y;
}

const scaleOf = () => Math.max(1, scroller.clientWidth - 16) * view.zoom / Math.max(1, DATA.length);
const xOf = ms => 8 + ms * scaleOf() - scroller.scrollLeft;

function readColours() {
  const probe = element('i', { hidden: true });
  document.body.append(probe);
  for (const name of ['pass', 'fail', 'error', 'uxsuccess', 'xfail', 'skip', 'env', 'snapshot', 'ink', 'soft', 'line', 'accent', 'sunk', 'raised']) {
    probe.style.color = `var(--${name})`;
    view.colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
}

const COLOUR = { success: 'pass', failure: 'fail', error: 'error', open: 'error', uxsuccess: 'uxsuccess', xfail: 'xfail', skip: 'skip' };
const colourOf = bar => view.colours[bar.kind === 'suite' ? COLOUR[bar.suite.outcome]
  : bar.setUp.failure ? 'fail' : bar.setUp.snapshot ? 'snapshot' : 'env'];

// What a set-up needed in its lab, and what needed it.
const needsOf = bar => (bar.kind === 'setup'
  ? view.bars.filter(one => one.kind === 'setup' && one.lab === bar.lab && (bar.lab.needs[bar.name] ?? []).includes(one.name))
  : view.bars.filter(one => one.kind === 'setup' && bar.home?.lab === one.lab && one.name === bar.suite.testenv.split(':')[0] && one.end <= bar.start));

function paint() {
  const width = scroller.clientWidth;
  const ratio = window.devicePixelRatio || 1;
  byId('time-space').style.width = `${Math.max(width, 16 + DATA.length * scaleOf())}px`;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(view.height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(view.height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${view.height}px`;
  }
  const pen = canvas.getContext('2d');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, view.height);
  pen.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  pen.textBaseline = 'middle';
  axis(pen, width);
  for (const band of view.bands) {
    for (const one of band.labs) {
      const from = xOf(one.start);
      const to = xOf(one.end);
      if (to < 0 || from > width) {
        continue;
      }
      pen.fillStyle = view.colours.sunk;
      pen.beginPath();
      pen.roundRect(from - 3, one.y, to - from + 6, band.height + 2, 5);
      pen.fill();
      label(pen, one.lab.name, Math.max(from, 4), one.y + 9, to - Math.max(from, 4), view.colours.soft);
    }
  }
  for (const bar of view.bars) {
    const from = xOf(bar.start);
    const wide = Math.max(1.5, xOf(bar.end) - from - 1);
    if (from + wide >= 0 && from <= width) {
      pen.fillStyle = colourOf(bar);
      pen.fillRect(from, bar.y, wide, BAND.bar);
      if (wide > 46) {
        label(pen, bar.kind === 'suite' ? bar.name.replace(/\([^()]*\)$/, '') : bar.name, Math.max(from, 0) + 5, bar.y + BAND.bar / 2 + 0.5, Math.min(from + wide, width) - Math.max(from, 0) - 8,
          bar.kind === 'setup' && !bar.setUp.failure ? view.colours.ink : view.colours.raised, bar.kind === 'suite');
      }
    }
  }
  const lines = view.bars.filter(bar => bar.kind === 'setup');
  if (lines.length <= 80) {
    lines.forEach(bar => needsOf(bar).forEach(need => join(pen, need, bar, view.colours.soft)));
  }
  for (const number of [view.hover, view.chosen]) {
    const bar = view.bars[number];
    if (bar) {
      needsOf(bar).forEach(need => join(pen, need, bar, view.colours.accent));
      pen.strokeStyle = view.colours.accent;
      pen.lineWidth = 2;
      pen.strokeRect(xOf(bar.start) - 1, bar.y - 1, Math.max(3, xOf(bar.end) - xOf(bar.start)) + 2, BAND.bar + 2);
    }
  }
}

// As much of some words as there is room for: of a suite's name the end, which tells it from others.
function label(pen, words, x, y, room, colour, end) {
  let shown = words;
  if (pen.measureText(shown).width > room) {
    const fits = Math.floor(shown.length * room / pen.measureText(shown).width) - 2;
    shown = fits < 3 ? '' : end ? `…${shown.slice(-fits)}` : `${shown.slice(0, fits)}…`;
  }
  pen.fillStyle = colour;
  pen.fillText(shown, x, y);
}

function join(pen, from, to, colour) {
  const x1 = xOf(from.end);
  const x2 = xOf(to.start);
  const y1 = from.y + BAND.bar / 2;
  const y2 = to.y + BAND.bar / 2;
  if (y1 === y2 && x2 - x1 < 8) {
    return; // The two touch: nothing is to be led anywhere.
  }
  const bend = Math.max(8, Math.min(30, Math.abs(x2 - x1) / 2));
  const lift = y1 === y2 ? BAND.bar : 0;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.25;
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.bezierCurveTo(x1 + bend, y1 - lift, x2 - bend, y2 - lift, x2, y2);
  pen.stroke();
}

function axis(pen, width) {
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 36000].map(s => s * 1000);
  const step = steps.find(one => one * scaleOf() > 80) ?? 36000000;
  pen.lineWidth = 1;
  for (let ms = Math.floor(Math.max(0, scroller.scrollLeft - 8) / scaleOf() / step) * step; xOf(ms) < width && ms <= DATA.length + step; ms += step) {
    const x = Math.round(xOf(ms)) + 0.5;
    pen.strokeStyle = view.colours.line;
    pen.beginPath();
    pen.moveTo(x, AXIS - 6);
    pen.lineTo(x, view.height);
    pen.stroke();
    pen.fillStyle = view.colours.soft;
    pen.fillText(ms === 0 ? '0' : duration(ms), x + 3, 11);
  }
}

function barAt(event) {
  const box = canvas.getBoundingClientRect();
  const x = event.clientX - box.left;
  const y = event.clientY - box.top;
  let best = -1;
  let least = 5;
  view.bars.forEach((bar, number) => {
    if (y >= bar.y - 2 && y <= bar.y + BAND.bar + 2) {
      const from = xOf(bar.start);
      const to = Math.max(xOf(bar.end), from + 1.5);
      const away = x < from ? from - x : x > to ? x - to : 0;
      if (away < least) {
        least = away;
        best = number;
      }
    }
  });
  return best;
}

function tell(bar) {
  if (!bar) {
    says.replaceChildren();
    return;
  }
  const when = `${duration(bar.start)} into the run, ${duration(bar.end - bar.start)} long`;
  if (bar.kind === 'suite') {
    const waited = waitedFor(bar.suite);
    says.replaceChildren(element('b', {}, bar.name), ` ${WORDS[bar.suite.outcome]}, ${when}, in ${bar.suite.lab}.`,
      waited ? ` It waited for ${waited.what}.` : '');
  } else {
    const needs = (bar.lab.needs[bar.name] ?? []).join(', ');
    says.replaceChildren(element('b', {}, bar.name), ` ${bar.setUp.failure ? 'failed' : bar.setUp.snapshot ? 'started from its snapshot' : 'set up'}, ${when}, in ${bar.lab.name}.`,
      needs ? ` It needs ${needs}.` : '', bar.setUp.failure ? ` ${lastLine(bar.setUp.failure)}` : '');
  }
}

function pick(number) {
  view.chosen = number;
  const bar = view.bars[number];
  if (bar) {
    const x = xOf(bar.start);
    if (x < 0 || x > scroller.clientWidth - 40) {
      scroller.scrollLeft += x - scroller.clientWidth / 3;
    }
    scroller.scrollTop = Math.min(scroller.scrollTop, bar.y - AXIS);
    if (bar.y + 40 > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = bar.y + 40 - scroller.clientHeight;
    }
  }
  tell(bar);
  paint();
}

function openBar(bar) {
  if (bar?.kind === 'suite') {
    open(bar.suite);
  } else if (bar) {
    byId(`env-${bar.name}`)?.scrollIntoView({ block: 'center' });
  }
}

function zoom(factor, about) {
  const at = about ?? scroller.clientWidth / 2;
  const ms = (scroller.scrollLeft + at - 8) / scaleOf();
  view.zoom = Math.min(2000, Math.max(1, factor === 0 ? 1 : view.zoom * factor));
  byId('time-space').style.width = `${Math.max(scroller.clientWidth, 16 + DATA.length * scaleOf())}px`;
  scroller.scrollLeft = ms * scaleOf() + 8 - at;
  paint();
}

function timeline() {
  layOut();
  readColours();
  canvas.addEventListener('mousemove', event => {
    const hover = barAt(event);
    if (hover !== view.hover) {
      view.hover = hover;
      tell(view.bars[hover] ?? view.bars[view.chosen]);
      paint();
    }
  });
  canvas.addEventListener('mouseleave', () => { view.hover = -1; paint(); });
  canvas.addEventListener('click', event => {
    const number = barAt(event);
    pick(number);
    if (wide()) {
      openBar(view.bars[number]);
    }
  });
  scroller.addEventListener('scroll', paint, { passive: true });
  scroller.addEventListener('wheel', event => {
    if (event.ctrlKey) {
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.25 : 0.8, event.clientX - scroller.getBoundingClientRect().left);
    }
  }, { passive: false });
  scroller.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step) {
      event.preventDefault();
      pick(Math.min(Math.max(view.chosen + step, 0), view.bars.length - 1));
    } else if (event.key === 'Enter') {
      openBar(view.bars[view.chosen]);
    } else if (event.key === '+' || event.key === '-') {
      zoom(event.key === '+' ? 2 : 0.5);
    }
  });
  byId('zoom-in').addEventListener('click', () => zoom(2));
  byId('zoom-out').addEventListener('click', () => zoom(0.5));
  byId('zoom-fit').addEventListener('click', () => zoom(0));
  new ResizeObserver(paint).observe(scroller);
  const kinds = [['env', 'testenv set up'], ['snapshot', 'from a snapshot'], ['pass', 'suite passed'], ['fail', 'failed'], ['error', 'error'], ['xfail', 'expected failure']];
  byId('legend').append(...kinds.map(([colour, words]) => {
    const swatch = element('i', { class: 'swatch' });
    swatch.style.background = `var(--${colour})`;
    return element('span', {}, swatch, words);
  }));
}
