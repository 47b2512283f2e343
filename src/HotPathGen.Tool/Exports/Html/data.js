// What the exporter put into the page. `sides` are the sets of files: one, or the base and the new one.
const data = JSON.parse(document.getElementById('data').textContent);
const isComparison = data.sides.length === 2;
const last = data.sides.length - 1;
const sideNames = ['base', 'new'];

// Sums are over all runs of a side. Two sides are compared per run, because they may have different numbers of runs.
const runsOf = side => isComparison ? data.sides[side].runs : 1;
const perRun = isComparison ? ' / run' : '';

// Splits `Namespace.Type.Method(int)` into two parts. Both help to tell methods apart, and the second matters more.
function partsOf(name) {
  const dots = [];
  let depth = 0;
  for (let i = 0; i < name.length && name[i] !== '(' && name[i] !== ' '; i++) {
    depth += name[i] === '<' ? 1 : name[i] === '>' ? -1 : 0;
    if (name[i] === '.' && depth === 0)
      dots.push(i);
  }
  const end = dots.length > 1 ? dots.at(-2) + 1 : 0;
  return [name.slice(0, end), name.slice(end)];
}

const nameOf = method => method < 0 ? '(contexts beyond the bound)' : data.methods[method].name;
const shortNameOf = method => method < 0 ? nameOf(method) : partsOf(data.methods[method].name)[1];
const fileNameOf = file => file.slice(file.lastIndexOf('/') + 1);
const sum = (values, of) => values.reduce((total, value) => total + of(value), 0);

// For each side, cells come in the order of the table's columns. The newest side describes the row.
for (const [table, columns] of Object.entries(data.columns)) {
  data[table].forEach((row, index) => {
    for (const side of row.figures.filter(side => side))
      columns.forEach(({ key }, i) => { side[key] = side.cells[i]; });
    Object.assign(row, row.figures[last] ?? row.figures[0], { index });
  });
}

const sitesOf = data.methods.map(() => []);
data.sites.forEach(site => sitesOf[site.method].push(site));
