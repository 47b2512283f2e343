// The recorder's buckets: one for each value below 16, then 8 for each power of two.
function lowestOf(bucket) {
  return bucket < 8 ? bucket : (8 + bucket % 8) * 2 ** (Math.floor(bucket / 8) - 1);
}

// The position of a value among the buckets, with a fraction.
function placeOf(value) {
  if (value < 16)
    return value;
  const power = Math.floor(Math.log2(value)) - 3;
  return 8 * power + value / 2 ** power;
}

// A bar for each bucket, on a logarithmic axis. If two sides are compared, both are shares of their calls, and the base is a line.
function histogram({ title, sides, format, tint, percentiles }) {
  const shown = sides[last] ?? [];
  const before = isComparison ? sides[0] ?? [] : [];
  const buckets = [...shown, ...before].map(([bucket]) => bucket);
  if (buckets.length === 0)
    return null;
  const first = Math.max(0, Math.min(...buckets) - 1), end = Math.max(...buckets) + 2;
  const width = 420, height = 128, top = 16, bottom = 18;
  const totalOf = counts => sum(counts, ([, n]) => n) || 1;
  const shareOf = counts => { const all = totalOf(counts); return counts.map(([bucket, n]) => [bucket, n / all, n]); };
  const [bars, line] = [shareOf(shown), shareOf(before)];
  const highest = Math.max(...bars.map(([, share]) => share), ...line.map(([, share]) => share));
  const x = place => (place - first) / (end - first) * width;
  const y = share => height - bottom - share / highest * (height - bottom - top);
  const rangeOf = bucket => bucket < 16 ? format(bucket) : `${format(lowestOf(bucket))} – ${format(lowestOf(bucket + 1))}`;

  const chart = drawing('svg', {
    class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img',
    'aria-label': `${title}: ${percentiles.map(([label, value]) => `${label} ${format(value)}`).join(', ')}`,
  });
  for (const [bucket, share, n] of bars) {
    chart.append(drawing('rect', { class: `columns-${tint}`, x: x(bucket) + 0.4, y: y(share), width: Math.max(0.6, x(bucket + 1) - x(bucket) - 0.8), height: Math.max(0.7, height - bottom - y(share)) },
      drawing('title', {}, `${rangeOf(bucket)}: ${grouped.format(n)} (${percent(share)})`)));
  }
  if (line.length > 0) {
    const shares = new Map(line.map(([bucket, share]) => [bucket, share]));
    let path = `M${x(first)} ${y(0)}`;
    for (let bucket = first; bucket < end; bucket++)
      path += `V${y(shares.get(bucket) ?? 0)}H${x(bucket + 1)}`;
    chart.append(drawing('path', { class: 'before', d: path }));
  }
  chart.append(drawing('line', { class: 'axis', x1: 0, x2: width, y1: height - bottom, y2: height - bottom }));
  let lastTick = -99;
  for (const tick of [0, 1, 2, 4, 8, ...Array.from({ length: 14 }, (_, i) => 10 ** (i + 1))].sort((a, b) => a - b)) {
    const at = x(placeOf(tick) + (tick < 16 ? 0.5 : 0));
    if (placeOf(tick) < first || at > width - 20 || at - lastTick < 52)
      continue;
    lastTick = at;
    chart.append(drawing('line', { class: 'axis', x1: at, x2: at, y1: height - bottom, y2: height - bottom + 4 }), drawing('text', { x: Math.max(at, 18), y: height - 4, 'text-anchor': 'middle' }, format(tick)));
  }
  let lastLabel = -99;
  for (const [label, value] of percentiles) {
    const at = x(Math.min(end - 0.5, placeOf(value) + (value < 16 ? 0.5 : 0)));
    chart.append(drawing('line', { class: 'percentile', x1: at, x2: at, y1: top - 3, y2: height - bottom }, drawing('title', {}, `${label} ${format(value)}`)));
    if (at - lastLabel > 26) {
      chart.append(drawing('text', { x: Math.min(at, width - 12), y: top - 6, 'text-anchor': 'middle' }, label));
      lastLabel = at;
    }
  }
  return chart;
}
