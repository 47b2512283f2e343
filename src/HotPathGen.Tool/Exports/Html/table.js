// A table that sorts by any column and filters by words. Rows beyond the first few hundred are drawn on demand, so that ten thousand
// sites cost no more than those that somebody looks at.
const rowsAtOnce = 250;

// If two sides are compared, a column of changes follows each column of numbers. It sorts proved changes first, by their size.
function columnsOf(columns) {
  return columns.flatMap(column => {
    if (column.text)
      return [column];
    const shown = { ...column, value: row => column.number(row, last) };
    if (!isComparison || !column.isCompared)
      return [shown];
    return [shown, {
      key: column.key + '-change', label: 'Δ', help: `${column.label}: change from base to new`, format: column.format, isChange: true, moreIsBetter: column.moreIsBetter, doubt: column.doubt,
      before: row => column.number(row, 0), after: row => column.number(row, 1),
      value: row => {
        const before = column.number(row, 0), after = column.number(row, 1);
        // A sum can grow from nothing. A figure of one call cannot.
        return before === null && after === null || !column.isSum && (before === null || after === null) ? null : (after ?? 0) - (before ?? 0);
      },
    }];
  });
}

// The columns that the reports' table shows to people. Each has what the table declares of it, and number: (row, side) => number | null, format,
// tint (a bar behind it) and doubt (row => why its change may be none). A column of texts has text: row => string.
function columnsFor(name) {
  return data.columns[name].filter(({ title }) => title).map(column => {
    const { key, title, unit, isSum, hasBar } = column;
    return {
      ...column, label: title + (isSum ? perRun : ''), format: formats[unit], tint: hasBar && { Ns: 'time', Bytes: 'bytes' }[unit],
      text: formats[unit] ? null : row => String(row[key] ?? '–'),
      number: (row, side) => {
        const figure = row.figures[side]?.[key] ?? null;
        return isSum && figure !== null ? figure / runsOf(side) : figure;
      },
      doubt: row => row.doubts?.[key],
    };
  });
}

function shownIn(column, row, side) {
  const value = column.number(row, side);
  return column.text ? column.text(row) : value === null ? '–' : column.format(value);
}

// Those of a table, but those that have no figure in any row. Where a table compares two sides, those of its figures that compare.
function tableColumns(name, rows) {
  const columns = columnsFor(name), compares = isComparison && columns.some(column => column.isCompared);
  const hasFigures = key => rows.length === 0 || rows.some(row => row.figures.some(f => f && f[key] !== null));
  return columns.filter(column => column.isInTable && hasFigures(column.key) && (!compares || column.isCompared || column.text));
}

function createTable(description) {
  const { id, noun, rowKey, head, headLabel, searchText, isChosen, onOpen } = description;
  const state = { key: description.sortKey, descending: true, words: [], limit: rowsAtOnce, drawn: [] };
  let rows, columns, greatest, searchable;

  const caption = element('caption'), headings = element('tr'), body = element('tbody');
  const shownBy = new WeakMap();
  const found = element('output', { for: `${id}-filter` });
  const more = element('button', { type: 'button', class: 'quiet more', onclick: showMore });
  const filter = element('input', {
    type: 'search', id: `${id}-filter`, placeholder: `Filter ${noun}`, 'aria-label': `Filter ${noun}`, autocomplete: 'off', spellcheck: 'false',
    oninput: () => { state.words = filter.value.toLowerCase().split(/\s+/).filter(word => word); state.limit = rowsAtOnce; draw(); },
  });
  const table = element('table', { id }, caption, element('thead', {}, headings), body);
  body.addEventListener('keydown', moveBetweenRows);
  show(description);
  return { view: element('div', {}, element('div', { class: 'filter' }, filter, found), element('div', { class: 'wide' }, table), more), filter, mark, show, first: () => state.drawn[0] };

  // Shows these rows, or newer ones. How they are sorted and filtered stays.
  function show(newer) {
    rows = newer.rows;
    columns = columnsOf(newer.columns);
    if (state.key !== 'head' && !columns.some(column => column.key === state.key))
      state.key = newer.sortKey;
    greatest = new Map(columns.filter(column => column.tint).map(column => [column.key, Math.max(1, ...rows.map(row => column.value(row) ?? 0))]));
    searchable = new Map(rows.map(row => [row, searchText(row).toLowerCase()]));
    renew(caption, [newer.caption]);
    renew(headings, [
      header({ key: 'head', label: headLabel, help: `${headLabel}, in alphabetical order` }, 'text'),
      ...columns.map(column => header(column, column.text ? 'text' : column.isRare ? 'rare' : null)),
    ]);
    draw();
  }

  function header(column, className) {
    return element('th', { scope: 'col', class: className, 'data-key': column.key },
      element('button', { type: 'button', title: column.help, onclick: event => sortBy(event.currentTarget.parentElement.dataset.key) }, column.label));
  }

  function sortBy(key) {
    const isText = key === 'head' || columns.find(column => column.key === key).text;
    state.descending = state.key === key ? !state.descending : !isText;
    state.key = key;
    draw();
    const label = [...headings.cells].find(cell => cell.dataset.key === key).textContent;
    announce(`${noun} sorted by ${label}, ${state.descending ? 'descending' : 'ascending'}`);
  }

  function visibleRows() {
    const matching = rows.filter(row => state.words.every(word => searchable.get(row).includes(word)));
    const column = columns.find(c => c.key === state.key);
    const keyOf = column?.isChange ? row => sizeOf(column.value(row)) : column?.text ?? column?.value ?? searchText;
    const direction = state.descending ? -1 : 1;
    return matching
      .map((row, place) => ({ row, place, key: keyOf(row), rank: column?.isChange ? rankOf(column, row) : 0 }))
      .sort((a, b) => {
        if (a.rank !== b.rank)
          return a.rank - b.rank;
        if (a.key === null || b.key === null)
          return (a.key === null) - (b.key === null) || a.place - b.place;
        return direction * (typeof a.key === 'string' ? a.key.localeCompare(b.key, 'en') : a.key - b.key) || a.place - b.place;
      })
      .map(entry => entry.row);
  }

  function sizeOf(value) {
    return value === null ? null : Math.abs(value);
  }

  // A change that may be chance is never above one that is proved, in either direction.
  function rankOf(column, row) {
    return doubtOf(column, row) ? 1 : 0;
  }

  function doubtOf(column, row) {
    return column.value(row) ? column.doubt?.(row) : null;
  }

  function draw() {
    const matching = visibleRows();
    const drawn = matching.slice(0, state.limit);
    for (const cell of headings.cells) {
      if (cell.dataset.key === state.key)
        cell.setAttribute('aria-sort', state.descending ? 'descending' : 'ascending');
      else
        cell.removeAttribute('aria-sort');
    }
    state.drawn = drawn;
    drawRows(drawn);
    mark();
    const focused = body.contains(document.activeElement) ? document.activeElement : null;
    (focused ?? body.querySelector('.chosen .name') ?? body.querySelector('.name'))?.setAttribute('tabindex', '0');
    found.textContent = matching.length === rows.length ? `${grouped.format(rows.length)} ${noun}` : `${grouped.format(matching.length)} of ${grouped.format(rows.length)} ${noun}`;
    const left = matching.length - drawn.length;
    more.hidden = left === 0;
    more.textContent = `Show ${grouped.format(Math.min(left, rowsAtOnce))} more of ${grouped.format(left)}`;
  }

  // The same thing keeps its row, wherever it is now. A row that is moved would lose the focus.
  function drawRows(drawn) {
    const known = new Map([...body.rows].map(row => [row.dataset.key, row]));
    const now = drawn.map(row => {
      const made = rowOf(row), old = known.get(made.dataset.key);
      known.delete(made.dataset.key);
      if (old)
        renewElement(old, made);
      shownBy.set(old ?? made, row);
      return old ?? made;
    });
    if (now.length === body.rows.length && now.every((row, i) => row === body.rows[i]))
      return;
    const focused = document.activeElement;
    body.replaceChildren(...now);
    if (body.contains(focused))
      focused.focus({ preventScroll: true });
  }

  function showMore() {
    const at = state.limit;
    state.limit += rowsAtOnce;
    draw();
    body.rows[at]?.querySelector('.name').focus();
  }

  function rowOf(row) {
    const { label, parts } = head(row);
    const open = element('button', { type: 'button', class: 'name', tabindex: '-1', 'aria-label': label, onclick: event => onOpen(shownBy.get(event.currentTarget.closest('tr'))) }, ...parts.name);
    const cells = columns.map(column => cellOf(column, row));
    cells.forEach((cell, i) => cell.classList.toggle('rare', Boolean(columns[i].isRare)));
    return element('tr', { 'data-key': rowKey(row) }, element('th', { scope: 'row' }, open, ...parts.rest), ...cells);
  }

  function mark() {
    state.drawn.forEach((row, i) => {
      body.rows[i].classList.toggle('chosen', isChosen(row));
      body.rows[i].toggleAttribute('aria-current', isChosen(row));
    });
  }

  function cellOf(column, row) {
    if (column.text)
      return element('td', { class: 'text' }, column.text(row));
    const value = column.value(row);
    if (value === null)
      return element('td', { class: 'zero' }, '–');
    if (column.isChange) {
      const before = column.before(row) ?? 0, after = column.after(row) ?? 0;
      const doubt = doubtOf(column, row);
      const className = value === 0 || doubt ? 'zero' : (value > 0) === !column.moreIsBetter ? 'worse' : 'better';
      return element('td', { class: className, title: `${column.format(before)} → ${column.format(after)}: ${relativeChange(before, after)}${doubt ? '; ' + doubt : ''}` },
        (doubt ? '~ ' : '') + change(before, after, column.format));
    }
    const share = column.tint ? { '--share': Math.max(0, value / greatest.get(column.key)).toFixed(4), '--tint': `var(--${column.tint})` } : {};
    return element('td', { class: column.tint ? 'share' : value === 0 ? 'zero' : null, title: grouped.format(value), ...share }, column.format(value));
  }

  function moveBetweenRows(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    const row = event.target.closest('tr');
    if (!step || !row || !event.target.classList.contains('name'))
      return;
    event.preventDefault();
    const target = body.rows[Math.max(0, Math.min(body.rows.length - 1, row.sectionRowIndex + step))].querySelector('.name');
    event.target.setAttribute('tabindex', '-1');
    target.setAttribute('tabindex', '0');
    target.focus();
  }
}
