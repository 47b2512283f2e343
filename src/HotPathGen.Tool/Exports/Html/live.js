// Asks the server for newer figures, and changes what the program does.
const live = { intervalMs: 2000, isPaused: false, isAsking: false, timer: 0, level: null };

const connection = element('strong', { id: 'connection', role: 'status' }, 'Connecting');
const pause = element('button', { type: 'button', id: 'pause', class: 'quiet', 'aria-pressed': 'false', onclick: () => setPaused(!live.isPaused) }, 'Pause');
const charts = element('div', { id: 'timeline', class: 'tiles' });
const interval = element('select', { id: 'interval', class: 'quiet', 'aria-label': 'Time between readings', onchange: () => { live.intervalMs = Number(interval.value); ask(); } },
  ...[1, 2, 5, 10, 30].map(seconds => element('option', { value: 1000 * seconds, selected: 1000 * seconds === live.intervalMs ? '' : null }, `every ${seconds} s`)));
const span = element('select', { id: 'level-time', class: 'quiet', 'aria-label': 'For how long a level is set' },
  ...[['', 'until changed'], ['30', 'for 30 s'], ['300', 'for 5 min']].map(([value, label]) => element('option', { value }, label)));
const levels = choice('Level of recording', 'level', ['off', 'light', 'standard', 'full'].map(level => [level, level]), '', level => send('level', { level, seconds: span.value }));

document.querySelector('main').prepend(element('section', { id: 'live', class: 'card', 'aria-label': 'Live' },
  element('div', { class: 'bar' }, element('p', {}, connection, ' ', element('span', { id: 'reading', class: 'space' })),
    element('div', { class: 'controls' }, levels, span, element('button', { type: 'button', id: 'reset', class: 'quiet', onclick: () => send('reset', {}) }, 'Reset'), pause, interval)),
  charts));
document.addEventListener('visibilitychange', () => { if (!document.hidden) ask(); });
ask();

function setPaused(isPaused) {
  live.isPaused = isPaused;
  pause.setAttribute('aria-pressed', String(isPaused));
  pause.textContent = isPaused ? 'Go on' : 'Pause';
  if (isPaused)
    tell('Paused');
  ask();
}

// A page that nobody sees asks nothing.
async function ask() {
  clearTimeout(live.timer);
  if (live.isAsking || live.isPaused || document.hidden)
    return;
  live.isAsking = true;
  const figures = await read();
  live.isAsking = false;
  if (figures && !live.isPaused)
    showLive(figures);
  if (!live.isPaused)
    live.timer = setTimeout(ask, live.intervalMs);
}

async function read() {
  try {
    const response = await fetch('live/figures', { cache: 'no-store' });
    if (response.ok)
      return await response.json();
    if (response.status === 401)
      location.assign('login');
    else
      tell((await response.text()).trim());
  } catch {
    tell('The server does not answer: dotnet hotpath serve has ended, or cannot be reached.');
  }
  return null;
}

function showLive(figures) {
  // What is timed has other columns and controls.
  if (data && figures.report.sides.some(side => side.clock !== 'none') !== isTimed)
    location.reload();
  show(figures.report);
  drawTimeline(charts, figures.history, figures.history.at(-1)[0]);
  tell('Live');
  byId('reading').textContent = `${figures.app} (${figures.process}), ${new Date(figures.history.at(-1)[0]).toLocaleTimeString('en-GB')}, ${figures.levelText}`;
  for (const input of levels.querySelectorAll('input'))
    input.checked = input.value === figures.level;
}

async function send(what, values) {
  try {
    const response = await fetch('live/' + what, { method: 'POST', body: new URLSearchParams(values) });
    const text = (await response.text()).trim();
    announce(text);
    if (!response.ok)
      tell(text);
  } catch {
    tell('The server does not answer: nothing was changed.');
  }
  ask();
}

function tell(state) {
  if (connection.textContent !== state)
    connection.textContent = state;
}
