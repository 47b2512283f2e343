// The runtime's units: three digits; 1 KB is 1,000 bytes.
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

const twoDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });

function scaled(value, unit) {
  const size = Math.abs(value);
  return value.toFixed(size < 9.995 ? 2 : size < 99.95 ? 1 : 0) + ' ' + unit;
}

function time(ns) {
  const size = Math.abs(ns);
  return size < 1e3 ? Math.round(ns) + ' ns' : size < 999.5e3 ? scaled(ns / 1e3, 'µs') : size < 999.5e6 ? scaled(ns / 1e6, 'ms') : scaled(ns / 1e9, 's');
}

function bytes(value) {
  const size = Math.abs(value);
  return size < 1e3 ? grouped.format(value) + ' B' : size < 999.5e3 ? scaled(value / 1e3, 'KB') : size < 999.5e6 ? scaled(value / 1e6, 'MB')
    : size < 999.5e9 ? scaled(value / 1e9, 'GB') : scaled(value / 1e12, 'TB');
}

function count(value) {
  const size = Math.abs(value);
  return size < 1e6 ? grouped.format(value) : size < 999.5e6 ? scaled(value / 1e6, 'M') : scaled(value / 1e9, 'G');
}

const percent = share => (100 * share).toFixed(1) + ' %';
const formats = { Count: count, Ns: time, Bytes: bytes, WholeBytes: value => value + ' B', Share: percent, Factor: value => 'x' + value.toFixed(2) };

// An estimate and its margin, in the unit of the estimate: `1.23 µs ± 0.041`.
function within(value, margin, format) {
  const [number, unit] = format(value).split(' ');
  const scale = value === 0 ? 1 : value / Number(number.replaceAll(',', ''));
  return `${number} ${unit} ± ${twoDigits.format(margin / scale)}`;
}

function change(before, after, format) {
  if (before === after)
    return '=';
  return (after > before ? '+' : '−') + format(Math.abs(after - before));
}

function relativeChange(before, after) {
  return before > 0 ? (after >= before ? '+' : '−') + percent(Math.abs(after / before - 1)) : 'from nothing';
}
