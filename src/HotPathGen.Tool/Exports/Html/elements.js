// Text goes in as text, never as markup: names, types and source lines come from other people's programs.
function element(tag, attributes, ...children) {
  const created = document.createElement(tag);
  setAttributes(created, attributes);
  created.append(...children.filter(child => child !== null && child !== undefined));
  return created;
}

function drawing(tag, attributes, ...children) {
  const created = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(created, attributes);
  created.append(...children);
  return created;
}

function setAttributes(target, attributes) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on'))
      target.addEventListener(name.slice(2), value);
    else if (name.startsWith('--'))
      target.style.setProperty(name, value);
    else if (value !== null && value !== undefined && value !== false)
      target.setAttribute(name, value);
  }
}

const byId = id => document.getElementById(id);

function announce(text) {
  byId('announcer').textContent = text;
}

// Radio buttons in a row. Arrow keys choose one, too.
function choice(legend, name, options, chosen, onChoose) {
  return element('fieldset', { class: 'choice' }, element('legend', {}, legend), ...options.map(([value, label]) =>
    element('label', {}, element('input', { type: 'radio', name, value, checked: value === chosen ? '' : null, onchange: () => onChoose(value) }), label)));
}

// A list of facts; a third entry is a remark on the second, a fourth explains the first.
function facts(className, entries) {
  return element('dl', { class: className }, ...entries.map(([term, value, remark, help]) =>
    element('div', {}, element('dt', { title: help }, term), element('dd', {}, value), remark ? element('dd', {}, remark) : null)));
}

// A long name breaks where its parts end.
function breakable(name) {
  return name.split(/(?<=[.(,<])/).flatMap((part, i) => i > 0 ? [document.createElement('wbr'), part] : [part]);
}
