const root = document.documentElement;
const theme = { names: ['auto', 'light', 'dark'], now: 'auto' };
try { theme.now = localStorage.getItem('hotpath-theme') ?? 'auto'; } catch { /* a page opened from a file may have no storage */ }

function isDarkTheme() {
  return theme.now === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : theme.now === 'dark';
}

function applyTheme() {
  if (theme.now === 'auto')
    delete root.dataset.theme;
  else
    root.dataset.theme = theme.now;
  byId('theme').textContent = `Theme: ${theme.now}`;
  try { localStorage.setItem('hotpath-theme', theme.now); } catch { /* as above */ }
}

let chosen = -1, chosenOperation = -1, icicle = null, graphOf = null;
const tables = new Map(), late = new Map();

byId('theme').addEventListener('click', () => {
  theme.now = theme.names[(theme.names.indexOf(theme.now) + 1) % theme.names.length];
  applyTheme();
  icicle?.draw();
  announce(`Theme: ${theme.now}`);
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => icicle?.draw());
applyTheme();
wireTabs();

// Shows figures. If others are shown, these are newer ones, and what the reader has chosen stays: sorting, filters, tab, method, zoom, focus.
function show(figures) {
  const chosenKey = chosen < 0 ? null : keyOf(chosen);
  const operationName = chosenOperation < 0 ? null : data.operations[chosenOperation].name;
  take(figures);
  chosen = indexBy.get(chosenKey) ?? -1;
  chosenOperation = operationName === null ? -1 : data.operations.findIndex(operation => operation.name === operationName);
  byId('title').textContent = data.title;
  byId('subtitle').textContent = data.subtitle;
  renew(byId('warnings'), data.warnings.map(warning => element('p', { class: 'warning' }, warning[0].toUpperCase() + warning.slice(1))));
  drawTiles();
  if (icicle) {
    icicle.renew(chosen);
    if (operationName !== null)
      graphOf(chosenOperation);
  } else {
    icicle = createIcicle({ host: byId('graph'), crumbs: byId('crumbs'), onChoose: method => choose(method, false) });
    addGraphControls();
  }
  showTables();
  drawRun();
  const first = tables.get('Methods').first();
  if (chosen >= 0)
    showDetail(byId('detail'), chosen, { onChoose: choose, isSame: true });
  else if (first)
    choose(first.index, false);
  else
    renew(byId('detail'), [element('p', { id: 'detail-title' }, 'No hot method was called.')]);
}

function drawTiles() {
  const totals = data.sides.map((side, i) => {
    const called = data.methods.filter(method => method.figures[i]?.calls > 0);
    const allocating = data.sites.filter(site => site.figures[i]?.totalBytes > 0);
    const runs = runsOf(i);
    return {
      time: sum(called, m => m.figures[i].selfNs) / runs, bytes: sum(called, m => m.figures[i].selfBytes) / runs, calls: sum(called, m => m.figures[i].calls) / runs,
      called: called.length, all: data.methods.filter(method => method.figures[i]).length, sites: allocating.length,
    };
  });
  const now = totals[last];
  const against = (of, format, isProven = true) => !isComparison ? null : of(totals[0]) === of(now) ? 'as in the base' : !isProven ? 'no change is proved'
    : `${change(of(totals[0]), of(now), format)}, ${relativeChange(of(totals[0]), of(now))}`;
  const tiles = [...facts('', [
    ['Allocated' + perRun, bytes(now.bytes), against(t => t.bytes, bytes, isProved('selfBytes')) ?? `by ${grouped.format(now.sites)} site(s) and what has none`],
    ['Self time' + perRun, isTimed ? time(now.time) : '–', isTimed ? against(t => t.time, time, isProved('selfNs')) ?? 'of hot methods, over all threads' : 'no clock'],
    ['Calls' + perRun, count(now.calls), against(t => t.calls, count, isProved('calls')) ?? 'of hot methods'],
    ['Hot methods called', grouped.format(now.called), against(t => t.called, count) ?? `of ${grouped.format(now.all)} measured${data.coverage.length > 0 ? `, ${grouped.format(data.coverage.length)} not measured` : ''}`],
  ]).children];
  for (const tile of tiles)
    tile.className = 'tile';
  renew(byId('tiles'), tiles);
}

// Shows what ran in one operation; in all if that is shown already.
function chooseOperation(index) {
  chosenOperation = chosenOperation === index ? -1 : index;
  graphOf(chosenOperation);
  byId('graph-title').textContent = chosenOperation < 0 ? 'Where it goes' : `Where it goes in ${data.operations[index].name}`;
  for (const table of tables.values())
    table.mark();
  announce(chosenOperation < 0 ? 'The graph shows all operations' : `The graph shows ${data.operations[index].name}`);
}

function addGraphControls() {
  // A comparison begins with bytes, because their differences are certain.
  let metric = isTimed && !isComparison ? 'time' : 'bytes', side = last;
  graphOf = operation => icicle.show(metric, side, operation);
  const search = element('input', { type: 'search', id: 'graph-search', placeholder: 'Search methods', 'aria-label': 'Search methods in the graph', autocomplete: 'off', spellcheck: 'false', oninput: () => icicle.search(search.value) });
  const controls = byId('graph-controls');
  if (isComparison) {
    controls.append(element('span', { class: 'legend' }, element('span', {}, element('i', { class: 'swatch grew' }), 'more than the base'), element('span', {}, element('i', { class: 'swatch shrank' }), 'less')),
      choice('Widths of', 'side', [['1', 'New'], ['0', 'Base']], '1', value => { side = Number(value); icicle.show(metric, side); }));
  }
  if (isTimed)
    controls.append(choice('Widths by', 'metric', [['time', 'Self time'], ['bytes', 'Bytes']], metric, value => { metric = value; icicle.show(metric, side); }));
  controls.append(search, element('button', { type: 'button', class: 'quiet', id: 'graph-reset', onclick: () => icicle.reset() }, 'Reset zoom'));
  byId('graph-help').textContent = 'A frame is a hot method in the chain of hot methods that called it; its width is what it and those it called recorded themselves. '
    + (isComparison ? 'It is coloured where the runs prove a change. ' : '') + 'Click to zoom. Keys: arrows move, Enter zooms in, Escape out, Home shows all. The same figures are in the tables.';
  icicle.show(metric, side);
}

function showTables() {
  const shown = [];
  const methods = data.methods.filter(method => method.figures.some(f => f && (f.calls > 0 || f.open > 0)));
  showTable(shown, 'Methods', {
    id: 'methods', rowKey: method => method.key, noun: 'methods', rows: methods, sortKey: firstOrder(), headLabel: 'method',
    caption: `Hot methods that were called. B: bytes allocated, 1 KB = 1,000 B. Self: without nested hot methods. ${isComparison ? '~: the runs do not prove a change. ' : ''}Choose a row for its histograms, sites and source.`,
    columns: tableColumns('methods', methods),
    head: method => methodHead(method, statusOf(method.figures)),
    searchText: method => `${method.name} ${method.file} ${method.assembly} ${statusOf(method.figures) ?? ''}`,
    isChosen: method => method.index === chosen,
    onOpen: method => choose(method.index, true),
  });

  showTable(shown, 'Sites', {
    id: 'sites', rowKey: site => [keyOf(site.method), site.line, site.column, site.kind, site.type, site.text].join(' '), noun: 'sites', rows: data.sites, sortKey: isComparison ? 'totalBytes-change' : 'totalBytes', headLabel: 'site',
    caption: 'Expressions that can allocate. Hits are of the calls that probed; totals are scaled to all calls. A site with 0 hits was never reached.',
    columns: tableColumns('sites', data.sites),
    head: site => {
      const method = data.methods[site.method];
      const place = `${fileNameOf(method.file)}:${site.line}:${site.column}`;
      const status = statusOf(site.figures);
      return {
        label: `${place}, ${site.kind}: ${site.text}`,
        parts: { name: [element('code', {}, site.text || site.kind)], rest: [element('span', { class: 'place' }, `${place} in ${shortNameOf(site.method)}${site.type ? ', ' + site.type : ''}`, ...badgesOf(status, []))] },
      };
    },
    searchText: site => `${data.methods[site.method].name} ${data.methods[site.method].file}:${site.line} ${site.kind} ${site.type} ${site.text}`,
    isChosen: site => site.method === chosen,
    onOpen: site => choose(site.method, true),
  });

  showTable(shown, 'Advice', {
    id: 'advice', rowKey: a => [keyOf(a.method), a.place, a.cause].join(' '), noun: 'pieces of advice', rows: data.advice, sortKey: 'savedBytes', headLabel: 'cause and remedy',
    caption: `Why sites allocate${isComparison ? ' in the new files' : ''}, what usually helps, and what that is expected to save. Hits that allocated, scaled to all calls.`,
    columns: tableColumns('advice', data.advice),
    head: a => ({
      label: `${a.cause} at ${a.place}`,
      parts: { name: [a.cause], rest: [element('span', { class: 'place' }, `${a.place} in ${shortNameOf(a.method)}`), element('span', { class: 'remedy' }, a.remedy)] },
    }),
    searchText: a => `${data.methods[a.method].name} ${a.place} ${a.cause} ${a.remedy}`,
    isChosen: a => a.method === chosen,
    onOpen: a => choose(a.method, true),
  });

  if (data.operations.length > 0) {
    showTable(shown, 'Operations', {
      id: 'operations', rowKey: operation => operation.name, noun: 'operations', rows: data.operations, sortKey: isComparison ? 'allocatedBytes-change' : 'allocatedBytes', headLabel: 'operation',
      caption: 'Requests, other activities without a parent, and scopes of HotPath.Operation. Bytes and time are of the hot methods in them; wall is from start to end. Choose a row to see only it in the graph, and again to see all.',
      columns: tableColumns('operations', data.operations),
      head: operation => ({ label: operation.name, parts: { name: [operation.name], rest: badgesOf(statusOf(operation.figures), []) } }),
      searchText: operation => operation.name,
      isChosen: operation => operation.index === chosenOperation,
      onOpen: operation => chooseOperation(operation.index),
    });
  }

  if (data.pools.length > 0) {
    showTable(shown, 'Pools', {
      id: 'pools', rowKey: pool => `${keyOf(pool.method)} ${pool.parameter}`, noun: 'pooled buffers', rows: data.pools, sortKey: 'uses', headLabel: 'parameter',
      caption: 'Pooled parameters. Missed: what renting allocated. Lengths in elements. For 95 %, 99 %: the StackLimit that would keep so many calls on the stack.',
      columns: tableColumns('pools', data.pools),
      head: pool => ({
        label: `${pool.parameter} of ${nameOf(pool.method)}`,
        parts: {
          name: [pool.parameter],
          rest: [element('span', { class: 'place' }, `${pool.kind} of ${pool.element}, ${shortNameOf(pool.method)}`, ...badgesOf(statusOf(pool.figures), faultsOf(pool).map(fault => [fault, fault, true])))],
        },
      }),
      searchText: pool => `${pool.parameter} ${nameOf(pool.method)} ${pool.element}`,
      isChosen: pool => pool.method === chosen,
      onOpen: pool => choose(pool.method, true),
    });
  }
  showPlainPanel(shown, 'Not called', data.methods.filter(method => method.figures.every(f => !f || f.calls === 0 && f.open === 0))
    .map(method => [method.name, `${method.file}:${method.line}`, '']), 'Hot methods that were measured and never called.');
  showPlainPanel(shown, 'Not by site', data.methods.filter(method => method.coverage !== '')
    .map(method => [method.name, `${method.file}:${method.line}`, `${method.coverage}: ${method.withoutSites ?? 'its body is not copied'}`]), 'Hot methods that are measured, and not by site or only to their first await, and why.');
  showPlainPanel(shown, 'Not measured', data.coverage.map(plain => [plain.name, `${plain.file}:${plain.line}`, plain.reason]), 'Hot methods that are not measured, and why.');
  dropOthers(shown);
}

// Sorts by what is proved to have changed: bytes, or else time.
function firstOrder() {
  if (!isComparison)
    return 'selfBytes';
  return isTimed && !isProved('selfBytes') && isProved('selfNs') ? 'selfNs-change' : 'selfBytes-change';
}

// Whether the change of any method is proved. A method that only one side called has changed, if its figure is not 0.
function isProved(key) {
  return data.methods.some(method => method.doubts ? !method.doubts[key] : method.figures.some(f => f && f.calls > 0 && f[key] > 0));
}

function methodHead(method, status) {
  const figures = method.figures[last] ?? method.figures[0];
  const [space, name] = partsOf(method.name);
  return {
    label: method.name,
    parts: {
      name: breakable(name),
      rest: [element('span', { class: 'place' }, [space.slice(0, -1), method.file && `${fileNameOf(method.file)}:${method.line}`].filter(part => part).join(' · '),
        ...badgesOf(status, remarks(method, figures)))],
    },
  };
}

function badgesOf(status, marks) {
  return [...(status ? [badge(status, `${status} in the new files`)] : []), ...marks.map(([mark, text, isLoud]) => badge(mark, text, isLoud))];
}

function badge(text, help, isLoud) {
  return element('span', { class: isLoud ? 'badge loud' : 'badge', title: help }, text);
}

function statusOf(figures) {
  return !isComparison ? null : !figures[0] ? 'new' : !figures[1] ? 'gone' : null;
}

function faultsOf(pool) {
  const f = pool.figures[last] ?? pool.figures[0];
  return [[f.outstanding, 'not returned'], [f.usesAfterReturn, 'written to after its return'], [f.doubleReturns, 'returned twice']].filter(([n]) => n > 0).map(([n, what]) => `${what}: ${n}`);
}

function showTable(shown, label, description) {
  if (!tables.has(label))
    tables.set(label, createTable(description));
  const table = tables.get(label);
  showPanel(shown, label, description.rows.length, table.view, () => table.show(description));
}

function showPlainPanel(shown, label, rows, caption) {
  if (rows.length === 0)
    return;
  const draw = () => element('div', { class: 'wide' }, element('table', {}, element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...['method', 'place', 'reason'].map(heading => element('th', { scope: 'col', class: 'text' }, heading)))),
    element('tbody', {}, ...rows.slice(0, 2000).map(([name, place, reason]) => element('tr', {}, element('th', { scope: 'row' }, name), element('td', { class: 'text mono' }, place), element('td', { class: 'text' }, reason))))));
  showPanel(shown, label, rows.length, byId(panelOf(label)) ? null : draw(), () => renew(byId(panelOf(label)), [draw()]));
}

const panelOf = label => 'panel-' + label.toLowerCase().replaceAll(' ', '-');

// A panel that is there gets newer content, at once or when it is chosen.
function showPanel(shown, label, size, view, renewView) {
  const id = panelOf(label), tabs = byId('tabs'), panels = byId('panels');
  const isFirst = tabs.children.length === 0;
  if (!byId(id)) {
    tabs.insertBefore(element('button', { type: 'button', role: 'tab', id: 'tab-' + id, 'aria-controls': id, 'aria-selected': String(isFirst), tabindex: isFirst ? '0' : '-1' },
      label + ' ', element('span', { class: 'count' }, grouped.format(size))), tabs.children[shown.length] ?? null);
    panels.insertBefore(element('div', { role: 'tabpanel', id, 'aria-labelledby': 'tab-' + id, hidden: isFirst ? null : '' }, view), panels.children[shown.length] ?? null);
  } else {
    byId('tab-' + id).querySelector('.count').textContent = grouped.format(size);
    if (byId(id).hidden)
      late.set(id, renewView);
    else
      renewView();
  }
  shown.push(id);
}

function dropOthers(shown) {
  for (const tab of [...byId('tabs').children].filter(tab => !shown.includes(tab.getAttribute('aria-controls')))) {
    const id = tab.getAttribute('aria-controls');
    if (tab.getAttribute('aria-selected') === 'true')
      selectTab(byId('tabs').children[0]);
    byId(id).remove();
    tab.remove();
    late.delete(id);
    for (const label of [...tables.keys()].filter(label => panelOf(label) === id))
      tables.delete(label);
  }
}

function selectTab(tab) {
  for (const other of byId('tabs').children) {
    other.setAttribute('aria-selected', String(other === tab));
    other.setAttribute('tabindex', other === tab ? '0' : '-1');
    byId(other.getAttribute('aria-controls')).hidden = other !== tab;
  }
  const id = tab.getAttribute('aria-controls');
  late.get(id)?.();
  late.delete(id);
}

function wireTabs() {
  const list = byId('tabs');
  list.addEventListener('click', event => {
    const tab = event.target.closest('[role=tab]');
    if (tab)
      selectTab(tab);
  });
  list.addEventListener('keydown', event => {
    const tabs = [...list.children], at = tabs.indexOf(event.target.closest('[role=tab]'));
    const next = { ArrowRight: (at + 1) % tabs.length, ArrowLeft: (at + tabs.length - 1) % tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || next === undefined)
      return;
    event.preventDefault();
    selectTab(tabs[next]);
    tabs[next].focus();
  });
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.target.matches('input') || tables.size === 0)
      return;
    event.preventDefault();
    const shown = [...tables.values()].find(table => !table.view.closest('[role=tabpanel]').hidden) ?? tables.get('Methods');
    shown.filter.focus();
  });
}

function choose(method, isSaid) {
  chosen = method;
  showDetail(byId('detail'), method, { onChoose: choose, isSame: false });
  icicle.choose(method);
  for (const table of tables.values())
    table.mark();
  if (isSaid)
    announce(`${nameOf(method)}: details are beside the tables`);
}

function drawRun() {
  const keys = [...new Set(data.sides.flatMap(side => side.facts.map(([key]) => key)))];
  const valueOf = (side, key) => side.facts.find(([k]) => k === key)?.[1] ?? '';
  const notes = [...new Set(data.sides.flatMap(side => side.notes))];
  renew(byId('run'), [
    element('h2', { id: 'run-title' }, isComparison ? 'The runs compared' : 'The run'),
    element('table', { class: 'run-table' }, element('caption', { class: 'unseen' }, 'Conditions under which this was measured'),
      isComparison ? element('thead', {}, element('tr', {}, element('td'), ...sideNames.map(name => element('th', { scope: 'col' }, name)))) : null,
      element('tbody', {}, ...keys.map(key => element('tr', {}, element('th', { scope: 'row' }, key), ...data.sides.map(side =>
        element('td', { class: isComparison && valueOf(data.sides[0], key) !== valueOf(data.sides[1], key) ? 'text worse' : 'text' }, valueOf(side, key))))))),
    ...notes.map(note => element('p', { class: 'note' }, note))]);
}
