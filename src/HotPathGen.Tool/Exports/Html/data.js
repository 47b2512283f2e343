// The figures that are shown. `sides` are the sets of files: one, or the base and the new one. The live page takes newer ones again and again.
let data = null, isComparison = false, isTimed = true, last = 0, perRun = '';
let sitesOf = [], indexBy = new Map();
const sideNames = ['base', 'new'];

// Sums are over all runs of a side. Two sides are compared per run, because they may have different numbers of runs.
const runsOf = side => isComparison ? data.sides[side].runs : 1;

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
// What a method is called in all figures, also where it has another place in newer ones.
const keyOf = method => method < 0 ? '' : data.methods[method].key;
const shortNameOf = method => method < 0 ? nameOf(method) : partsOf(data.methods[method].name)[1];
const fileNameOf = file => file.slice(file.lastIndexOf('/') + 1);
const sum = (values, of) => values.reduce((total, value) => total + of(value), 0);

function take(figures) {
  data = figures;
  isComparison = data.sides.length === 2;
  isTimed = data.sides.some(side => side.clock !== 'none');
  last = data.sides.length - 1;
  perRun = isComparison ? ' / run' : '';
  // For each side, cells come in the order of the table's columns. The newest side describes the row.
  for (const [table, columns] of Object.entries(data.columns)) {
    data[table].forEach((row, index) => {
      for (const side of row.figures.filter(side => side))
        columns.forEach(({ key }, i) => { side[key] = side.cells[i]; });
      Object.assign(row, row.figures[last] ?? row.figures[0], { index });
    });
  }
  for (const method of data.methods)
    method.key = `${method.assembly} ${method.id}`;
  indexBy = new Map(data.methods.map(method => [method.key, method.index]));
  sitesOf = data.methods.map(() => []);
  data.sites.forEach(site => sitesOf[site.method].push(site));
}
