// What the program did in the last minutes. A bar is what was read at its end: the average since the reading before.
const shownMs = 300_000;

function drawTimeline(host, history, now) {
  const moments = history.map(([end, ms, calls, bytes, hotBytes, pause]) => ({ end, begin: end - ms, calls, bytes, hotBytes, pause }))
    .filter(moment => moment.end > now - shownMs);
  const begin = now - Math.min(shownMs, Math.max(60_000, ...moments.map(moment => now - moment.begin)));
  const hasBytes = moments.some(moment => moment.bytes !== null);
  renew(host, [
    timeChart({ title: 'Calls of hot methods a second', moments, begin, now, tint: 'time', of: moment => moment.calls, format: value => count(Math.round(value)) }),
    timeChart({
      title: 'Allocated a second', moments, begin, now, tint: 'bytes', of: moment => moment.hotBytes, line: hasBytes ? moment => moment.bytes ?? 0 : null, format: value => bytes(Math.round(value)),
      note: hasBytes ? 'bars: by hot methods, line: by the process' : 'by hot methods',
    }),
    timeChart({ title: 'Paused by the garbage collector', moments, begin, now, tint: 'pause', of: moment => moment.pause, format: percent }),
  ]);
}

function timeChart({ title, moments, begin, now, tint, of, line, format, note }) {
  const width = 420, height = 96, top = 8, bottom = 16;
  const highest = Math.max(Number.MIN_VALUE, ...moments.map(of), ...(line ? moments.map(line) : []));
  const x = ms => Math.max(0, (ms - begin) / (now - begin) * width).toFixed(1);
  const y = value => (height - bottom - value / highest * (height - bottom - top)).toFixed(1);
  const newest = moments.at(-1);
  const value = newest ? format(of(newest)) + (line ? ` of ${format(line(newest))}` : '') : '–';
  const chart = drawing('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${title}: ${value}, highest ${format(Math.max(0, ...moments.map(of)))}` });
  for (const moment of moments) {
    const text = `${new Date(moment.end).toLocaleTimeString('en-GB')}: ${format(of(moment))}${line ? ` of ${format(line(moment))}` : ''}`;
    chart.append(drawing('rect', { class: `columns-${tint}`, x: x(moment.begin), y: y(of(moment)), width: Math.max(0.5, x(moment.end) - x(moment.begin)).toFixed(1), height: Math.max(0, height - bottom - y(of(moment))).toFixed(1) },
      drawing('title', {}, text)));
  }
  if (line && moments.length > 0) {
    // The line breaks where nobody read.
    const isNext = (moment, before) => before && moment.begin - before.end < 1000;
    chart.append(drawing('path', { class: 'before', d: moments.map((moment, i) => `${isNext(moment, moments[i - 1]) ? 'V' : `M${x(moment.begin)} `}${y(line(moment))}H${x(moment.end)}`).join('') }));
  }
  chart.append(drawing('line', { class: 'axis', x1: 0, x2: width, y1: height - bottom, y2: height - bottom }));
  const step = now - begin > 120_000 ? 60_000 : 15_000;
  for (let back = step; back < now - begin - step / 4; back += step)
    chart.append(drawing('text', { x: x(now - back), y: height - 3, 'text-anchor': 'middle' }, step === 60_000 ? `−${back / 60_000} min` : `−${back / 1000} s`));
  return element('div', { class: 'tile' }, element('p', { class: 'place' }, title + (note ? ` (${note})` : '')), element('p', {}, element('span', { class: 'rate' }, value), element('span', { class: 'space' }, ` highest ${format(Math.max(0, ...moments.map(of)))}`)), chart);
}
