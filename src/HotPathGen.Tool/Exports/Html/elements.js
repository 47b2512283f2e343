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

// Makes the children of an element like these. Those that are the same stay, with their focus, selection and scroll position. So a listener reads what
// it needs from its element, which may have been made for older figures.
function renew(host, parts) {
  const old = [...host.childNodes];
  const now = parts.filter(part => part !== null && part !== undefined).map(part => part instanceof Node ? part : document.createTextNode(part));
  now.forEach((part, i) => {
    const before = old[i];
    if (!before)
      host.append(part);
    else if (before.nodeType === Node.TEXT_NODE && part.nodeType === Node.TEXT_NODE)
      before.data = part.data;
    else if (before.nodeName !== part.nodeName)
      before.replaceWith(part);
    else
      renewElement(before, part);
  });
  for (const left of old.slice(now.length))
    left.remove();
}

function renewElement(old, now) {
  if (old.isEqualNode(now))
    return;
  for (const { name } of [...old.attributes].filter(({ name }) => !now.hasAttribute(name)))
    old.removeAttribute(name);
  for (const { name, value } of now.attributes) {
    // The page's policy forbids style attributes. Scripts may set styles.
    if (name === 'style')
      old.style.cssText = now.style.cssText;
    else if (old.getAttribute(name) !== value)
      old.setAttribute(name, value);
  }
  renew(old, [...now.childNodes]);
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
