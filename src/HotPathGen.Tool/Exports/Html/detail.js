// Everything about the chosen method.
function showDetail(host, index, { onChoose, isSame }) {
  const method = data.methods[index];
  const sides = method.figures;
  const own = sides[last] ?? sides[0];
  const shownSide = sides[last] ? last : 0;
  const [space, name] = partsOf(method.name);
  const parts = [
    element('h2', { id: 'detail-title', tabindex: '-1' }, element('span', { class: 'space' }, ...breakable(space)), ...breakable(name)),
    element('p', { class: 'place mono' }, [method.file && `${method.file}:${method.line}`, method.assembly, method.form].filter(part => part).join(' · ')),
    ...remarks(method, own).map(([, text]) => element('p', { class: 'note' }, text)),
  ];
  if (isComparison && sides.some(side => side === null))
    parts.push(element('p', { class: 'note' }, sides[0] ? 'Only in the base: removed, renamed or no longer measured.' : 'Only in the new files.'));

  parts.push(facts('facts', columnsFor('methods').filter(column => column.isInDetail && column.number(method, shownSide) !== null).map(figure)));

  addChart('Time of a call' + (own.wallNs === null ? '' : ', wall'), f => f.timeHistogram, time, 'time', 'Ns');
  addChart('Bytes of a call', f => f.bytesHistogram, bytes, 'bytes', 'Bytes');
  addSlowAndAllocating(own);
  addSites();
  addNeighbours();
  addSource();
  if (isSame)
    renew(host, parts);
  else
    host.replaceChildren(...parts.filter(part => part));

  function figure(column) {
    const { title, help, format, text, number, isSum, doubt } = column;
    const [before, after] = [number(method, 0), number(method, last)];
    const isChanged = !text && before !== null && after !== null && before !== after;
    return [title, shownIn(column, method, shownSide) + (isSum ? perRun : ''),
      isChanged ? `${doubt(method) ? '~ ' : ''}${change(before, after, format)}, ${relativeChange(before, after)}` : null, help];
  }

  function addChart(title, countsOf, format, tint, unit) {
    const chart = histogram({
      title, format, tint, sides: sides.map(side => side ? countsOf(side) : null),
      percentiles: ['p50', 'p90', 'p95', 'p99', 'max'].map(name => [name, own[name + unit]]),
    });
    if (chart)
      parts.push(element('h3', {}, title, isComparison ? element('span', { class: 'space' }, ' – bars new, line base') : null), chart);
  }

  // Says which calls, slow or fast, allocate most bytes.
  function addSlowAndAllocating(figures) {
    const buckets = figures.allocatedByTimeBucket;
    if (buckets.length < 2 || figures.selfBytes === 0)
      return;
    const all = sum(buckets, ([, value]) => value) || 1;
    const slowest = buckets.slice().sort((a, b) => b[1] - a[1])[0];
    const range = power => power === 0 ? `under ${time(16)}` : `${time(8 * 2 ** power)} to ${time(16 * 2 ** power)}`;
    parts.push(element('p', { class: 'note' }, `Most bytes, ${percent(slowest[1] / all)}, are of calls that took ${range(slowest[0])}.`));
  }

  function addSites() {
    const sites = sitesOf[index].filter(site => site.figures.some(f => f?.totalBytes > 0))
      .sort((a, b) => totalOf(b) - totalOf(a));
    if (sites.length === 0)
      return;
    const columns = tableColumns('sites', sites).filter(column => column.isCompared && column.unit === 'Bytes');
    parts.push(element('h3', {}, 'Sites'), element('table', { class: 'side-table' },
      element('caption', { class: 'unseen' }, 'Sites of this method that allocate'),
      element('thead', {}, element('tr', {}, element('th', { scope: 'col', class: 'text' }, 'site'), ...columns.map(({ label, help }) => element('th', { scope: 'col', title: help }, label)))),
      element('tbody', {}, ...sites.slice(0, 12).map(site =>
        element('tr', {}, element('th', { scope: 'row' }, element('code', {}, site.text), element('span', { class: 'place' }, `${site.line}:${site.column} ${site.kind}${site.type ? ', ' + site.type : ''}`)),
          ...columns.map(column => element('td', {}, shownIn(column, site, last))))))));
  }

  function totalOf(site) {
    return (site.figures[last]?.totalBytes ?? 0) / runsOf(last);
  }

  function addNeighbours() {
    const { parent, method: methods, sides: recorded } = data.contexts;
    const callers = new Map(), callees = new Map();
    for (let node = 0; node < methods.length; node++) {
      const calls = recorded[shownSide].calls[node];
      if (calls === 0)
        continue;
      if (methods[node] === index)
        add(callers, parent[node] < 0 ? -2 : methods[parent[node]], calls);
      if (parent[node] >= 0 && methods[parent[node]] === index)
        add(callees, methods[node], calls);
    }
    parts.push(neighbours('Called from', callers), neighbours('Calls', callees));

    function add(counts, key, calls) {
      counts.set(key, (counts.get(key) ?? 0) + calls);
    }
  }

  function neighbours(title, counts) {
    if (counts.size === 0)
      return null;
    const sorted = [...counts].sort((a, b) => b[1] - a[1]);
    return element('div', {}, element('h3', {}, title), ...sorted.slice(0, 8).map(([other, calls]) => element('div', {},
      other >= 0 ? element('button', { type: 'button', class: 'name', 'data-method': keyOf(other), onclick: event => onChoose(indexBy.get(event.currentTarget.dataset.method), true) }, shortNameOf(other)) : other === -2 ? 'code that is not hot' : nameOf(-1),
      element('span', { class: 'space' }, `  ${count(calls / runsOf(shownSide))} call(s)${perRun}`))),
      sorted.length > 8 ? element('p', { class: 'note' }, `and ${sorted.length - 8} more`) : null);
  }

  function addSource() {
    const source = method.source === null ? null : data.sources[method.source];
    const lines = new Map();
    for (const site of sitesOf[index])
      lines.set(site.line, (lines.get(site.line) ?? 0) + totalOf(site));
    const hottest = Math.max(1, ...lines.values());
    const chunks = (source?.chunks ?? []).filter(chunk => [...lines.keys(), method.line].some(line => line >= chunk.first && line < chunk.first + chunk.lines.length));
    if (chunks.length === 0)
      return;
    parts.push(element('h3', {}, 'Source'), source.isNewer ? element('p', { class: 'note' }, 'The file was changed after this was measured: lines may have moved.') : null,
      element('div', { class: 'source', tabindex: '0', role: 'region', 'aria-label': `Source of ${name}` }, ...chunks.flatMap((chunk, i) => [
        i > 0 ? element('i', {}, '⋯') : null,
        ...chunk.lines.map((text, at) => {
          const value = lines.get(chunk.first + at) ?? 0;
          return element('div', value > 0 ? { class: 'hot', '--heat': Math.max(3, Math.round(68 * value / hottest)) + 'px' } : {}, element('span', {}, value > 0 ? bytes(value) : ''), element('span', {}, chunk.first + at), element('code', {}, text));
        }),
      ].filter(part => part))));
  }
}

// Of a method of whose calls only a sample was recorded: how near the figures of all calls are. Null where every call was.
function estimateOf(f) {
  if (f.sampledCalls === null || !f.calls)
    return null;
  const interval = (what, format, low, high) => low === null ? [] : [`${what} ${high === null ? `${format(low)} or more` : `${format(low)} to ${format(high)}`}`];
  const parts = [
    isTimed && f.meanMarginNs !== null ? `mean ${within(f.meanNs, f.meanMarginNs, time)} (95 %)` : null,
    `${grouped.format(f.sampledCalls)} of ${grouped.format(f.calls)} calls recorded`,
    isTimed && f.meanMarginNs !== null ? `total ${within(f.inclusiveNs, f.inclusiveMarginNs, time)}` : null,
    ...interval('p95', time, f.p95LowNs, f.p95HighNs),
    f.meanMarginBytes > 0 ? `bytes of a call ${within(f.meanBytes, f.meanMarginBytes, bytes)}, total ${within(f.inclusiveBytes, f.inclusiveMarginBytes, bytes)}` : null,
    ...interval('p95 of bytes', bytes, f.p95LowBytes, f.p95HighBytes),
  ].filter(part => part);
  return { mark: isTimed && f.meanNs > 0 ? `±${grouped.format(100 * f.meanMarginNs / f.meanNs)} %` : '±', text: `Estimated from a sample: ${parts.join(', ')}.` };
}

// What readers should know about a row before they trust it: a short mark for the table, and a sentence for the detail.
function remarks(method, figures) {
  const estimate = estimateOf(figures);
  const price = figures.inclusiveNs > 0 ? (figures.recordingNs ?? 0) / figures.inclusiveNs : 0;
  return [
    [estimate !== null, estimate?.mark, estimate?.text],
    [price > 0.1, `!${Math.round(100 * price)} %`, `Recording its calls, with those of nested hot methods, cost ${Math.round(100 * price)} % of its time. It is subtracted; what it does to caches is not.`, true],
    [figures.probeHeavy && price <= 0.1, '!', 'Probe-heavy: a frame costs more than a tenth of a call\'s mean time. It is subtracted; what it does to caches is not.', true],
    [figures.wallNs !== null, '~', 'Mean, percentiles and maximum are wall time to the end; inclusive and self are time on threads.'],
    [figures.lacksControl, 'p', 'Too few control calls: the time is that of calls with probes, less what probes cost.'],
    [method.coverage !== '', method.coverage === 'not by site' ? 's' : 'a', `Measured ${method.coverage}: ${method.withoutSites ?? 'its body is not copied'}.`],
    [figures.mayHoldTier0, 'tier 0', 'Few calls or a short run: it may have run unoptimized code.'],
    [figures.open > 0, 'open', `${figures.open} call(s) had not returned.`],
    [figures.differenceBytesPerCall !== null, change(0, figures.differenceBytesPerCall, bytes), `A call with probes allocates ${bytes(figures.differenceBytesPerCall)} more than one without: probes changed what the JIT could do.`, true],
  ].filter(([holds]) => holds).map(([, mark, text, isLoud]) => [mark, text, isLoud]);
}
