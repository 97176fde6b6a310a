// Puts the page together, and takes keys.
const THEMES = ['', 'light', 'dark'];
const THEME_WORDS = { '': 'as the system has them', light: 'light', dark: 'dark' };

function theme(chosen) {
  if (chosen) {
    document.documentElement.dataset.theme = chosen;
  } else {
    delete document.documentElement.dataset.theme;
  }
  byId('theme').setAttribute('aria-label', `Colours: ${THEME_WORDS[chosen]}`);
  byId('theme').title = `Colours: ${THEME_WORDS[chosen]}`;
  document.querySelectorAll('img[data-picture]').forEach(dye);
  readColours();
  paint();
}

function nextTheme() {
  const now = document.documentElement.dataset.theme ?? '';
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  try {
    localStorage.setItem('warren-theme', next);
  } catch {
    // A browser that keeps nothing.
  }
  theme(next);
}

function kept() {
  try {
    const name = localStorage.getItem('warren-theme');
    return THEMES.includes(name) ? name : '';
  } catch {
    return '';
  }
}

function open(item) {
  reveal(item);
  show(item, true);
  byId('results').scrollIntoView();
}

function fromHash() {
  const found = /^#suite-(\d+)(?:-(\d+))?$/.exec(location.hash);
  const suite = found && SUITES[Number(found[1])];
  if (suite) {
    open(found[2] === undefined ? suite : suite.tests[Number(found[2])] ?? suite);
  }
  return Boolean(suite);
}

totals();
notices();
slowest();
testenvs();
about();
chips();
const names = [...new Set(SUITES.map(suite => suite.testenv))].sort();
byId('testenv').append(element('option', { value: '' }, 'all'), ...names.map(name => element('option', { value: name }, name)));
byId('testenv').addEventListener('change', event => { state.testenv = event.target.value; refresh(false); });
byId('order').addEventListener('change', event => { state.order = event.target.value; refresh(false); });
byId('search').addEventListener('input', event => {
  state.words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
  refresh(false);
});
byId('search').addEventListener('keydown', event => {
  if (event.key === 'ArrowDown' || event.key === 'Enter') {
    event.preventDefault();
    list.focus();
    choose(0, false);
  } else if (event.key === 'Escape') {
    event.target.value = '';
    state.words = [];
    refresh(false);
    list.focus();
  }
});
byId('theme').addEventListener('click', nextTheme);
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => theme(kept()));
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
    return;
  }
  if (event.key === '/') {
    event.preventDefault();
    byId('search').focus();
    byId('search').select();
  } else if (event.key === 't') {
    nextTheme();
  } else if (event.key === 'Escape') {
    close();
  }
});
window.addEventListener('hashchange', fromHash);

filter(SUITES.some(isBad) ? 'bad' : 'all');
timeline();
theme(kept());
if (!fromHash()) {
  if (wide() && state.items.length) {
    choose(state.items[0] && state.items[1]?.suite === state.items[0] ? 1 : 0, false);
    history.replaceState(null, '', location.pathname);
  } else {
    detail.append(element('p', { class: 'empty' }, 'Choose a suite.'));
  }
}
document.documentElement.dataset.ready = 'yes';
performance.mark('warren-ready');
